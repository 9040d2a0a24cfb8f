package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.parquet.ParquetWriting;
import dev.quern.format.parquet.VersionReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsAreReadBackTest {
  private static final Schema SCHEMA = Schema.of(Field.of("name", Type.TEXT));

  @Test
  void samplesOfAVersionComeBackUnderTheNumberOfTheirSource(@TempDir Path folder)
      throws IOException {
    Workspace workspace = new Workspace(folder);
    BatchBuilder samples = new BatchBuilder(SCHEMA);
    for (String name : List.of("李", "", "b")) {
      samples.column(0).appendText(name);
      samples.keys().append(7, samples.keys().size(), 0, 0, 0, Split.TEST.code());
    }
    Batch batch = samples.build();
    Digest digest = new Digest();
    digest.add(batch);
    Path file = workspace.shards().resolve("x.parquet");
    try (Writing.Output out = new ParquetWriting(SCHEMA, Ids.STORED).open(file)) {
      out.write(batch);
    }
    String sha = HexFormat.of().formatHex(Digest.sha256().digest(Files.readAllBytes(file)));
    Manifest draft =
        new Manifest(
            "d",
            "",
            digest.of(SCHEMA),
            SCHEMA,
            List.of(new Shard(file.toString(), sha, 3, Files.size(file))),
            Map.of(Split.TEST, 3L),
            "r",
            Digest.ofText("r"),
            "1",
            "2026-01-01T00:00:00Z",
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of());
    Manifest published = workspace.datasets().publish(draft, Manifest.Head.MOVES);

    Collected found = new Collected();
    Stored stored = workspace.datasets().stored(published, 5);
    Reading reading = new VersionReading(stored, stored.source());
    try (MorselCutter cutter = reading.cutter(1 << 20)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, found);
      }
    }
    assertThat(found.names).containsExactly("李", "", "b");
    assertThat(found.sources).containsExactly(5L, 5L, 5L);
    assertThat(found.digest.of(SCHEMA)).isEqualTo(published.digest());
  }

  /** Keeps what is read. */
  private static final class Collected implements Outcome {
    private final List<String> names = new ArrayList<>();
    private final List<Long> sources = new ArrayList<>();
    private final Digest digest = new Digest();

    @Override
    public void keep(Batch batch) {
      digest.add(batch);
      for (int i = 0; i < batch.count(); i++) {
        names.add(batch.column(0).textAt(batch.row(i)));
        sources.add(batch.keys().origin(batch.row(i)) >>> 32);
      }
    }

    @Override
    public void created(long samples) {
      throw new AssertionError("a reading creates nothing");
    }

    @Override
    public void merged(long samples) {
      throw new AssertionError("a reading merges nothing");
    }

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {
      throw new AssertionError("a reading drops nothing: " + reason);
    }

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      throw new AssertionError(fault.toString());
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      throw new AssertionError(fault.toString());
    }
  }
}
