package dev.quern.engine;

import dev.quern.data.Schema;
import java.io.Serializable;
import java.util.List;

/**
 * Samples that lie in files: a finished point of a run or a version of a dataset.
 *
 * @param key the key of the samples, see {@link Samples#key}
 * @param schema their fields
 * @param format how the shards are written
 * @param shards the files, in rank order
 * @param source number of the source that reads them back, the upper part of their rank; points of
 *     a run keep the ranks they have
 */
public record Stored(String key, Schema schema, Format format, List<Shard> shards, int source)
    implements Serializable {

  /** Makes samples that are read back by the first source, or with the ranks they have. */
  public Stored(String key, Schema schema, Format format, List<Shard> shards) {
    this(key, schema, format, shards, 0);
  }

  /** How shards are written. */
  public enum Format {
    /** The engine's own blocks of columns: fast, for points within a run. */
    BLOCKS,
    /** Parquet with ids and splits: for versions. Ranks are made anew from shard and row. */
    PARQUET
  }

  /** Returns the number of samples. */
  public long samples() {
    return shards.stream().mapToLong(Shard::samples).sum();
  }

  /** Returns the size of all files in bytes. */
  public long bytes() {
    return shards.stream().mapToLong(Shard::bytes).sum();
  }
}
