package dev.quern.testkit.planted.engine.local;

/** What no operator may know. */
public final class Pool {
  private Pool() {}

  public static long started() {
    return System.nanoTime();
  }
}
