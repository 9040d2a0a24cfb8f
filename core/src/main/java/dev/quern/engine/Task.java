package dev.quern.engine;

import java.io.Serializable;
import java.util.Optional;

/**
 * What a verb carries: code by name, never by lambda, so that any worker can make it again.
 *
 * @param step the label of the step, unique in the recipe: its operator's name, numbered from the
 *     second on ({@code quality.trim-2}), so that new steps elsewhere leave it alone; metrics,
 *     quarantine and draws are kept by it
 * @param operator the registered name of the operator
 * @param revision the operator's revision, part of every cache key
 * @param parameters the parameters as canonical JSON (keys sorted, no white space)
 * @param scope which samples the operator acts on
 * @param fit the key of the fit the operator maps with, once it has learnt
 */
public record Task(
    String step,
    String operator,
    int revision,
    String parameters,
    Scope scope,
    Optional<String> fit)
    implements Serializable {

  /**
   * Which samples of the input a task acts on; the others pass unchanged (map) or unseen (fold).
   */
  public enum Scope {
    /** Every sample. */
    ALL,
    /** Samples of the train split only. */
    TRAIN
  }

  /** Returns this task with the fit stored under {@code key}. */
  public Task fitted(String key) {
    return new Task(step, operator, revision, parameters, scope, Optional.of(key));
  }

  /**
   * Returns the text that identifies what this task computes; the label counts because draws use
   * it.
   */
  public String identity() {
    return step + ":" + operator + "#" + revision + parameters + scope + fit.orElse("");
  }
}
