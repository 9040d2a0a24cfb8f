package dev.quern.server;

/** Whether a server takes calls. */
enum Readiness {
  READY,
  /** It finishes what is in flight and takes nothing new. */
  DRAINING
}
