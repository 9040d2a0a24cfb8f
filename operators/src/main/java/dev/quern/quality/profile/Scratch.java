package dev.quern.quality.profile;

/**
 * Room for some thousand numbers that all fields of a profile use in turn: it stays in the cache.
 */
final class Scratch {
  /** Numbers that are taken at once. */
  static final int SIZE = 8192;

  final long[] bits = new long[SIZE];
  final long[] hashes = new long[SIZE];
  final double[] numbers = new double[SIZE];
}
