package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Grouper;
import dev.quern.operator.StepRun;
import dev.quern.statistics.Scalars;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code quality.impute} that fills with the last value before, in the order of the
 * step (by rank unless it names one), within the samples of one series and one split, so that
 * nothing of train reaches test. A missing value that has none before it stays missing.
 *
 * @param fields fields to fill; absent: all but the label, the identifiers and those of {@code by}
 * @param by fields whose values part the samples into series; empty: one series
 */
record ForwardFill(Optional<List<String>> fields, List<String> by) implements Grouper {

  @Override
  public Schema output(List<Schema> inputs) {
    positions(inputs.get(0));
    FieldChoice.named(inputs.get(0), "by", by);
    return inputs.get(0);
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    Schema input = inputs.get(0);
    boolean[] fills = new boolean[input.size()];
    for (int position : positions(input)) {
      fills[position] = true;
    }
    return new Series(fills, FieldChoice.named(input, "by", by), new BatchBuilder(output));
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "any",
        field -> true,
        field -> !field.is(Role.LABEL) && !field.is(Role.IDENTIFIER) && !by.contains(field.name()));
  }

  private static final class Series implements Grouping {
    private final boolean[] fills;
    private final int[] by;
    private final BatchBuilder filled;
    private final @Nullable Batch[] lastBatch;
    private final int[] lastRow;

    Series(boolean[] fills, int[] by, BatchBuilder filled) {
      this.fills = fills;
      this.by = by;
      this.filled = filled;
      this.lastBatch = new @Nullable Batch[fills.length];
      this.lastRow = new int[fills.length];
    }

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      key.putLong(batch.keys().splitCode(row));
      for (int position : by) {
        key.put(batch.column(position), row);
      }
    }

    @Override
    public void group(Group group, Outcome out) {
      java.util.Arrays.fill(lastBatch, null);
      while (group.next()) {
        Batch batch = group.batch();
        int row = group.row();
        filled.keys().append(batch.keys(), row);
        for (int field = 0; field < fills.length; field++) {
          @Nullable Batch before = lastBatch[field];
          boolean missing = Scalars.isMissing(batch.column(field), row);
          if (missing && before != null) {
            filled.column(field).append(before.column(field), lastRow[field]);
            out.changed(batch.schema().field(field).name(), "imputed", 1);
          } else {
            filled.column(field).append(batch.column(field), row);
          }
          if (fills[field] && !missing) {
            lastBatch[field] = batch;
            lastRow[field] = row;
          }
        }
        if (filled.isFull()) {
          out.keep(filled.build());
        }
      }
    }

    @Override
    public void end(Outcome out) {
      if (filled.count() > 0) {
        out.keep(filled.build());
      }
    }
  }
}
