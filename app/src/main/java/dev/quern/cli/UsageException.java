package dev.quern.cli;

/** A command that cannot be understood: {@code what must be rule; found: value[; fix]}. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
