package dev.quern.train;

import dev.quern.data.Keys;
import dev.quern.data.Split;
import dev.quern.engine.RunContext;
import dev.quern.operator.Training;

/** What a sample is used for. */
enum Part {
  TRAIN(""),
  VALIDATION("validation_"),
  TEST(""),
  UNUSED("");

  /** Share of train that serves as validation where there is no such split. */
  private static final double HELD_OUT = 0.1;

  private final String prefix;

  Part(String prefix) {
    this.prefix = prefix;
  }

  /** Prefix of metrics measured on this part: none for test. */
  String prefix() {
    return this == TRAIN ? "train_" : prefix;
  }

  /** Tells the part of samples. */
  interface Rule {
    Part of(Keys keys, int row);
  }

  /** Where there are no splits, all samples are train. */
  static Rule rule(Training training, Settings settings) {
    boolean validated = training.samples(Split.VALIDATION) > 0;
    boolean splits =
        validated || training.samples(Split.TRAIN) > 0 || training.samples(Split.TEST) > 0;
    boolean holdOut = settings.patience().isPresent() && !validated;
    long stepSeed = new RunContext(training.seed()).stepSeed("train.validation");
    return (keys, row) -> {
      Part part =
          switch (keys.split(row)) {
            case NONE -> splits ? UNUSED : TRAIN;
            case TRAIN -> TRAIN;
            case VALIDATION -> VALIDATION;
            case TEST -> TEST;
          };
      if (holdOut && part == TRAIN) {
        long draw = RunContext.draw(stepSeed, keys.idHigh(row), keys.idLow(row));
        return RunContext.unit(draw) < HELD_OUT ? VALIDATION : TRAIN;
      }
      return part;
    };
  }
}
