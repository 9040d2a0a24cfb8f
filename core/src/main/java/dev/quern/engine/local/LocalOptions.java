package dev.quern.engine.local;

import java.util.OptionalLong;

/**
 * What the local engine may use. Results depend on none of these.
 *
 * @param threads workers, at least 1
 * @param memoryBytes bytes that buffers of shuffles and of handed samples may hold in all
 * @param morselBytes wanted size of a morsel in decoded bytes; empty to derive it from the input
 */
public record LocalOptions(int threads, long memoryBytes, OptionalLong morselBytes) {
  public LocalOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; found: " + threads);
    }
    if (memoryBytes < 1) {
      throw new IllegalArgumentException(
          "memory must be at least 1 (bytes); found: " + memoryBytes);
    }
    if (morselBytes.isPresent() && morselBytes.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "morsel must be at least 1 (bytes); found: " + morselBytes.getAsLong());
    }
  }

  /** Returns options that use every processor and a quarter of the heap. */
  public static LocalOptions ofMachine() {
    Runtime machine = Runtime.getRuntime();
    return new LocalOptions(
        machine.availableProcessors(), Math.max(1, machine.maxMemory() / 4), OptionalLong.empty());
  }

  /** Returns the bytes one worker may hold in a buffer. */
  long workerBytes() {
    return Math.max(1, memoryBytes / (2L * threads));
  }
}
