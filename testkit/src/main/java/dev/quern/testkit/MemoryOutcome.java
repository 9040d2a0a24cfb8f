package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.SampleId;
import dev.quern.engine.Fault;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.StepCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the samples of a step. */
public final class MemoryOutcome implements Outcome {
  private final List<Batch> kept = new ArrayList<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private final List<Quarantined> quarantined = new ArrayList<>();
  private long read;
  private long created;
  private long merged;

  /** A sample that was left out. */
  public record Dropped(SampleId id, String reason, double measured) {}

  /** A sample that was set aside. */
  public record Quarantined(SampleId id, String field, Fault fault) {}

  void read(long samples) {
    read += samples;
  }

  List<Batch> kept() {
    return kept;
  }

  /** Returns the samples that were left out, in the order of their ids. */
  public List<Dropped> dropped() {
    return dropped.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
  }

  /** Returns the samples that were set aside, in the order of their ids. */
  public List<Quarantined> quarantined() {
    return quarantined.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
  }

  /** Returns the accounting. */
  public StepCounts counts() {
    Map<String, Long> reasons = new TreeMap<>();
    dropped.forEach(drop -> reasons.merge(drop.reason(), 1L, Long::sum));
    Map<String, Long> rules = new TreeMap<>();
    quarantined.forEach(one -> rules.merge(one.fault().rule(), 1L, Long::sum));
    long keptSamples = kept.stream().mapToLong(Batch::count).sum();
    return new StepCounts(
        read, created, keptSamples, merged, quarantined.size(), reasons, rules, 0);
  }

  @Override
  public void keep(Batch batch) {
    kept.add(batch);
  }

  @Override
  public void created(long samples) {
    created += samples;
  }

  @Override
  public void merged(long samples) {
    merged += samples;
  }

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {
    dropped.add(new Dropped(batch.keys().id(row), reason, measured));
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    quarantined.add(new Quarantined(batch.keys().id(row), field, fault));
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    SampleId id = SampleId.of("place", Integer.toString(place.file()), place.position(), 0);
    quarantined.add(new Quarantined(id, field, fault));
  }
}
