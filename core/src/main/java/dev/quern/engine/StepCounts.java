package dev.quern.engine;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The accounting of a step: read + created = kept + dropped + merged + quarantined.
 *
 * @param read samples that came in (for a reader: that were found)
 * @param created samples the step made
 * @param kept samples that went on
 * @param merged samples that went into others
 * @param quarantined samples that could not be processed
 * @param dropped samples left out, by reason
 * @param quarantineRules quarantined samples, by rule
 * @param changed cells changed in samples that were kept, by {@code rule(field)}
 * @param found what was found in fields of samples, by {@code TYPE(field)}
 * @param nanos CPU time of the step's own code, estimated by timing some of its batches
 */
public record StepCounts(
    long read,
    long created,
    long kept,
    long merged,
    long quarantined,
    Map<String, Long> dropped,
    Map<String, Long> quarantineRules,
    Map<String, Long> changed,
    Map<String, FoundCounts> found,
    long nanos)
    implements Serializable {

  /** Nothing counted. */
  public static final StepCounts ZERO =
      new StepCounts(
          0, 0, 0, 0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0);

  /** Returns all samples left out. */
  public long droppedTotal() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns whether nothing was lost. */
  public boolean isConserved() {
    return read + created == kept + droppedTotal() + merged + quarantined;
  }

  /** Returns these counts with {@code more} CPU time. */
  public StepCounts plusNanos(long more) {
    return new StepCounts(
        read,
        created,
        kept,
        merged,
        quarantined,
        dropped,
        quarantineRules,
        changed,
        found,
        nanos + more);
  }

  /** Returns the counts by name; what few steps have, only where there is some. */
  @Override
  public String toString() {
    return "StepCounts[read="
        + read
        + ", created="
        + created
        + ", kept="
        + kept
        + ", merged="
        + merged
        + ", quarantined="
        + quarantined
        + ", dropped="
        + dropped
        + ", quarantineRules="
        + quarantineRules
        + ", changed="
        + changed
        + (found.isEmpty() ? "" : ", found=" + found)
        + ", nanos="
        + nanos
        + "]";
  }

  /** Returns the counts of both. */
  public StepCounts plus(StepCounts other) {
    Map<String, Long> reasons = new TreeMap<>(dropped);
    other.dropped.forEach((reason, n) -> reasons.merge(reason, n, Long::sum));
    Map<String, Long> rules = new TreeMap<>(quarantineRules);
    other.quarantineRules.forEach((rule, n) -> rules.merge(rule, n, Long::sum));
    Map<String, Long> cells = new TreeMap<>(changed);
    other.changed.forEach((rule, n) -> cells.merge(rule, n, Long::sum));
    Map<String, FoundCounts> all = new TreeMap<>(found);
    other.found.forEach((place, counts) -> all.merge(place, counts, FoundCounts::plus));
    return new StepCounts(
        read + other.read,
        created + other.created,
        kept + other.kept,
        merged + other.merged,
        quarantined + other.quarantined,
        reasons,
        rules,
        cells,
        all,
        nanos + other.nanos);
  }
}
