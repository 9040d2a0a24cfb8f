package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Schema;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Grouper;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one of several samples with equal content, the first or the last in the order of the step
 * (by rank unless it names one); the others are dropped as {@code duplicate}. measured = the place
 * of the dropped sample among those of its content, in that order, from 1.
 *
 * <p>Contents are equal if all compared fields are: missing equals missing, both zeros are equal,
 * NaN equals NaN, texts byte by byte. Groups are streamed, so any number of duplicates fits in
 * memory.
 *
 * @param fields fields that are compared; absent: all
 * @param keep which sample stays
 */
public record DropDuplicates(Optional<List<String>> fields, Keep keep) implements Grouper {

  /** Which sample of equal ones stays. */
  public enum Keep {
    FIRST,
    LAST
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields", new Localized("Fields that are compared; all by default.", "用于比较的字段；默认全部。"))
          .optional();

  private static final Param<Keep> KEEP =
      Param.choice(
              "keep", Keep.class, new Localized("Which sample of equal ones stays.", "相同样本中保留哪一个。"))
          .or(Keep.FIRST);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.drop_duplicates",
          new Localized("Keeps one of several samples with equal content.", "内容相同的样本只保留一个。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, KEEP),
          List.of(
              new Example(
                  "{}",
                  "[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2, \"b\": \"x\"}, {\"a\": 1, \"b\": \"x\"}]",
                  "[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2, \"b\": \"x\"}]"),
              new Example(
                  "{fields: [a], keep: last}",
                  "[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2, \"b\": \"y\"}, {\"a\": 1, \"b\": \"z\"}]",
                  "[{\"a\": 2, \"b\": \"y\"}, {\"a\": 1, \"b\": \"z\"}]")),
          params -> new DropDuplicates(params.find(FIELDS), params.get(KEEP)));

  @Override
  public boolean dropsSamples() {
    return true;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    positions(inputs.get(0));
    return inputs.get(0);
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    return new Unique(positions(inputs.get(0)), keep, new BatchBuilder(output));
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(input, "fields", fields, "any", field -> true, field -> true);
  }

  private static final class Unique implements Grouping {
    private final int[] positions;
    private final Keep keep;
    private final BatchBuilder kept;

    Unique(int[] positions, Keep keep, BatchBuilder kept) {
      this.positions = positions;
      this.keep = keep;
      this.kept = kept;
    }

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      for (int position : positions) {
        key.put(batch.column(position), row);
      }
    }

    @Override
    public void group(Group group, Outcome out) {
      @Nullable Batch last = null;
      int lastRow = 0;
      for (long place = 1; group.next(); place++) {
        if (keep == Keep.FIRST && place > 1) {
          out.drop(group.batch(), group.row(), "duplicate", place);
          continue;
        }
        if (last != null) {
          out.drop(last, lastRow, "duplicate", place - 1);
        }
        last = group.batch();
        lastRow = group.row();
      }
      if (last != null) {
        kept.append(last, lastRow);
        if (kept.isFull()) {
          out.keep(kept.build());
        }
      }
    }

    @Override
    public void end(Outcome out) {
      if (kept.count() > 0) {
        out.keep(kept.build());
      }
    }
  }
}
