package dev.quern.operator;

/** The fits of a run by key. Safe for several threads. */
public interface Fits {

  /**
   * Returns the fit stored under {@code key}.
   *
   * @throws IllegalStateException if there is none
   */
  Fit fit(String key);
}
