package dev.quern.engine.pass;

import java.util.OptionalLong;

/**
 * What the execution of a pass may hold. Results do not depend on it.
 *
 * @param memoryBytes bytes that buffers may hold in the process that executes the pass
 * @param workerBytes bytes one worker may hold in a buffer
 * @param morselBytes wanted size of a morsel in decoded bytes; empty to derive it from the input
 */
public record Allowance(long memoryBytes, long workerBytes, OptionalLong morselBytes) {
  public Allowance {
    if (memoryBytes < 1 || workerBytes < 1) {
      throw new IllegalArgumentException(
          "memory must be at least 1 (bytes); found: " + memoryBytes + " and " + workerBytes);
    }
    if (morselBytes.isPresent() && morselBytes.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "morsel must be at least 1 (bytes); found: " + morselBytes.getAsLong());
    }
  }
}
