package dev.quern.testkit.crash;

/** The program or its workspace is not as it must be. */
final class Misbehaviour extends RuntimeException {
  private static final long serialVersionUID = 1;

  Misbehaviour(String message) {
    super(message);
  }
}
