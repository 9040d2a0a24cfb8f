package dev.quern.cli;

/** A command whose options have been read. */
interface Action {

  /** Does the work and returns the exit code. */
  int run(Session session) throws Exception;
}
