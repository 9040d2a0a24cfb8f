package dev.quern.testkit.examples;

import dev.quern.data.Batch;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.format.parquet.VersionReading;
import dev.quern.store.Datasets;
import dev.quern.store.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the samples of a version; anything but samples that are kept is a failure. */
public final class Rows implements Outcome {
  private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

  private Rows() {}

  /** Returns the samples of {@code version} in rank order, by field. */
  public static List<Map<String, @Nullable Object>> of(Datasets datasets, Manifest version)
      throws IOException {
    Rows collected = new Rows();
    Reading reading = new VersionReading(datasets.stored(version, 0), 0);
    try (MorselCutter cutter = reading.cutter(1 << 20)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, collected);
      }
    }
    return collected.rows;
  }

  @Override
  public void keep(Batch batch) {
    rows.addAll(ExampleRun.maps(batch));
  }

  @Override
  public void created(long samples) {
    throw unexpected("created");
  }

  @Override
  public void merged(long samples) {
    throw unexpected("merged");
  }

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {
    throw unexpected("dropped: " + reason);
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    throw unexpected("quarantined: " + fault);
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    throw unexpected("quarantined: " + fault);
  }

  private static AssertionError unexpected(String what) {
    return new AssertionError("a version must be read whole; found: samples " + what);
  }
}
