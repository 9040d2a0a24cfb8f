package dev.quern.diversity;

import dev.quern.data.Schema;
import dev.quern.engine.RunContext;
import dev.quern.operator.Example;
import dev.quern.operator.Filter;
import dev.quern.operator.Judge;
import dev.quern.operator.Localized;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a random part of the samples by a draw on their ids; the others are dropped as {@code
 * not_sampled}, measured = the draw in [0, 1). A sample is kept or not whatever the other samples
 * are. For an exact number see {@link SampleCount}.
 *
 * @param fraction the part to keep, in [0, 1], in expectation
 */
public record Sample(double fraction) implements Filter {
  private static final Param<Double> FRACTION =
      Param.fraction("fraction", new Localized("The part to keep, in expectation.", "期望保留的比例。"))
          .optional();

  private static final Param<Long> COUNT =
      Param.integer(
              "count",
              "samples",
              0,
              100_000_000,
              new Localized("How many samples to keep, exactly.", "精确保留的样本数。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "diversity.sample",
          new Localized("Keeps a random part of the samples.", "随机保留一部分样本。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FRACTION, COUNT),
          List.of(
              new Example(
                  "{fraction: 1.0}", "[{\"a\": 1}, {\"a\": 2}]", "[{\"a\": 1}, {\"a\": 2}]"),
              new Example("{fraction: 0}", "[{\"a\": 1}, {\"a\": 2}]", "[]"),
              new Example("{count: 5}", "[{\"a\": 1}, {\"a\": 2}]", "[{\"a\": 1}, {\"a\": 2}]"),
              new Example("{count: 0}", "[{\"a\": 1}, {\"a\": 2}]", "[]")),
          Sample::create);

  private static Operator create(Params params) {
    Optional<Double> fraction = params.find(FRACTION);
    Optional<Long> count = params.find(COUNT);
    if (fraction.isPresent() == count.isPresent()) {
      throw new IllegalArgumentException(
          "diversity.sample must have exactly one of fraction and count; found: "
              + (fraction.isPresent() ? "both" : "neither"));
    }
    return fraction.isPresent()
        ? new Sample(fraction.get())
        : new SampleCount(count.orElseThrow().intValue());
  }

  @Override
  public void check(Schema input) {}

  @Override
  public Judge bind(Schema input, StepRun run) {
    long seed = run.run().stepSeed(run.label());
    return sample -> {
      var keys = sample.batch().keys();
      int row = sample.row();
      double draw = RunContext.unit(RunContext.draw(seed, keys.idHigh(row), keys.idLow(row)));
      return draw < fraction ? Verdict.KEEP : Verdict.drop("not_sampled", draw);
    };
  }
}
