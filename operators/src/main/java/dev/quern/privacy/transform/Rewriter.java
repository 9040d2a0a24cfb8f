package dev.quern.privacy.transform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** Rewrites one value by the findings in it; those that are not replaced move with the text. */
final class Rewriter {
  private final Optional<Set<String>> types;
  private final Replacement replacement;

  Rewriter(Optional<Set<String>> types, Replacement replacement) {
    this.types = types;
    this.replacement = replacement;
  }

  /** A stretch of text that is replaced by one value; offsets in code points. */
  private record Region(long start, long end, String type) {}

  /**
   * Returns what becomes of the value {@code text}.
   *
   * @param places where the stretch of it stands that begins with a code point
   */
  Rewritten rewritten(
      String text, List<FindingSpans.Span> spans, LongFunction<Replacement.Place> places) {
    List<Region> regions = regions(spans);
    StringBuilder made = new StringBuilder(text.length() + 16);
    Set<String> replaced = new LinkedHashSet<>();
    long[] gains = new long[regions.size()];
    int index = 0;
    long at = 0;
    for (int i = 0; i < gains.length; i++) {
      Region region = regions.get(i);
      int start = text.offsetByCodePoints(index, (int) (region.start() - at));
      int end = text.offsetByCodePoints(start, (int) (region.end() - region.start()));
      Replacement.Place place = places.apply(region.start());
      String value = replacement.of(region.type(), text.substring(start, end), place);
      made.append(text, index, start).append(value);
      replaced.add(region.type());
      gains[i] = value.codePointCount(0, value.length()) - (region.end() - region.start());
      index = end;
      at = region.end();
    }
    made.append(text, index, text.length());
    List<FindingSpans.Span> moved = new ArrayList<>();
    for (FindingSpans.Span span : spans) {
      if (!isChosen(span)) {
        moved(span, regions, gains, moved);
      }
    }
    int length = made.codePointCount(0, made.length());
    moved.replaceAll(span -> span.in(length));
    return new Rewritten(made.toString(), replaced, moved);
  }

  /** Findings to replace, those that overlap as one. */
  private List<Region> regions(List<FindingSpans.Span> spans) {
    List<Region> regions = new ArrayList<>();
    long longest = 0;
    for (FindingSpans.Span span : spans) {
      if (!isChosen(span)) {
        continue;
      }
      int last = regions.size() - 1;
      long length = span.end() - span.start();
      if (last < 0 || regions.get(last).end() <= span.start()) {
        regions.add(new Region(span.start(), span.end(), span.type()));
        longest = length;
      } else {
        Region before = regions.get(last);
        String type = length > longest ? span.type() : before.type();
        longest = Math.max(longest, length);
        regions.set(last, new Region(before.start(), Math.max(before.end(), span.end()), type));
      }
    }
    return regions;
  }

  /** What of a finding lies outside of what was replaced stays a finding at its new place. */
  private static void moved(
      FindingSpans.Span span, List<Region> regions, long[] gains, List<FindingSpans.Span> into) {
    long start = span.start();
    long gain = 0;
    for (int i = 0; i < gains.length; i++) {
      Region region = regions.get(i);
      if (region.end() > start) {
        long before = Math.min(span.end(), region.start());
        if (before > start) {
          into.add(span.at(start + gain, before + gain));
        }
        start = Math.max(start, region.end());
      }
      gain += gains[i];
      if (start >= span.end()) {
        return;
      }
    }
    into.add(span.at(start + gain, span.end() + gain));
  }

  private boolean isChosen(FindingSpans.Span span) {
    return types.isEmpty() || types.get().contains(span.type());
  }
}
