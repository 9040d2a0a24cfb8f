package dev.quern.quality.dependency;

import dev.quern.data.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds approximate functional dependencies X → Y with at most two fields on the left.
 *
 * <p>g3(X → Y) = 1 − (1/n) Σₓ maxᵧ nₓᵧ, the least fraction of rows to remove so that the dependency
 * holds (Kivinen and Mannila 1995). A rare Y or a nearly unique X makes it small by chance; so it
 * is compared with its mean over {@value #SHUFFLES} fixed shuffles of Y, that is under
 * independence: gain = 1 − g3 / g3(shuffled), after Mandros, Boley and Vreeken 2017, KDD. Left
 * sides whose groups have fewer than two rows on average are keys or nearly so and left out, as are
 * left sides that hold one that was found for the same field.
 */
public final class Discovery {
  private static final int SHUFFLES = 3;
  private static final double LEAST_ROWS = 2;

  private final List<long[]> columns;
  private final double maxError;
  private final double minGain;
  private final List<Found> found = new ArrayList<>();

  /** Codes of the values of each field; 0 where missing. */
  private final List<int[]> codes = new ArrayList<>();

  /**
   * A dependency.
   *
   * @param given numbers of the fields on the left
   * @param field number of the field on the right
   * @param rows rows in which all fields have a value
   * @param kept rows that would stay: (1 − g3) · rows
   * @param gain how much smaller g3 is than under independence, 1 for an exact dependency
   */
  public record Found(List<Integer> given, int field, long rows, long kept, double gain) {}

  /** Prepares discovery over {@code columns} of hashes, 0 where missing. */
  public Discovery(List<long[]> columns, double maxError, double minGain) {
    this.columns = columns;
    this.maxError = maxError;
    this.minGain = minGain;
  }

  /** Returns the dependencies with g3 of at most maxError and a gain of at least minGain. */
  public List<Found> find() {
    columns.forEach(column -> codes.add(codes(column)));
    int fields = columns.size();
    for (int a = 0; a < fields; a++) {
      judge(List.of(a), codes.get(a));
    }
    for (int a = 0; a < fields; a++) {
      for (int b = a + 1; b < fields; b++) {
        judge(List.of(a, b), combined(codes.get(a), codes.get(b)));
      }
    }
    return found;
  }

  private static int[] codes(long[] column) {
    Map<Long, Integer> known = new HashMap<>();
    int[] codes = new int[column.length];
    for (int row = 0; row < codes.length; row++) {
      if (column[row] != 0) {
        Integer code = known.putIfAbsent(column[row], known.size() + 1);
        codes[row] = code == null ? known.size() : code;
      }
    }
    return codes;
  }

  private static int[] combined(int[] a, int[] b) {
    long[] pairs = new long[a.length];
    for (int row = 0; row < pairs.length; row++) {
      pairs[row] = a[row] == 0 || b[row] == 0 ? 0 : (long) a[row] << 32 | b[row];
    }
    return codes(pairs);
  }

  private void judge(List<Integer> given, int[] left) {
    int groups = Arrays.stream(left).max().orElse(0);
    long rows = Arrays.stream(left).filter(code -> code != 0).count();
    if (groups < 2 || rows < LEAST_ROWS * groups) {
      return;
    }
    for (int field = 0; field < codes.size(); field++) {
      if (!given.contains(field) && !isKnown(given, field)) {
        judge(given, left, field);
      }
    }
  }

  private boolean isKnown(List<Integer> given, int field) {
    return found.stream().anyMatch(one -> one.field() == field && given.containsAll(one.given()));
  }

  private void judge(List<Integer> given, int[] left, int field) {
    int[] right = codes.get(field);
    int[] rows = new int[left.length];
    int n = 0;
    for (int row = 0; row < left.length; row++) {
      if (left[row] != 0 && right[row] != 0) {
        rows[n++] = row;
      }
    }
    int[] x = new int[n];
    int[] y = new int[n];
    for (int i = 0; i < n; i++) {
      x[i] = left[rows[i]];
      y[i] = right[rows[i]];
    }
    long kept = kept(x, y);
    if (n == 0 || n - kept > maxError * n) {
      return;
    }
    double shuffled = 0;
    for (int s = 0; s < SHUFFLES; s++) {
      shuffled += n - kept(x, shuffled(y, s));
    }
    shuffled /= SHUFFLES;
    double gain = shuffled == 0 ? 0 : 1 - (n - kept) / shuffled;
    // A field of one value, or nearly so, depends on anything.
    if (shuffled >= 1 && gain >= minGain) {
      found.add(new Found(given, field, n, kept, gain));
    }
  }

  /** Returns Σₓ maxᵧ nₓᵧ. */
  private static long kept(int[] x, int[] y) {
    long[] pairs = new long[x.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (long) x[i] << 32 | y[i];
    }
    Arrays.sort(pairs);
    long kept = 0;
    long most = 0;
    int from = 0;
    for (int i = 1; i <= pairs.length; i++) {
      if (i == pairs.length || pairs[i] != pairs[from]) {
        most = Math.max(most, i - from);
        if (i == pairs.length || pairs[i] >> 32 != pairs[from] >> 32) {
          kept += most;
          most = 0;
        }
        from = i;
      }
    }
    return kept;
  }

  /** A shuffle that is the same whenever the rows are. */
  private static int[] shuffled(int[] y, int number) {
    int[] shuffled = y.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      long drawn = Hash128.mix(((long) number + 1) * 0x9e3779b97f4a7c15L + i);
      int other = (int) Long.remainderUnsigned(drawn, i + 1L);
      int value = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = value;
    }
    return shuffled;
  }
}
