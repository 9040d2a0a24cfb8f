package dev.quern.quality.typo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Right values, searched for the only one nearest to a text. Texts shorter than 4 characters have
 * no near one; up to 8 characters one edit is near, beyond that two. Not safe for several threads.
 */
public final class Vocabulary {
  private static final int SHORTEST = 4;
  private static final int SHORT = 8;

  private final List<Word> words = new ArrayList<>();
  private final Map<Integer, List<Word>> byLength = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final EditDistance distance = new EditDistance();

  /**
   * A right value that a text is near to.
   *
   * @param text the right value
   * @param count how often it was seen
   * @param halfEdits distance in half edits
   */
  public record Near(String text, long count, int halfEdits) {}

  private record Word(String text, int[] points, long mask, long count) {}

  /** Adds a right value that was seen {@code count} times. */
  public void add(String text, long count) {
    if (texts.add(text)) {
      int[] points = text.codePoints().toArray();
      Word word = new Word(text, points, mask(points), count);
      words.add(word);
      byLength.computeIfAbsent(points.length, length -> new ArrayList<>()).add(word);
    }
  }

  /** Returns whether {@code text} is a right value. */
  public boolean contains(String text) {
    return texts.contains(text);
  }

  /** Returns how many right values there are. */
  public int size() {
    return words.size();
  }

  /**
   * Returns the right value nearest to {@code text} of those seen at least {@code least} times;
   * empty if none is near or several are equally near. The text itself does not count.
   */
  public Optional<Near> nearest(String text, long least) {
    int[] points = text.codePoints().toArray();
    int limit = limit(points.length);
    long mask = mask(points);
    Word best = null;
    int bestDistance = limit + 1;
    boolean tied = false;
    int reach = limit / EditDistance.EDIT;
    for (int length = points.length - reach; length <= points.length + reach; length++) {
      for (Word word : byLength.getOrDefault(length, List.of())) {
        // Each edit sets or clears at most two bits.
        boolean far = Long.bitCount(mask ^ word.mask) > 2 * limit;
        if (far || word.count < least || word.text.equals(text)) {
          continue;
        }
        int found = distance.of(points, word.points, bestDistance);
        if (found < bestDistance) {
          best = word;
          bestDistance = found;
          tied = false;
        } else if (found == bestDistance && found <= limit) {
          tied = true;
        }
      }
    }
    return best == null || tied
        ? Optional.empty()
        : Optional.of(new Near(best.text, best.count, bestDistance));
  }

  private static int limit(int length) {
    return length < SHORTEST ? 0 : length <= SHORT ? EditDistance.EDIT : 2 * EditDistance.EDIT;
  }

  /** A set of characters, case folded, 64 classes. */
  private static long mask(int[] points) {
    long mask = 0;
    for (int point : points) {
      mask |= 1L << (Character.toLowerCase(point) & 63);
    }
    return mask;
  }
}
