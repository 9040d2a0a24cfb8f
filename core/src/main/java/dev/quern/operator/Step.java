package dev.quern.operator;

import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Task;
import java.util.List;

/** A step of a plan, given to an operator that expresses itself in verbs. */
public interface Step {

  /** Returns the task of this step's operator, without a fit. */
  Task task();

  /** Returns the order in which the operator sees samples, empty for rank. */
  default List<SortKey> order() {
    return List.of();
  }

  /**
   * Asks for this step's operator to be fitted on {@code over}: on the train split where there are
   * splits, else on all samples.
   *
   * @return the task that maps with the fit
   */
  Task fit(Samples over);

  /**
   * Asks for another round: for this step's operator to be fitted on {@code over}, knowing what
   * {@code fitted}, the task of the round before, has learnt; on the samples that round has learnt
   * from.
   *
   * @return the task that maps with the fit of this round
   */
  Task refit(Task fitted, Samples over);

  /**
   * Asks for this step's operator, a {@link Learner}, to learn from {@code over}.
   *
   * @return the task that maps with what was learnt
   */
  Task learn(Samples over);

  /**
   * Asks for this step's operator to be fitted on all samples of {@code over}, whatever their
   * split.
   */
  Task fitOnAll(Samples over);
}
