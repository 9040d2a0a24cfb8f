package dev.quern.run;

/** How much the log of a run tells: events of a level and of those below it in this list. */
public enum LogLevel {
  /** Progress in short steps; frames of failures. */
  DEBUG,
  /** What began and ended, with counts and costs. */
  INFO,
  /** What the recipe's author should look at. */
  WARN,
  /** Why the run ended early. */
  ERROR
}
