package dev.quern.engine;

/**
 * Data that cannot be used: the message names the place, the rule and the fix, never the value. Its
 * causes carry no sample text either.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Makes an exception.
   *
   * @param code stable snake_case code, for example {@code file_not_found}
   * @param message {@code where: what must be rule; found: value; fix}
   */
  public DataException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Makes an exception with the technical cause, whose message must be free of sample text. */
  public DataException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns the stable code. */
  public String code() {
    return code;
  }
}
