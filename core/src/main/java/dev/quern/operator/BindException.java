package dev.quern.operator;

/**
 * An operator that does not fit its input schema; the plan turns it into a problem at the
 * parameter's place in the recipe. The message may name fields and types, which are not data.
 */
public final class BindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String param;

  /**
   * Makes an exception.
   *
   * @param param name of the parameter at fault, empty for the step as a whole
   * @param message {@code must be rule; found: value[; fix]}
   */
  public BindException(String param, String message) {
    super(message);
    this.param = param;
  }

  /** Returns the name of the parameter at fault, empty for the step as a whole. */
  public String param() {
    return param;
  }
}
