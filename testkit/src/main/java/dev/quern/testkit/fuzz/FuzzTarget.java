package dev.quern.testkit.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** A reader of what comes from outside, with inputs to begin with and what must hold of any. */
public interface FuzzTarget {
  /** Returns inputs that are right or nearly so; every one is mutated. */
  List<byte[]> corpus();

  /** Returns pieces that mean something to the reader: brackets, key words, edges of numbers. */
  List<byte[]> words();

  /**
   * Feeds the reader. Whatever it throws is a failure, so the target itself takes the exceptions
   * that the reader declares.
   *
   * @param random depends on {@code input} alone, so that the input is all a replay needs
   */
  void feed(byte[] input, SplittableRandom random) throws Exception;

  /** Returns bytes that feeding may allocate, apart from 4,000 for each byte of the input. */
  default long mostAllocated() {
    return 96L << 20;
  }
}
