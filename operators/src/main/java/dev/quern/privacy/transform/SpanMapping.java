package dev.quern.privacy.transform;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.StructColumn;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.privacy.recognise.NestedTexts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what findings name in texts. Findings that are replaced leave the list, the others move
 * with the text, so that one step can replace some types and a later one the rest.
 *
 * <p>Findings that overlap are replaced as one, by the type of the longest (then the first): no
 * character covered by any of them stays. A sample whose findings do not fit its texts (a field
 * that is not there or is no text, an end behind the end of the text) goes into quarantine: its
 * texts have changed since, and what would be replaced is not what was found.
 */
final class SpanMapping implements Mapping {
  private final int findings;
  private final FindingSpans reading;
  private final Optional<Set<String>> types;
  private final String action;
  private final Replacement replacement;
  private final Map<String, String> rules = new HashMap<>();

  /** By position of a list or struct and by row the new texts by their paths. */
  private final Map<Integer, Map<Integer, Map<String, String>>> nested = new LinkedHashMap<>();

  SpanMapping(
      int findings,
      FindingSpans reading,
      Optional<Set<String>> types,
      String action,
      Replacement replacement) {
    this.findings = findings;
    this.reading = reading;
    this.types = types;
    this.action = action;
    this.replacement = replacement;
  }

  /**
   * A text as it comes out.
   *
   * @param types of what was replaced, each once
   * @param moved the findings that stay, with their new places
   */
  private record Rewritten(String text, Set<String> types, List<FindingSpans.Span> moved) {}

  /** A stretch of text that is replaced by one value; offsets in code points. */
  private record Region(long start, long end, String type) {}

