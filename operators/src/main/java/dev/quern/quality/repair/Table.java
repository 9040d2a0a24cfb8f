package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cells of samples as trimmed texts, in the order of their ranks; null is missing. The cells are
 * coded by a dictionary per field, the values in the order they are first met.
 */
final class Table {
  /** The code of a missing cell. */
  static final int MISSING = -1;

  private final int rows;
  private final int[][] codes;
  private final List<List<String>> values = new ArrayList<>();

  /** Makes a table of {@code rows}, each with one cell for each of {@code fields} fields. */
  Table(List<@Nullable String[]> rows, int fields) {
    this.rows = rows.size();
    this.codes = new int[fields][this.rows];
    for (int field = 0; field < fields; field++) {
      Map<String, Integer> known = new HashMap<>();
      List<String> dictionary = new ArrayList<>();
      for (int row = 0; row < this.rows; row++) {
        String cell = rows.get(row)[field];
        if (cell == null) {
          codes[field][row] = MISSING;
        } else {
          Integer code = known.get(cell);
          if (code == null) {
            code = dictionary.size();
            known.put(cell, code);
            dictionary.add(cell);
          }
          codes[field][row] = code;
        }
      }
      values.add(dictionary);
    }
  }

  int rows() {
    return rows;
  }

  int fields() {
    return codes.length;
  }

  /** Returns the codes of {@code field} by row. */
  int[] codes(int field) {
    return codes[field];
  }

  /** Returns the distinct values of {@code field} by code. */
  List<String> values(int field) {
    return values.get(field);
  }

  @Nullable String at(int row, int field) {
    int code = codes[field][row];
    return code == MISSING ? null : values.get(field).get(code);
  }

  /** Returns how often each code of {@code field} occurs. */
  int[] counts(int field) {
    int[] counts = new int[values.get(field).size()];
    for (int code : codes[field]) {
      if (code != MISSING) {
        counts[code]++;
      }
    }
    return counts;
  }
}
