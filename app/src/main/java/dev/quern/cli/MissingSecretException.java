package dev.quern.cli;

/** A secret that is referred to but not there; the message names the reference only. */
final class MissingSecretException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MissingSecretException(String message) {
    super(message);
  }
}