  @Override
  public void map(Batch batch, Outcome out) {
    Column column = batch.column(findings);
    Map<Integer, @Nullable String[]> texts = new LinkedHashMap<>();
    nested.clear();
    Map<Integer, List<FindingSpans.Span>> left = new HashMap<>();
    int[] rows = new int[batch.count()];
    int kept = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<FindingSpans.Span> spans = reading.read(column, row);
      if (spans.isEmpty() || isReplaced(batch, row, spans, texts, left, out)) {
        rows[kept++] = row;
      }
    }
    Batch changed = batch;
    for (Map.Entry<Integer, @Nullable String[]> text : texts.entrySet()) {
      Field field = batch.schema().field(text.getKey());
      changed = changed.with(field, texts(batch.column(text.getKey()), text.getValue()));
    }
    for (Map.Entry<Integer, Map<Integer, Map<String, String>>> one : nested.entrySet()) {
      Field field = batch.schema().field(one.getKey());
      changed = changed.with(field, copied(field, batch.column(one.getKey()), one.getValue()));
    }
    if (!left.isEmpty()) {
      changed = changed.with(batch.schema().field(findings), findings((ListColumn) column, left));
    }
    out.keep(kept == batch.count() ? changed : changed.select(rows, kept));
  }

  private boolean isReplaced(
      Batch batch,
      int row,
      List<FindingSpans.Span> spans,
      Map<Integer, @Nullable String[]> texts,
      Map<Integer, List<FindingSpans.Span>> left,
      Outcome out) {
    Map<Integer, Rewritten> done = new LinkedHashMap<>();
    Map<Integer, Map<String, Rewritten>> within = new LinkedHashMap<>();
    Map<String, NamedText> named = NamedText.of(batch, row, spans);
    List<FindingSpans.Span> moved = new ArrayList<>();
    int from = 0;
    while (from < spans.size()) {
      int to = from + 1;
      String name = spans.get(from).field();
      while (to < spans.size() && spans.get(to).field().equals(name)) {
        to++;
      }
      List<FindingSpans.Span> ofField = spans.subList(from, to);
      from = to;
      @Nullable NamedText text = named.get(name);
      int position = text == null ? -1 : text.position();
      @Nullable String fault = fault(text, ofField);
      if (fault != null) {
        String expected =
            "findings that fit the text; run privacy.detect after steps that change it";
        String at = position < 0 ? "" : batch.schema().field(position).name();
        out.quarantine(batch, row, at, Fault.of(fault, expected));
        return false;
      }
      Rewritten rewritten = rewritten(batch, row, Objects.requireNonNull(text), ofField);
      moved.addAll(rewritten.moved());
      if (!rewritten.types().isEmpty() && batch.column(position).type().isScalar()) {
        done.put(position, rewritten);
      } else if (!rewritten.types().isEmpty()) {
        within.computeIfAbsent(position, key -> new LinkedHashMap<>()).put(name, rewritten);
      }
    }
    for (Map.Entry<Integer, Rewritten> entry : done.entrySet()) {
      Rewritten rewritten = entry.getValue();
      texts.computeIfAbsent(entry.getKey(), key -> new @Nullable String[batch.rows()])[row] =
          rewritten.text();
      String field = batch.schema().field(entry.getKey()).name();
      for (String type : rewritten.types()) {
        out.change(batch, row, field, rule(type), 1, rewritten.text());
      }
    }
    within.forEach((position, rewritten) -> within(batch, row, position, rewritten, out));
    if (!done.isEmpty() || !within.isEmpty()) {
      left.put(row, moved);
    }
    return true;
  }

  /** Keeps the new texts within a list or struct, whose value as a whole is another one then. */
  private void within(
      Batch batch, int row, int position, Map<String, Rewritten> rewritten, Outcome out) {
    Map<String, String> texts = new HashMap<>();
    Set<String> types = new LinkedHashSet<>();
    rewritten.forEach(
        (path, one) -> {
          texts.put(path, one.text());
          types.addAll(one.types());
        });
    nested.computeIfAbsent(position, key -> new HashMap<>()).put(row, texts);
    Field field = batch.schema().field(position);
    ColumnBuilder alone = ColumnBuilder.of(field.type());
    NestedTexts.copy(field, batch.column(position), row, texts, alone);
    Object after = alone.build().valueAt(0);
    for (String type : types) {
      out.change(batch, row, field.name(), rule(type), 1, after);
    }
  }

  /** Findings of fields that are not there were made before the fields got other names. */
  private static @Nullable String fault(@Nullable NamedText named, List<FindingSpans.Span> spans) {
    if (named == null) {
      return "finding_without_field";
    }
    if (!named.column().type().equals(Type.TEXT) || named.column().isNull(named.row())) {
      return "finding_without_text";
    }
    String text = named.text();
    int length = text.codePointCount(0, text.length());
    for (FindingSpans.Span span : spans) {
      if (span.start() < 0 || span.end() <= span.start() || span.end() > length) {
        return "finding_outside_text";
      }
    }
    return null;
  }

  private Rewritten rewritten(
      Batch batch, int row, NamedText named, List<FindingSpans.Span> spans) {
    String text = named.text();
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
      Replacement.Place place = named.place(batch, row, region.start());
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

  private String rule(String type) {
    return rules.computeIfAbsent(type, t -> action + "_" + t.toLowerCase(Locale.ROOT));
  }

  private static Column copied(
      Field field, Column before, Map<Integer, Map<String, String>> texts) {
    ColumnBuilder builder = ColumnBuilder.of(field.type());
    for (int row = 0; row < before.size(); row++) {
      Map<String, String> ofRow = texts.get(row);
      if (ofRow == null) {
        builder.append(before, row);
      } else {
        NestedTexts.copy(field, before, row, ofRow, builder);
      }
    }
    return builder.build();
  }

  private static Column texts(Column before, @Nullable String[] replaced) {
    ColumnBuilder builder = ColumnBuilder.of(Type.TEXT);
    for (int row = 0; row < before.size(); row++) {
      @Nullable String text = replaced[row];
      if (text == null) {
        builder.append(before, row);
      } else {
        builder.appendText(text);
      }
    }
    return builder.build();
  }

  private Column findings(ListColumn before, Map<Integer, List<FindingSpans.Span>> left) {
    ColumnBuilder builder = ColumnBuilder.of(before.type());
    for (int row = 0; row < before.size(); row++) {
      List<FindingSpans.Span> spans = left.get(row);
      if (spans == null) {
        builder.append(before, row);
        continue;
      }
      for (FindingSpans.Span span : spans) {
        reading.append((StructColumn) before.elements(), span, builder.elements());
      }
      builder.endList();
    }
    return builder.build();
  }
}
