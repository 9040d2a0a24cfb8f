package dev.quern.privacy.anonymity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The equivalence classes of a table at one choice of levels: samples that share all generalised
 * quasi-identifiers. A row is a distinct combination of them and of the sensitive values.
 */
public final class Classes {
  private final Levels[] hierarchies;
  private final int[] levels;
  private final int[][] fields;
  private final int[][] sensitive;
  private final int[] cardinalities;
  private final long[] counts;
  private final int[] of;
  private final int size;
  private final long[] sizes;

  private Classes(
      Levels[] hierarchies,
      int[] levels,
      int[][] fields,
      int[][] sensitive,
      int[] cardinalities,
      long[] counts,
      int[] of,
      int size) {
    this.hierarchies = hierarchies;
    this.levels = levels;
    this.fields = fields;
    this.sensitive = sensitive;
    this.cardinalities = cardinalities;
    this.counts = counts;
    this.of = of;
    this.size = size;
    this.sizes = new long[size];
    for (int row = 0; row < counts.length; row++) {
      sizes[of[row]] += counts[row];
    }
  }

  /**
   * Returns the classes at {@code levels} of rows whose values are not generalised yet.
   *
   * @param table the quasi-identifiers, then the sensitive fields
   * @param hierarchies of the quasi-identifiers; all of them know all values of the rows
   */
  static Classes of(CombinationTable table, Levels[] hierarchies, int[] levels) {
    int quasi = hierarchies.length;
    int[][] fields = new int[quasi][];
    for (int field = 0; field < quasi; field++) {
      fields[field] = mapped(table.codes()[field], hierarchies[field].codes(levels[field]));
    }
    int[][] sensitive = Arrays.copyOfRange(table.codes(), quasi, table.codes().length);
    int[] cardinalities = new int[sensitive.length];
    for (int i = 0; i < sensitive.length; i++) {
      cardinalities[i] = table.domains()[quasi + i].length;
    }
    return grouped(hierarchies, levels, fields, sensitive, cardinalities, table.counts());
  }

  /** Returns the classes at {@code to}, levels none of which is below those of these classes. */
  Classes up(int[] to) {
    int[][] coarser = new int[fields.length][];
    for (int field = 0; field < fields.length; field++) {
      coarser[field] =
          levels[field] == to[field]
              ? fields[field]
              : mapped(fields[field], hierarchies[field].step(levels[field], to[field]));
    }
    return grouped(hierarchies, to, coarser, sensitive, cardinalities, counts);
  }

  private static int[] mapped(int[] codes, int[] to) {
    int[] mapped = new int[codes.length];
    for (int row = 0; row < codes.length; row++) {
      mapped[row] = to[codes[row]];
    }
    return mapped;
  }

  private static Classes grouped(
      Levels[] hierarchies,
      int[] levels,
      int[][] fields,
      int[][] sensitive,
      int[] sensitiveCardinalities,
      long[] counts) {
    int rows = counts.length;
    int[] ids = new int[rows];
    int[] cardinalities = new int[fields.length];
    for (int field = 0; field < fields.length; field++) {
      cardinalities[field] = hierarchies[field].cardinality(levels[field]);
    }
    int classes = Dense.number(fields, cardinalities, rows, ids);
    if (sensitive.length == 0) {
      return merged(
          hierarchies,
          levels,
          fields,
          sensitive,
          sensitiveCardinalities,
          counts,
          ids,
          classes,
          null);
    }
    int[] classOf = ids;
    int[][] whole = new int[1 + sensitive.length][];
    int[] wholeCardinalities = new int[whole.length];
    whole[0] = classOf;
    wholeCardinalities[0] = classes;
    System.arraycopy(sensitive, 0, whole, 1, sensitive.length);
    System.arraycopy(sensitiveCardinalities, 0, wholeCardinalities, 1, sensitive.length);
    int[] rowOf = new int[rows];
    int distinct = Dense.number(whole, wholeCardinalities, rows, rowOf);
    return merged(
        hierarchies,
        levels,
        fields,
        sensitive,
        sensitiveCardinalities,
        counts,
        rowOf,
        distinct,
        new Grouped(classOf, classes));
  }

