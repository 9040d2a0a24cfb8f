package dev.quern.run;

import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Questions to and changes of a graph of samples. */
final class Graph {
  private Graph() {}

  /**
   * Returns {@code samples} with every node whose key is in {@code stored} read back from there.
   * Keys do not change: a stored point has the key of what it stores.
   */
  static Samples resume(Samples samples, Map<String, Stored> stored) {
    Stored ready = stored.get(samples.key());
    if (ready != null) {
      return Samples.stored(ready);
    }
    if (samples instanceof Samples.Read || samples instanceof Samples.FromStored) {
      return samples;
    }
    List<Samples> inputs = new ArrayList<>();
    boolean changed = false;
    for (Samples input : samples.inputs()) {
      Samples resumed = resume(input, stored);
      changed |= resumed != input;
      inputs.add(resumed);
    }
    return changed ? rebuilt(samples, inputs) : samples;
  }

  private static Samples rebuilt(Samples samples, List<Samples> inputs) {
    if (samples instanceof Samples.Mapped mapped) {
      return new Samples.Mapped(inputs.get(0), mapped.task(), mapped.schema(), mapped.key());
    }
    if (samples instanceof Samples.Grouped grouped) {
      return new Samples.Grouped(
          inputs, grouped.order(), grouped.task(), grouped.schema(), grouped.key());
    }
    if (samples instanceof Samples.Sorted sorted) {
      return new Samples.Sorted(inputs.get(0), sorted.keys(), sorted.key());
    }
    if (samples instanceof Samples.United united) {
      return new Samples.United(inputs, united.key());
    }
    if (samples instanceof Samples.Connected connected) {
      return new Samples.Connected(
          inputs.get(0), connected.task(), connected.field(), connected.key());
    }
    throw new IllegalStateException("samples without inputs must not be rebuilt");
  }

  /**
   * Returns whether {@code samples} shuffles between itself and the nodes with keys in {@code
   * below}.
   */
  static boolean shuffles(Samples samples, java.util.Set<String> below) {
    if (below.contains(samples.key())) {
      return false;
    }
    if (samples instanceof Samples.Grouped
        || samples instanceof Samples.Sorted
        || samples instanceof Samples.Connected) {
      return true;
    }
    return samples.inputs().stream().anyMatch(input -> shuffles(input, below));
  }

  /** Returns whether {@code samples} has to read a source, given what is already stored. */
  static boolean readsSource(Samples samples, java.util.Set<String> stored) {
    if (stored.contains(samples.key())) {
      return false;
    }
    return samples instanceof Samples.Read
        || samples.inputs().stream().anyMatch(input -> readsSource(input, stored));
  }
}
