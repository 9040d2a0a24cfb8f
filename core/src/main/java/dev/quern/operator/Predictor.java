package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Schema;

/** A model that answers: raw fields in, predictions out. Safe for several threads. */
public interface Predictor extends AutoCloseable {

  /** Returns the raw fields as the recipe's readers give them, without the target. */
  Schema inputs();

  /** Returns the fields of the predictions. */
  Schema outputs();

  /**
   * Predicts for the selected samples of {@code raw}, whose schema is {@link #inputs}; the result
   * has one row for each, in order, under the same keys.
   */
  Batch predict(Batch raw);

  @Override
  void close();
}