  @SuppressWarnings("ArrayRecordComponent") // lives for one call
  private record Grouped(int[] classOf, int classes) {}

  private static Classes merged(
      Levels[] hierarchies,
      int[] levels,
      int[][] fields,
      int[][] sensitive,
      int[] cardinalities,
      long[] counts,
      int[] rowOf,
      int distinct,
      @Nullable Grouped grouped) {
    int[][] newFields = new int[fields.length][distinct];
    int[][] newSensitive = new int[sensitive.length][distinct];
    long[] newCounts = new long[distinct];
    int[] of = new int[distinct];
    for (int row = 0; row < counts.length; row++) {
      int to = rowOf[row];
      newCounts[to] += counts[row];
      of[to] = grouped == null ? to : grouped.classOf()[row];
    }
    merge(fields, newFields, rowOf);
    merge(sensitive, newSensitive, rowOf);
    int classes = grouped == null ? distinct : grouped.classes();
    return new Classes(
        hierarchies,
        levels.clone(),
        newFields,
        newSensitive,
        cardinalities,
        newCounts,
        of,
        classes);
  }

  private static void merge(int[][] from, int[][] to, int[] rowOf) {
    for (int field = 0; field < from.length; field++) {
      for (int row = 0; row < rowOf.length; row++) {
        to[field][rowOf[row]] = from[field][row];
      }
    }
  }

  /** Returns the number of classes. */
  public int size() {
    return size;
  }

  /** Returns the samples of each class. */
  public long[] sizes() {
    return sizes.clone();
  }

  long size(int one) {
    return sizes[one];
  }

  int rows() {
    return counts.length;
  }

  int[] levels() {
    return levels;
  }

  int quasiIdentifiers() {
    return fields.length;
  }

  /** Returns the class of {@code row}. */
  int of(int row) {
    return of[row];
  }

  /** Returns the samples of {@code row}. */
  long count(int row) {
    return counts[row];
  }

  /** Returns the code of the generalised {@code field} of {@code row}. */
  int code(int field, int row) {
    return fields[field][row];
  }

  Levels hierarchy(int field) {
    return hierarchies[field];
  }

  /** Returns the label of the generalised {@code field} of {@code row}; null is missing. */
  public @Nullable String label(int field, int row) {
    return hierarchies[field].labels(levels[field])[fields[field][row]];
  }

  /** Returns one row of each class. */
  int[] representatives() {
    int[] rows = new int[size];
    for (int row = counts.length - 1; row >= 0; row--) {
      rows[of[row]] = row;
    }
    return rows;
  }

  /** Returns how each class's samples are spread over the values of a sensitive field. */
  void spread(int attribute, Receiver receiver) {
    int[] starts = new int[size + 1];
    for (int one : of) {
      starts[one + 1]++;
    }
    for (int i = 0; i < size; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] order = new int[of.length];
    for (int row = 0; row < of.length; row++) {
      order[next[of[row]]++] = row;
    }
    long[] spread = new long[cardinalities[attribute]];
    for (int one = 0; one < size; one++) {
      for (int i = starts[one]; i < starts[one + 1]; i++) {
        spread[sensitive[attribute][order[i]]] += counts[order[i]];
      }
      receiver.receive(one, spread, sizes[one]);
      for (int i = starts[one]; i < starts[one + 1]; i++) {
        spread[sensitive[attribute][order[i]]] = 0;
      }
    }
  }

  /** Receives classes. */
  interface Receiver {
    /**
     * Takes a class.
     *
     * @param spread samples by code of the sensitive value; valid during the call
     * @param samples the sum of {@code spread}
     */
    void receive(int one, long[] spread, long samples);
  }
}
