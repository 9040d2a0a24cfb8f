package dev.quern.format.parquet;

import dev.quern.data.Batch;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.DataException;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Reading;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the samples of a version back: ids and splits as stored, ranks from shard and row. Each
 * shard must have the digest, the fields and the number of samples it was stored with.
 */
public final class VersionReading implements Reading {
  private final Stored stored;
  private final int source;
  private final Schema wanted;
  private final ShardDigests digests;
  private final FieldKeys keys;
  private final MessageType message;
  private final List<ParquetInput> files = new ArrayList<>();

  /** Makes the code that reads all fields of {@code stored}. */
  public VersionReading(Stored stored, int source) {
    this(stored, source, stored.schema(), new ShardDigests());
  }

  /** Makes the code that reads all fields of {@code stored}, whose shards {@code digests} knows. */
  public VersionReading(Stored stored, int source, ShardDigests digests) {
    this(stored, source, stored.schema(), digests);
  }

  /** Makes the code that reads the fields {@code wanted} of {@code stored}. */
  public VersionReading(Stored stored, int source, Schema wanted) {
    this(stored, source, wanted, new ShardDigests());
  }

  /**
   * Makes the code that reads the fields {@code wanted} of {@code stored}, whose shards have
   * absolute paths.
   *
   * @param source number of the source, the upper part of the rank
   * @param digests compares each shard with its digest before it is read
   * @throws IllegalArgumentException if the samples have no such field
   */
  public VersionReading(Stored stored, int source, Schema wanted, ShardDigests digests) {
    this(stored, source, wanted, digests, FieldKeys.NONE);
  }

  /**
   * Makes the code that reads the fields {@code wanted} of {@code stored}, some of which may be
   * encrypted.
   *
   * @param keys finds the keysets that the shards name; without them only fields in clear are read
   */
  public VersionReading(
      Stored stored, int source, Schema wanted, ShardDigests digests, FieldKeys keys) {
    this.digests = digests;
    this.keys = keys;
    if (stored.format() != Stored.Format.PARQUET) {
      throw new IllegalArgumentException(
          "stored samples must be Parquet; found: " + stored.format());
    }
    for (var field : wanted.fields()) {
      int at = stored.schema().indexOf(field.name());
      if (at < 0 || !stored.schema().field(at).type().equals(field.type())) {
        throw new IllegalArgumentException(
            "fields to read must be stored; found: " + field.name() + " as " + field.type());
      }
    }
    this.stored = stored;
    this.source = source;
    this.wanted = wanted;
    this.message = ParquetTypes.message(stored.schema(), Ids.STORED);
    for (Shard shard : stored.shards()) {
      Path path = Path.of(shard.path());
      Path name = path.getFileName();
      files.add(
          new ParquetInput(
              name == null ? "shard" : name.toString(), shard.path(), shard.bytes(), -1));
    }
  }

  @Override
  public long bytes() {
    return stored.bytes();
  }

  @Override
  public String file(int number) {
    return files.get(number).name();
  }

  @Override
  public MorselCutter cutter(long morselBytes) {
    return new GroupCutter(
        files,
        source,
        morselBytes,
        number -> {
          digests.check(stored.shards().get(number));
          return ParquetFile.open(files.get(number), keys);
        });
  }

  /** Who reads a shard compares its digest: it is not read here for that. */
  @Override
  public MorselCutter places(long morselBytes) {
    return new GroupCutter(
        files, source, morselBytes, number -> ParquetFile.open(files.get(number), keys));
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    long bytes = 0;
    long[] samples = {0};
    for (int number = morsel.firstFile(); number <= morsel.lastFile(); number++) {
      int shard = number;
      digests.check(stored.shards().get(shard));
      try (ParquetFile file = ParquetFile.open(files.get(shard), keys)) {
        check(file, stored.shards().get(shard));
        Shape.Leaf id = (Shape.Leaf) file.shape(0);
        Shape.Leaf split = (Shape.Leaf) file.shape(1);
        bytes +=
            new GroupBatches(file, wanted, List.of(id, split), LeafValues.Trust.OWN)
                .read(
                    shard == morsel.firstFile() ? morsel.from() : 0,
                    shard == morsel.lastFile() ? morsel.to() : Long.MAX_VALUE,
                    piece -> {
                      samples[0] += piece.rows();
                      Keys keys =
                          keys(
                              file,
                              piece,
                              shard,
                              piece.group().chunk(id).values(),
                              piece.group().chunk(split).values());
                      out.keep(Batch.of(wanted, piece.columns(), keys));
                    });
      }
    }
    return new Read(bytes, 0, samples[0]);
  }

  private void check(ParquetFile file, Shard shard) {
    if (file.rows() != shard.samples()) {
      throw new DataException(
          "file_changed",
          file.input().name()
              + ": shard must hold "
              + shard.samples()
              + " samples; found: "
              + file.rows()
              + "; restore the shard");
    }
    if (!file.message().equals(message)
        || file.ids() != Ids.STORED
        || !file.schema().names().equals(stored.schema().names())) {
      throw new DataException(
          "schema_differs",
          file.input().name()
              + ": shard must hold the fields of its version; found: others; restore the shard");
    }
  }

  private Keys keys(
      ParquetFile file, GroupBatches.Piece piece, int shard, LeafValues ids, LeafValues splits) {
    Keys.Builder keys = new Keys.Builder();
    long origin = (long) source << 32 | shard;
    long[] id = new long[2];
    try {
      for (int i = 0; i < piece.rows(); i++) {
        ids.halves(i, id);
        long code = splits.longAt(i);
        if (code < 0 || code > Split.TEST.code()) {
          throw new IOException("split must be known");
        }
        keys.append(id[0], id[1], origin, piece.first() + i, 0, (byte) code);
      }
    } catch (IOException e) {
      throw ParquetFile.damaged(file.input(), e);
    }
    return keys.build();
  }
}
