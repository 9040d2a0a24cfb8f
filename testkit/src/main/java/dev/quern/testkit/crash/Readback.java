package dev.quern.testkit.crash;

import dev.quern.data.Batch;
import dev.quern.data.Digest;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.VersionReading;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;

/** Reads a version back, sample by sample, and computes the digest of what it finds. */
final class Readback implements Outcome {
  private final Digest digest = new Digest();
  private long lost;

  private Readback() {}

  /**
   * Reads {@code manifest}.
   *
   * @throws Misbehaviour if the samples are not those it was published with
   */
  static void check(Workspace workspace, Manifest manifest) throws IOException {
    Readback back = new Readback();
    Stored stored = workspace.datasets().stored(manifest, 0);
    Reading reading = new VersionReading(stored, 0, workspace.datasets().digests());
    try (MorselCutter cutter = reading.cutter(1 << 20)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, back);
      }
    }
    String found = back.digest.of(manifest.schema());
    if (back.lost > 0 || !found.equals(manifest.digest())) {
      throw new Misbehaviour(
          manifest.reference()
              + " must hold samples of digest "
              + manifest.digest()
              + "; found: "
              + found
              + ", "
              + back.lost
              + " set aside");
    }
  }

  @Override
  public void keep(Batch batch) {
    digest.add(batch);
  }

  @Override
  public void created(long samples) {
    lost += samples;
  }

  @Override
  public void merged(long samples) {
    lost += samples;
  }

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {
    lost++;
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    lost++;
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    lost++;
  }
}
