package dev.quern.cli;

/** The exit codes of the command line. */
final class Exit {
  static final int DONE = 0;
  static final int CHECK_FAILED = 1;

  /** The recipe or the command line is wrong. */
  static final int USAGE = 2;

  /** Data cannot be used, or files cannot be read or written. */
  static final int DATA = 3;

  /** A secret is missing, or access or a privacy budget is refused. */
  static final int REFUSED = 4;

  /** A fault of ours; the code of internal errors in sysexits.h. */
  static final int BUG = 70;

  /** Ended by a signal: 128 + SIGINT. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
