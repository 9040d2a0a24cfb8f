package dev.quern.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is about to be done, as the audit tells it. No value of a sample is among it: a subject is
 * named by its keyed hash.
 *
 * @param action what is done
 * @param resource to what: {@code name@version}, {@code runs/ID}, {@code subject/HASH}
 * @param purpose what for: the command, or the recipe and step
 * @param decision whether it was allowed
 * @param run id of the run it belongs to, empty for none
 * @param counts numbers that tell how much, by name
 * @param keys ids of the keys that are used
 */
public record AuditEvent(
    Action action,
    String resource,
    String purpose,
    Decision decision,
    String run,
    Map<String, Long> counts,
    List<String> keys) {

  public AuditEvent {
    counts = java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
    keys = List.copyOf(keys);
  }

  /** What is done. */
  public enum Action {
    /** A recipe is executed. */
    RUN,
    /** Samples of a version are read. */
    READ,
    /** A step of a run transforms samples. */
    TRANSFORM,
    /** A version or model is published. */
    PUBLISH,
    /** A key is made or used. */
    KEY,
    /** Samples or a model leave the workspace. */
    EXPORT,
    /** A subject is looked for. */
    FIND,
    /** A subject is forgotten; the decision of each state is told. */
    ERASE,
    /** What a killed process had half written to the audit was cut off. */
    MEND
  }

  /** Whether it was allowed. */
  public enum Decision {
    /** It is done. */
    ALLOWED,
    /** It is not done. */
    DENIED
  }

  /** Makes an allowed event without counts and keys. */
  public static AuditEvent of(Action action, String resource, String purpose) {
    return new AuditEvent(action, resource, purpose, Decision.ALLOWED, "", Map.of(), List.of());
  }

  /** Returns this event as part of run {@code id}. */
  public AuditEvent in(String id) {
    return new AuditEvent(action, resource, purpose, decision, id, counts, keys);
  }

  /** Returns this event with a number. */
  public AuditEvent with(String name, long count) {
    Map<String, Long> more = new TreeMap<>(counts);
    more.put(name, count);
    return new AuditEvent(action, resource, purpose, decision, run, more, keys);
  }

  /** Returns this event as using the key {@code id}. */
  public AuditEvent using(String id) {
    List<String> more = new java.util.ArrayList<>(keys);
    more.add(id);
    return new AuditEvent(action, resource, purpose, decision, run, counts, more);
  }
}
