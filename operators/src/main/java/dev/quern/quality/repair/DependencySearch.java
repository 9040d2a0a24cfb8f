package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds approximate dependencies of one or two fields on the left.
 *
 * <p>A dependency is taken where masking a cell and foretelling it by the majority of the other
 * samples with the same left values succeeds in nearly all cells that can be foretold, where it
 * fails much less often than foretelling the field's most frequent value, and where the failures
 * are spread like accidents.
 */
final class DependencySearch {
  private static final double PRECISION = 0.85;
  private static final double FEW_PRECISION = 0.93;
  private static final double PAIR_PRECISION = 0.97;
  private static final double PAIR_LIFT = 0.3;
  private static final double CLUSTERED = 0.35;
  private static final double LIFT = 0.2;
  private static final double COVERED = 0.2;
  private static final int MOST_FIELDS = 40;
  private static final int MOST_PAIRED = 16;

  private static final int MOST_GROUPS = 300_000;

  private final Table table;
  private final List<Dependency> found = new ArrayList<>();
  private final boolean[][] determined;

  /** Groups of the dependencies found so far. */
  private int kept;

  private final double[][] alone;

  DependencySearch(Table table) {
    this.table = table;
    this.determined = new boolean[table.fields()][table.fields()];
    this.alone = new double[table.fields()][table.fields()];
  }

  List<Dependency> search() {
    int fields = Math.min(MOST_FIELDS, table.fields());
    for (int left = 0; left < fields; left++) {
      for (int right = 0; right < fields; right++) {
        if (left != right) {
          tryOne(new int[] {left}, right);
        }
      }
    }
    pairs(fields);
    return found;
  }

  private void pairs(int fields) {
    if (fields > MOST_PAIRED * 2) {
      return;
    }
    for (int a = 0; a < fields; a++) {
      for (int b = a + 1; b < fields; b++) {
        if (determined[a][b] || determined[b][a]) {
          continue;
        }
        for (int right = 0; right < fields; right++) {
          if (right != a && right != b && !determined[a][right] && !determined[b][right]) {
            tryOne(new int[] {a, b}, right);
          }
        }
      }
    }
  }

  private void tryOne(int[] left, int right) {
    int[] keys = keys(left);
    int[] codes = table.codes(right);
    int values = table.values(right).size();
    if (values < 2) {
      return;
    }
    Tally tally = Tally.of(keys, codes, values);
    if (left.length == 1) {
      alone[left[0]][right] = tally.precision();
    }
    if (tally.foretold < (left.length == 1 ? 60 : 300)
        || tally.foretold < COVERED * tally.present
        || tally.precision() < (tally.foretold < 500 ? FEW_PRECISION : PRECISION)
        || 1 - tally.precision() > LIFT * (1 - tally.plain())
        || tally.groups < 3
        || tally.majorities < 2) {
      return;
    }
    if (left.length == 2
        && (tally.precision() < PAIR_PRECISION
            || 1 - tally.precision()
                > PAIR_LIFT * (1 - Math.max(alone[left[0]][right], alone[left[1]][right])))) {
      return;
    }
    if (tally.clustered() > CLUSTERED) {
      return;
    }
    determined[left[0]][right] |= left.length == 1;
    Map<String, Dependency.Group> groups = groups(left, right, keys, tally);
    if (kept + groups.size() <= MOST_GROUPS) {
      kept += groups.size();
      found.add(new Dependency(left, right, tally.precision(), groups));
    }
  }

  private int[] keys(int[] left) {
    int[] first = table.codes(left[0]);
    if (left.length == 1) {
      return first;
    }
    int[] second = table.codes(left[1]);
    Map<Long, Integer> known = new HashMap<>();
    int[] keys = new int[first.length];
    for (int row = 0; row < keys.length; row++) {
      if (first[row] == Table.MISSING || second[row] == Table.MISSING) {
        keys[row] = Table.MISSING;
      } else {
        Long pair = (long) first[row] << 32 | second[row];
        Integer key = known.get(pair);
        if (key == null) {
          key = known.size();
          known.put(pair, key);
        }
        keys[row] = key;
      }
    }
    return keys;
  }

