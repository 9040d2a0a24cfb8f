package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.SampleId;
import dev.quern.engine.Fault;
import dev.quern.engine.FoundCounts;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.StepCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what becomes of the samples of a step. */
final class MemoryOutcome implements Outcome {
  private final List<Batch> kept = new ArrayList<>();
  private final List<StepResult.Dropped> dropped = new ArrayList<>();
  private final List<StepResult.Changed> changed = new ArrayList<>();
  private final List<StepResult.Quarantined> quarantined = new ArrayList<>();
  private final Map<String, Long> cells = new TreeMap<>();
  private final Map<String, FoundCounts> found = new TreeMap<>();
  private long read;
  private long created;
  private long merged;

  void read(long samples) {
    read += samples;
  }

  List<Batch> kept() {
    return kept;
  }

  /** Returns all this. */
  StepResult result() {
    Map<String, Long> reasons = new TreeMap<>();
    dropped.forEach(drop -> reasons.merge(drop.reason(), 1L, Long::sum));
    Map<String, Long> rules = new TreeMap<>();
    quarantined.forEach(one -> rules.merge(one.fault().rule(), 1L, Long::sum));
    Map<String, Long> all = new TreeMap<>(cells);
    changed.forEach(one -> all.merge(one.rule() + "(" + one.field() + ")", 1L, Long::sum));
    long keptSamples = kept.stream().mapToLong(Batch::count).sum();
    StepCounts counts =
        new StepCounts(
            read, created, keptSamples, merged, quarantined.size(), reasons, rules, all, found, 0);
    return new StepResult(counts, dropped, changed, quarantined);
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
    dropped.add(new StepResult.Dropped(batch.keys().id(row), reason, measured));
  }

  @Override
  public void change(
      Batch before, int row, String field, String rule, double confidence, @Nullable Object after) {
    changed.add(new StepResult.Changed(before.keys().id(row), field, rule, confidence));
  }

  @Override
  public void changed(String field, String rule, long count) {
    if (count > 0) {
      cells.merge(rule + "(" + field + ")", count, Long::sum);
    }
  }

  @Override
  public void found(String field, String type, FoundCounts counts) {
    found.merge(type + "(" + field + ")", counts, FoundCounts::plus);
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    quarantined.add(new StepResult.Quarantined(batch.keys().id(row), field, fault));
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    SampleId id = SampleId.of("place", Integer.toString(place.file()), place.position(), 0);
    quarantined.add(new StepResult.Quarantined(id, field, fault));
  }
}
