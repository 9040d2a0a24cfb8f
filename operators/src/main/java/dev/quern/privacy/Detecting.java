package dev.quern.privacy;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.privacy.recognise.CellDetector;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.Extent;
import dev.quern.privacy.recognise.Finding;
import dev.quern.privacy.recognise.Findings;
import dev.quern.privacy.recognise.NestedValues;
import dev.quern.privacy.recognise.Recognisers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds the findings in some fields to samples, and counts them. */
final class Detecting implements Mapping {
  /** Stands for a recogniser where the field as a whole speaks for a value. */
  private static final String WHOLE = "whole_field";

  private final int[] positions;
  private final String[] names;
  private final @Nullable Of[] whole;
  private final CellDetector detector;
  private final Field added;
  private final ColumnBuilder lists = ColumnBuilder.of(Findings.TYPE);

  /**
   * What a field is of as a whole.
   *
   * @param type the type of its values
   * @param score how sure that is, in [0, 1]
   */
  record Of(String type, double score) {}

  Detecting(
      Schema input,
      int[] positions,
      Recognisers recognisers,
      double minScore,
      String as,
      Map<String, Of> whole) {
    this.positions = positions.clone();
    this.names = new String[positions.length];
    this.whole = new Of[positions.length];
    for (int i = 0; i < positions.length; i++) {
      names[i] = input.field(positions[i]).name();
      Of of = whole.get(names[i]);
      this.whole[i] = of == null || of.score() < minScore ? null : of;
    }
    this.detector = new CellDetector(new Detector(recognisers, minScore));
    this.added = Field.of(as, Findings.TYPE);
  }

  @Override
  public void map(Batch batch, Outcome out) {
    int selected = 0;
    FoundTally tally = new FoundTally();
    for (int row = 0; row < batch.rows(); row++) {
      boolean isSelected = selected < batch.count() && batch.row(selected) == row;
      selected += isSelected ? 1 : 0;
      for (int i = 0; isSelected && i < positions.length; i++) {
        add(batch, row, i, tally);
      }
      lists.endList();
    }
    tally.tell(out);
    out.keep(batch.with(added, lists.build()));
  }

  private void add(Batch batch, int row, int number, FoundTally tally) {
    Column column = batch.column(positions[number]);
    String name = names[number];
    if (!column.type().isScalar()) {
      NestedValues.each(
          batch.schema().field(positions[number]),
          column,
          row,
          (path, part, values, at) -> {
            List<Finding> found = found(values, at, part, null);
            if (!found.isEmpty()) {
              add(name, path.toString(), found, tally);
            }
          });
    } else if (!column.isNull(row)) {
      add(name, name, found(column, row, name, whole[number]), tally);
    }
  }

  private void add(String name, String path, List<Finding> found, FoundTally tally) {
    Findings.append(lists, path, found, detector.length());
    tally.add(name, found);
  }

  private List<Finding> found(Column column, int row, String name, @Nullable Of of) {
    List<Finding> found = detector.find(column, row, name);
    if (of == null) {
      return found;
    }
    Extent extent = detector.extent();
    return extent.isEmpty() || extent.isWithin(found)
        ? found
        : List.of(new Finding(of.type(), WHOLE, extent.start(), extent.end(), of.score(), false));
  }
}
