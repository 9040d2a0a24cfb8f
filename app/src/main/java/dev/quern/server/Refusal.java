package dev.quern.server;

/** A call that is answered with an error; the message tells the caller the rule and the fix. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** Makes a refusal with the code {@code status} of HTTP. */
  Refusal(int status, String message) {
    // Refusals are answers, not faults: without stack trace a flood of bad calls stays cheap.
    super(message, null, false, false);
    this.status = status;
  }

  /** Returns the refusal of a request that breaks a rule. */
  static Refusal bad(String message) {
    return new Refusal(400, message);
  }

  int status() {
    return status;
  }
}
