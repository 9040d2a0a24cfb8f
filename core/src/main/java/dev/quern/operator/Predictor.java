package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Schema;

/** A model that answers: raw fields in, predictions out. Safe for several threads. */
public interface Predictor extends AutoCloseable {

  /** Returns the raw fields that predictions depend on, as the recipe's readers give them. */
  Schema inputs();

  /**
   * Returns all fields of a raw sample, the target among them. Those that are not among {@link
   * #inputs} may be given and are not looked at.
   */
  default Schema raw() {
    return inputs();
  }

  /** Returns the fields of the predictions. */
  Schema outputs();

  /**
   * Predicts for the selected samples of {@code raw}, which have the fields of {@link #inputs} and
   * may have others of {@link #raw}; the result has one row for each, in order, under the same
   * keys.
   */
  Batch predict(Batch raw);

  @Override
  void close();
}
