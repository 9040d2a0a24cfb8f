package dev.quern.engine;

/** Time that goes by while something is done; no clock of the wall. */
public final class Elapsed {
  private final long began = System.nanoTime();

  private Elapsed() {}

  /** Begins. */
  public static Elapsed begin() {
    return new Elapsed();
  }

  /** Returns how long it has been, in nanoseconds. */
  public long nanos() {
    return System.nanoTime() - began;
  }
}
