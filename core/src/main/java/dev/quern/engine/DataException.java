package dev.quern.engine;

import dev.quern.text.OneLine;

/**
 * Data that cannot be used: the message, one line, names the place, the rule and the fix, never the
 * value. Its causes carry no sample text either.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The code of a source that is no longer as it was when its digest was taken. */
  public static final String FILE_CHANGED = "file_changed";

  /** The code of a file whose bytes are not as they were encrypted. */
  public static final String NOT_AUTHENTIC = "key_not_authentic";

  private final String code;

  /**
   * Makes an exception.
   *
   * @param code stable snake_case code, for example {@code file_not_found}
   * @param message {@code where: what must be rule; found: value; fix}
   */
  public DataException(String code, String message) {
    super(OneLine.of(message));
    this.code = code;
  }

  /** Makes an exception with the technical cause, whose message must be free of sample text. */
  public DataException(String code, String message, Throwable cause) {
    super(OneLine.of(message), cause);
    this.code = code;
  }

  /** Returns the stable code. */
  public String code() {
    return code;
  }
}
