package dev.quern.store;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.FieldKeys;
import dev.quern.format.parquet.ShardDigests;
import dev.quern.format.parquet.VersionReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The samples of shards of one schema, read in this thread. */
final class ShardSamples {
  /** Decoded bytes that are read at once. */
  private static final long MORSEL_BYTES = 8L << 20;

  private final Path root;
  private final Schema schema;
  private final FieldKeys keys;

  ShardSamples(Path root, Schema schema, FieldKeys keys) {
    this.keys = keys;
    this.root = root;
    this.schema = schema;
  }

  /** Takes batches in the order of the shards. */
  interface Receiver {
    void accept(Batch batch) throws IOException;
  }

  /**
   * Reads the fields {@code wanted} of {@code shards}, whose paths are relative to the workspace;
   * each is compared with its digest before.
   */
  void read(List<Shard> shards, Schema wanted, Receiver receiver) throws IOException {
    List<Shard> there = new ArrayList<>();
    for (Shard shard : shards) {
      String path = root.resolve(shard.path()).toString();
      there.add(new Shard(path, shard.sha256(), shard.samples(), shard.bytes()));
    }
    Stored stored = new Stored("shards", schema, Stored.Format.PARQUET, there, 0);
    Reading reading = new VersionReading(stored, 0, wanted, new ShardDigests(), keys);
    Passed passed = new Passed(receiver);
    try (MorselCutter cutter = reading.cutter(MORSEL_BYTES)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, passed);
        if (passed.failure != null) {
          throw passed.failure;
        }
      }
    }
  }

  private static final class Passed implements Outcome {
    private final Receiver receiver;
    private @org.jspecify.annotations.Nullable IOException failure;

    Passed(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void keep(Batch batch) {
      if (failure == null) {
        try {
          receiver.accept(batch);
        } catch (IOException e) {
          // The reading's signature has no way for it; it is thrown once the morsel is read.
          failure = e;
        }
      }
    }

    @Override
    public void created(long samples) {}

    @Override
    public void merged(long samples) {}

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {}

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      throw unreadable();
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      throw unreadable();
    }

    private static DataException unreadable() {
      return new DataException(
          "shard_damaged", "shards must be readable whole; found: samples that are not");
    }
  }
}
