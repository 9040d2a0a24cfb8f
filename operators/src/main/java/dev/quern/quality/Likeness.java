package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/** Tells whether two values mean the same. Not safe for several threads. */
final class Likeness {
  private final Accuracy.Compare comparison;
  private final double tolerance;
  private final double similarity;
  private final ValueWriter writer = new ValueWriter();
  private final Slice one = new Slice();
  private final Slice other = new Slice();

  Likeness(Accuracy.Compare comparison, double tolerance, double similarity) {
    this.comparison = comparison;
    this.tolerance = tolerance;
    this.similarity = similarity;
  }

  /** Returns whether the values of {@code row}, none of which is missing, are the same. */
  boolean same(Column a, Column b, int row) {
    if (a.type().equals(Type.TEXT) && b.type().equals(Type.TEXT)) {
      a.sliceAt(row, one);
      b.sliceAt(row, other);
      if (Arrays.equals(one.bytes, one.start, one.end, other.bytes, other.start, other.end)) {
        return true;
      }
      return comparison != Accuracy.Compare.EXACT && sameText(text(one), text(other));
    }
    if (a.type().isNumber() && b.type().isNumber()) {
      return sameNumber(a, b, row);
    }
    String left = writer.text(a, row);
    String right = writer.text(b, row);
    return left.equals(right) || comparison != Accuracy.Compare.EXACT && sameText(left, right);
  }

  private boolean sameNumber(Column a, Column b, int row) {
    if (comparison == Accuracy.Compare.TOLERANCE) {
      return Math.abs(a.doubleAt(row) - b.doubleAt(row)) <= tolerance
          || a.doubleAt(row) == b.doubleAt(row);
    }
    boolean longs = a.type().kind() == Type.Kind.LONG && b.type().kind() == Type.Kind.LONG;
    return longs ? a.longAt(row) == b.longAt(row) : a.doubleAt(row) == b.doubleAt(row);
  }

  private boolean sameText(String left, String right) {
    String a = normalised(left);
    String b = normalised(right);
    return a.equals(b)
        || comparison == Accuracy.Compare.EDIT
            && similar(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private static String text(Slice slice) {
    return new String(slice.bytes, slice.start, slice.length(), StandardCharsets.UTF_8);
  }

  /** Returns {@code text} by NFKC, in lower case, with single spaces between its words. */
  static String normalised(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder kept = new StringBuilder(lower.length());
    boolean gap = false;
    for (int i = 0; i < lower.length(); ) {
      int c = lower.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        gap = kept.length() > 0;
      } else {
        if (gap) {
          kept.append(' ');
          gap = false;
        }
        kept.appendCodePoint(c);
      }
    }
    return kept.toString();
  }

  /**
   * Returns whether 1 − d / max(|a|, |b|) is at least the similarity, d being the distance of
   * Levenshtein in code points; only the band that can still reach it is computed.
   */
  private boolean similar(int[] a, int[] b) {
    int longest = Math.max(a.length, b.length);
    int most = (int) Math.floor((1 - similarity) * longest + 1e-9);
    if (Math.abs(a.length - b.length) > most) {
      return false;
    }
    int beyond = most + 1;
    int[] before = new int[b.length + 1];
    int[] now = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      before[j] = Math.min(j, beyond);
    }
    for (int i = 1; i <= a.length; i++) {
      int from = Math.max(1, i - most);
      int to = Math.min(b.length, i + most);
      now[from - 1] = from == 1 ? Math.min(i, beyond) : beyond;
      for (int j = from; j <= to; j++) {
        int changed = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int removed = j <= i - 1 + most ? before[j] + 1 : beyond;
        now[j] = Math.min(beyond, Math.min(changed, Math.min(removed, now[j - 1] + 1)));
      }
      int[] spare = before;
      before = now;
      now = spare;
    }
    return before[b.length] <= most;
  }
}
