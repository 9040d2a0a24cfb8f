package dev.quern.diversity;

import dev.quern.data.Batch;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.RunContext;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.List;
import java.util.Optional;

/**
 * Divides samples into train, validation and test.
 *
 * <ul>
 *   <li>by id (this record): each sample by a draw on its id; fractions hold in expectation, and a
 *       sample keeps its split when others come or go
 *   <li>by label: {@link SplitByLabel}, exact fractions for each label
 *   <li>by group: {@link SplitByGroup}, a group never lies in two splits
 *   <li>by time: {@link SplitByTime}, train before validation before test
 * </ul>
 *
 * @param fractions wanted sizes
 * @param from which samples are divided
 */
public record Split(Fractions fractions, From from) implements Mapper {

  /** Which samples are divided; the others keep their split. */
  public enum From {
    /** Those without a split. */
    UNSPLIT,
    /** Those of train, for example to set validation aside. */
    TRAIN;

    /** Returns whether a sample with this split code is divided. */
    boolean takes(byte code) {
      return code
          == (this == UNSPLIT ? dev.quern.data.Split.NONE : dev.quern.data.Split.TRAIN).code();
    }
  }

  /** What decides a sample's split. */
  public enum By {
    ID,
    LABEL,
    GROUP,
    TIME
  }

  private static final Param<Double> TRAIN =
      Param.fraction("train", new Localized("Fraction of train.", "训练集比例。"));

  private static final Param<Double> VALIDATION =
      Param.fraction("validation", new Localized("Fraction of validation.", "验证集比例。")).or(0.0);

  private static final Param<Double> TEST =
      Param.fraction("test", new Localized("Fraction of test.", "测试集比例。")).or(0.0);

  private static final Param<By> BY =
      Param.choice(
              "by",
              By.class,
              new Localized(
                  "What decides: the sample's id, its label (exact fractions per label), its group"
                      + " (never in two splits) or its time (train before validation before test).",
                  "划分依据：样本 id、标签（各标签比例精确）、分组（同组不跨集）或时间（先训练后验证再测试）。"))
          .or(By.ID);

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "The label, group or time fields; by default those with the role label, group or"
                      + " event_time. Several group fields connect samples that share any of them.",
                  "标签、分组或时间字段；默认取带 label、group、event_time 角色的字段。多个分组字段时，共享任一取值的样本相连。"))
          .optional();

  private static final Param<From> FROM =
      Param.choice(
              "from",
              From.class,
              new Localized(
                  "Which samples are divided: those without a split or those of train.",
                  "划分哪些样本：尚无划分的，或训练集的。"))
          .or(From.UNSPLIT);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "diversity.split",
          new Localized("Divides samples into train, validation and test.", "把样本划分为训练、验证和测试集。"),
          "Largest remainder: Hamilton 1792",
          2,
          Serving.TRAINING_ONLY,
          List.of(TRAIN, VALIDATION, TEST, BY, FIELDS, FROM),
          List.of(
              new Example(
                  "{train: 0.5, test: 0.5, by: time, fields: [t]}",
                  "[{\"t\": 4}, {\"t\": 1}, {\"t\": 3}, {\"t\": 2}]",
                  "[{\"t\": 4, \"$split\": \"test\"}, {\"t\": 1, \"$split\": \"train\"}, {\"t\": 3,"
                      + " \"$split\": \"test\"}, {\"t\": 2, \"$split\": \"train\"}]"),
              new Example(
                  "{train: 0.5, test: 0.5, by: group, fields: [name, phone]}",
                  "[{\"name\": \"ann\", \"phone\": 1}, {\"name\": \"bob\", \"phone\": 1},"
                      + " {\"name\": \"bob\", \"phone\": 2}, {\"name\": \"eve\", \"phone\": 3}]",
                  "[{\"name\": \"ann\", \"phone\": 1, \"$split\": \"train\"}, {\"name\": \"bob\","
                      + " \"phone\": 1, \"$split\": \"train\"}, {\"name\": \"bob\", \"phone\": 2,"
                      + " \"$split\": \"train\"}, {\"name\": \"eve\", \"phone\": 3, \"$split\":"
                      + " \"test\"}]"),
              new Example(
                  "{train: 1.0, from: unsplit}",
                  "[{\"a\": 1}, {\"a\": 2, \"$split\": \"test\"}]",
                  "[{\"a\": 1, \"$split\": \"train\"}, {\"a\": 2, \"$split\": \"test\"}]")),
          Split::create);

  private static Operator create(Params params) {
    Fractions fractions =
        new Fractions(params.get(TRAIN), params.get(VALIDATION), params.get(TEST));
    Optional<List<String>> fields = params.find(FIELDS);
    From from = params.get(FROM);
    return switch (params.get(BY)) {
      case ID -> {
        if (fields.isPresent()) {
          throw new IllegalArgumentException(
              "diversity.split.fields must be absent for by: id; found: "
                  + String.join(", ", fields.get()));
        }
        yield new Split(fractions, from);
      }
      case LABEL -> new SplitByLabel(fractions, from, fields);
      case GROUP -> new SplitByGroup(fractions, from, fields);
      case TIME -> new SplitByTime(fractions, from, fields);
    };
  }

  @Override
  public boolean givesSplits() {
    return true;
  }

  @Override
  public Schema output(Schema input) {
    return input;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    long seed = run.run().stepSeed(run.label());
    return (batch, out) ->
        out.keep(
            divided(
                batch,
                from,
                row -> {
                  Keys keys = batch.keys();
                  long draw = RunContext.draw(seed, keys.idHigh(row), keys.idLow(row));
                  return fractions.of(RunContext.unit(draw));
                }));
  }

  /** Decides the split of the sample in a row. */
  interface Decision {
    /** Returns the code of the split of {@code row}. */
    byte split(int row);
  }

  /** Returns {@code batch} with the samples that {@code from} takes in the splits decided. */
  static Batch divided(Batch batch, From from, Decision decision) {
    byte[] codes = new byte[batch.rows()];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = batch.keys().splitCode(row);
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (from.takes(codes[row])) {
        codes[row] = decision.split(row);
      }
    }
    return batch.with(batch.keys().withSplits(codes));
  }
}
