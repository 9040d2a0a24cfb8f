package dev.quern.run;

import dev.quern.engine.PassResult;
import dev.quern.engine.Samples;
import dev.quern.engine.StepCounts;
import dev.quern.format.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What became of every sample: the counts of each step, taken once although several passes may run
 * the same step again over the same samples. CPU time is that of all passes of this run, none of
 * those an earlier run has finished.
 */
final class Accounting {
  private final Map<String, StepCounts> steps = new LinkedHashMap<>();

  /** How many samples passes have left, by key, that no later pass has taken up. */
  private final Map<String, Long> inHand = new LinkedHashMap<>();

  private final Map<String, String> versions;

  /** Steps of references, whose samples are none of the version's. */
  private final Set<String> beside = new HashSet<>();

  /**
   * Begins with nothing.
   *
   * @param versions labels of the sources that are dataset versions, by the key of their samples:
   *     no reader counts them, and they are always read whole
   */
  Accounting(Map<String, String> versions) {
    this.versions = Map.copyOf(versions);
  }

  /** Adds the steps of {@code pass}, which this run has executed. */
  void add(PassResult pass) {
    pass.steps()
        .forEach(
            (label, counts) ->
                steps.merge(label, counts, (old, more) -> old.plusNanos(more.nanos())));
  }

  /** Adds the steps of {@code pass}, which an earlier run has executed. */
  void addCached(PassResult pass) {
    pass.steps()
        .forEach((label, counts) -> steps.putIfAbsent(label, counts.plusNanos(-counts.nanos())));
  }

  /** Notes how many of {@code samples} the pass has left; what they were made of is taken up. */
  void inHand(Samples samples, PassResult pass) {
    takeUp(samples, new HashSet<>());
    inHand.put(samples.key(), Arrays.stream(pass.splits()).sum());
  }

  /** Notes that the steps of {@code pass} not met before have dealt with a reference alone. */
  void beside(PassResult pass) {
    pass.steps().keySet().stream().filter(label -> !steps.containsKey(label)).forEach(beside::add);
  }

  /** Notes that {@code samples} were looked at and left where they are. */
  void lookedAt(Samples samples) {
    count(samples, new HashSet<>());
  }

  private void count(Samples samples, Set<String> seen) {
    if (seen.add(samples.key())) {
      version(samples);
      samples.inputs().forEach(input -> count(input, seen));
    }
  }

  private void version(Samples samples) {
    if (samples instanceof Samples.FromStored version) {
      String label = versions.get(version.stored().key());
      if (label != null) {
        steps.putIfAbsent(label, whole(version.stored().samples()));
      }
    }
  }

  private void takeUp(Samples samples, Set<String> seen) {
    if (seen.add(samples.key())) {
      inHand.remove(samples.key());
      version(samples);
      samples.inputs().forEach(input -> takeUp(input, seen));
    }
  }

  private static StepCounts whole(long samples) {
    return new StepCounts(samples, 0, samples, 0, 0, Map.of(), Map.of(), Map.of(), Map.of(), 0);
  }

  /** Returns the labels told of so far. */
  Set<String> settled() {
    return new LinkedHashSet<>(steps.keySet());
  }

  /** Returns the counts of the step {@code label}, zero if it has not run. */
  StepCounts of(String label) {
    return steps.getOrDefault(label, StepCounts.ZERO);
  }

  /** Returns the counts by label, in the order of the passes. */
  Map<String, StepCounts> steps() {
    return steps;
  }

  /**
   * Returns the whole: read by sources, created, dropped, merged and quarantined by any step, and
   * what was kept at last: in the version, or, where a run was stopped before, up to there.
   * References are left out: what became of them stands with their sources.
   *
   * @param sources labels of those that are no references
   */
  StepCounts whole(Iterable<String> sources) {
    long kept = inHand.values().stream().mapToLong(Long::longValue).sum();
    StepCounts sum = StepCounts.ZERO;
    for (Map.Entry<String, StepCounts> step : steps.entrySet()) {
      if (!beside.contains(step.getKey())) {
        sum = sum.plus(step.getValue());
      }
    }
    long read = 0;
    for (String source : sources) {
      read += of(source).read();
    }
    return new StepCounts(
        read,
        sum.created(),
        kept,
        sum.merged(),
        sum.quarantined(),
        sum.dropped(),
        sum.quarantineRules(),
        sum.changed(),
        sum.found(),
        sum.nanos());
  }

  /** Returns counts as plain values for reports. */
  static Map<String, Object> plain(StepCounts counts) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("read", counts.read());
    plain.put("created", counts.created());
    plain.put("kept", counts.kept());
    plain.put("dropped", counts.droppedTotal());
    plain.put("merged", counts.merged());
    plain.put("quarantined", counts.quarantined());
    plain.put("reasons", counts.dropped());
    plain.put("rules", counts.quarantineRules());
    plain.put("changed", counts.changed());
    plain.put("cpu_seconds", counts.nanos() / 1e9);
    plain.put("conserved", counts.isConserved());
    return plain;
  }

  @Override
  public String toString() {
    Map<String, Object> plain = new LinkedHashMap<>();
    steps.forEach((label, counts) -> plain.put(label, plain(counts)));
    return Json.write(plain);
  }
}
