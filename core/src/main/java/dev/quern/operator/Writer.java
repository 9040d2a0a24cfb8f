package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Writing;

/** Writes samples to files of one format. */
public non-sealed interface Writer extends Operator {

  /**
   * Checks that {@code input} can be written.
   *
   * @throws BindException if it cannot
   */
  void check(Schema input);

  /** Returns the code for samples of {@code input}, in clear. */
  Writing bind(Schema input);

  /** Returns the code for samples of {@code input} in a run, which may encrypt. */
  default Writing bind(Schema input, StepRun run) {
    return bind(input);
  }
}
