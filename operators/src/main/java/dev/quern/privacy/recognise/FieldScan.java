package dev.quern.privacy.recognise;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a detector finds in the cells of fields, and in those within lists and structs: never
 * a value. Cells that one finding covers as a whole are counted apart, so that a field of numbers
 * is told from a text that holds some; of what is no text, see {@link CellText}, only those count.
 * For one thread.
 */
public final class FieldScan {
  /** The least share of cells covered as a whole for a field to be of a type as a whole. */
  public static final double WHOLE = 0.8;

  private final CellDetector detector;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Long> values = new TreeMap<>();
  private final Map<String, Map<String, long[]>> counts = new TreeMap<>();
  private long samples;

  /** The number of the cell looked at, from 1 on. */
  private long cells = 1;

  /**
   * How often one type was found in one field.
   *
   * @param field the field
   * @param type the type
   * @param findings findings in all cells
   * @param cells cells with at least one
   * @param covered cells that one finding covers as a whole
   * @param values cells that are not missing
   */
  public record Count(
      String field, String type, long findings, long cells, long covered, long values) {

    /** Returns the share of cells with a finding, in [0, 1]. */
    public double share() {
      return values == 0 ? 0 : (double) cells / values;
    }

    /** Returns whether the field is of the type as a whole. */
    public boolean isWhole() {
      return values > 0 && covered >= WHOLE * values;
    }
  }

  /** Makes a scan without counts. */
  public FieldScan(Detector detector) {
    this.detector = new CellDetector(detector);
  }

  /** Counts in the selected samples of {@code batch}. */
  public void add(Batch batch) {
    samples += batch.count();
    for (int position = 0; position < batch.schema().size(); position++) {
      Field field = batch.schema().field(position);
      if (!CellText.isIn(field.type())) {
        continue;
      }
      if (field.type().isScalar()) {
        name(field.name());
      }
      Column column = batch.column(position);
      for (int i = 0; i < batch.count(); i++) {
        // Elements of one list are counted together.
        NestedValues.each(
            field,
            column,
            batch.row(i),
            (path, part, cells, row) -> add(path.unnumbered(), part, cells, row));
      }
    }
  }

  private void name(String name) {
    if (!values.containsKey(name)) {
      names.add(name);
      values.put(name, 0L);
    }
  }

  private void add(String name, String part, Column column, int row) {
    if (!CellText.isOf(column.type())) {
      return;
    }
    name(name);
    values.merge(name, 1L, Long::sum);
    List<Finding> found = detector.find(column, row, part);
    if (found.isEmpty()) {
      return;
    }
    Extent extent = detector.extent();
    for (Finding one : found) {
      boolean whole = extent.isWithin(one);
      long[] count =
          counts
              .computeIfAbsent(name, key -> new TreeMap<>())
              .computeIfAbsent(one.type(), key -> new long[4]);
      count[0]++;
      // A cell counts once a type, however many findings of it there are.
      count[1] += count[3] == cells ? 0 : 1;
      count[3] = cells;
      count[2] += whole ? 1 : 0;
    }
    cells++;
  }

  /** Returns how many samples were counted. */
  public long samples() {
    return samples;
  }

  /** Returns the counts, by field in the order of the schema, then by findings downwards. */
  public List<Count> counts() {
    List<Count> all = new ArrayList<>();
    for (String name : names) {
      List<Count> of = new ArrayList<>();
      counts
          .getOrDefault(name, Map.of())
          .forEach(
              (type, count) ->
                  of.add(
                      new Count(
                          name,
                          type,
                          count[0],
                          count[1],
                          count[2],
                          values.getOrDefault(name, 0L))));
      of.sort((one, other) -> Long.compare(other.findings(), one.findings()));
      all.addAll(of);
    }
    return all;
  }
}