  private Map<String, Dependency.Group> groups(int[] left, int right, int[] keys, Tally tally) {
    Map<String, Dependency.Group> groups = new HashMap<>();
    double accidents = 1 - tally.precision();
    for (int row = 0; row < keys.length; row++) {
      int key = keys[row];
      if (key == Table.MISSING || tally.best[key] == Table.MISSING) {
        continue;
      }
      int count = tally.bestCount[key];
      int total = tally.totals[key];
      if (count >= 2 && 2 * count > total && !isAmbiguous(total - count, total, accidents)) {
        String first = table.values(left[0]).get(table.codes(left[0])[row]);
        String name =
            left.length == 1
                ? first
                : first + '\u001f' + table.values(left[1]).get(table.codes(left[1])[row]);
        String value = table.values(right).get(tally.best[key]);
        groups.putIfAbsent(name, new Dependency.Group(value, count, total));
      }
    }
    return groups;
  }

  /** Whether a group breaks the rule more often than accidents would (binomial, mean + 4 σ). */
  private static boolean isAmbiguous(int broken, int total, double accidents) {
    double mean = total * accidents;
    return broken > 1 && broken > mean + 1 + 4 * Math.sqrt(mean * (1 - accidents));
  }

  /** Counts of one candidate. */
  private static final class Tally {
    final int[] totals;
    final int[] best;
    final int[] bestCount;
    long foretold;
    long right;
    long present;
    long mode;
    int groups;
    int majorities;

    private Tally(int keys) {
      totals = new int[keys];
      best = new int[keys];
      bestCount = new int[keys];
      Arrays.fill(best, Table.MISSING);
    }

    double precision() {
      return foretold == 0 ? 0 : (double) right / foretold;
    }

    /** The share foretold right by the most frequent value. */
    double plain() {
      return present == 0 ? 1 : (double) mode / present;
    }

    /** The share of broken cells in groups that break the rule more often than accidents would. */
    double clustered() {
      long broken = 0;
      long clustered = 0;
      for (int key = 0; key < totals.length; key++) {
        if (totals[key] >= 3) {
          int here = totals[key] - bestCount[key];
          broken += here;
          clustered += isAmbiguous(here, totals[key], 1 - precision()) ? here : 0;
        }
      }
      return broken == 0 ? 0 : (double) clustered / broken;
    }

    static Tally of(int[] keys, int[] codes, int values) {
      int most = 0;
      for (int key : keys) {
        most = Math.max(most, key + 1);
      }
      Tally tally = new Tally(most);
      Map<Long, int[]> pairs = new HashMap<>();
      int[] marginal = new int[values];
      for (int row = 0; row < keys.length; row++) {
        if (codes[row] == Table.MISSING) {
          continue;
        }
        tally.present++;
        marginal[codes[row]]++;
        if (keys[row] != Table.MISSING) {
          tally.totals[keys[row]]++;
          pairs.computeIfAbsent((long) keys[row] << 32 | codes[row], k -> new int[1])[0]++;
        }
      }
      pairs.forEach(
          (pair, count) -> {
            int key = (int) (pair >> 32);
            int code = (int) (long) pair;
            if (count[0] > tally.bestCount[key]
                || count[0] == tally.bestCount[key] && code < tally.best[key]) {
              tally.best[key] = code;
              tally.bestCount[key] = count[0];
            }
          });
      for (int count : marginal) {
        tally.mode = Math.max(tally.mode, count);
      }
      tally.foretell(values);
      return tally;
    }

    private void foretell(int values) {
      boolean[] majority = new boolean[values];
      for (int key = 0; key < totals.length; key++) {
        if (totals[key] >= 3) {
          groups++;
          // A cell of the majority is foretold by the others, one of the minority never is.
          foretold += totals[key];
          right += bestCount[key] >= 2 ? bestCount[key] : 0;
          if (!majority[best[key]]) {
            majority[best[key]] = true;
            majorities++;
          }
        }
      }
    }
  }
}
