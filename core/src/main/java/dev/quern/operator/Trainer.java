package dev.quern.operator;

import dev.quern.data.Schema;
import java.io.IOException;

/** Makes a model of a dataset version. */
public non-sealed interface Trainer extends Operator {

  /**
   * Checks that a model of {@code target} can be trained on samples of {@code input} and returns
   * the fields of its predictions.
   *
   * @throws BindException if it cannot
   */
  Schema predictions(Schema input, String target);

  /** Trains. Equal samples, parameters and seed give equal bits on any number of threads. */
  TrainedModel train(Training training) throws IOException;
}
