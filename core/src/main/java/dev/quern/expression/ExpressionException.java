package dev.quern.expression;

/** An expression that is no expression or does not fit its fields. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final String problem;

  /**
   * Makes an exception.
   *
   * @param position column in the text of the expression, in code points from 1
   * @param problem {@code what must be rule; found: value[; fix]}
   */
  public ExpressionException(int position, String problem) {
    super("column " + position + ": " + problem);
    this.position = position;
    this.problem = problem;
  }

  /** Returns the column in the text of the expression, in code points from 1. */
  public int position() {
    return position;
  }

  /** Returns the message without the place. */
  public String problem() {
    return problem;
  }
}
