package dev.quern.privacy.anonymity;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Distinct combinations of values of some fields, with the number of samples that hold each.
 *
 * @param domains the values of each field by code, in the order of their bytes; code 0 is the
 *     missing value, null
 * @param codes the code of each combination, by field
 * @param counts samples of each combination
 */
@SuppressWarnings("ArrayRecordComponent") // handed on within this package, never compared
public record CombinationTable(@Nullable String[][] domains, int[][] codes, long[] counts) {

  /** Returns the number of samples. */
  public long samples() {
    long samples = 0;
    for (long count : counts) {
      samples += count;
    }
    return samples;
  }

  /** Returns the number of distinct combinations. */
  public int size() {
    return counts.length;
  }

  /** Returns the combinations in {@code rows[0, size)}. */
  CombinationTable rows(int[] rows, int size) {
    int[][] chosen = new int[codes.length][size];
    long[] chosenCounts = new long[size];
    for (int i = 0; i < size; i++) {
      chosenCounts[i] = counts[rows[i]];
      for (int field = 0; field < codes.length; field++) {
        chosen[field][i] = codes[field][rows[i]];
      }
    }
    return new CombinationTable(domains, chosen, chosenCounts);
  }

  /** Returns how many samples hold each value of {@code field}, by code. */
  public long[] counts(int field) {
    long[] sums = new long[domains[field].length];
    for (int i = 0; i < counts.length; i++) {
      sums[codes[field][i]] += counts[i];
    }
    return sums;
  }

  /** Returns the combinations in the rows for which {@code holds}. */
  public CombinationTable where(IntPredicate holds) {
    int[] rows = new int[size()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      rows[count] = row;
      count += holds.test(row) ? 1 : 0;
    }
    return count == rows.length ? this : rows(rows, count);
  }

  /** Returns the values of the combination in {@code row}; null is missing. */
  public List<@Nullable String> values(int row) {
    @Nullable String[] values = new String[codes.length];
    for (int field = 0; field < values.length; field++) {
      values[field] = domains[field][codes[field][row]];
    }
    return Collections.unmodifiableList(Arrays.asList(values));
  }

  /**
   * Returns the class of each combination: those equal in the first {@code fields} fields are one,
   * numbered 0, 1, … in the order of rows.
   */
  public int[] classes(int fields) {
    int[] ids = new int[size()];
    number(fields, ids);
    return ids;
  }

  private int number(int fields, int[] ids) {
    int[] cardinalities = new int[fields];
    for (int field = 0; field < fields; field++) {
      cardinalities[field] = domains[field].length;
    }
    return Dense.number(Arrays.copyOf(codes, fields), cardinalities, size(), ids);
  }

  /** Returns the combinations of the first {@code fields} fields. */
  public CombinationTable first(int fields) {
    int[] ids = new int[size()];
    int classes = number(fields, ids);
    int[][] merged = new int[fields][classes];
    long[] sums = new long[classes];
    for (int i = 0; i < size(); i++) {
      for (int field = 0; field < fields; field++) {
        merged[field][ids[i]] = codes[field][i];
      }
      sums[ids[i]] += counts[i];
    }
    return new CombinationTable(Arrays.copyOf(domains, fields), merged, sums);
  }
}
