package dev.quern.engine;

import dev.quern.data.Schema;
import java.util.List;

/**
 * Samples that lie in files: a finished point of a run or a version of a dataset.
 *
 * @param key the key of the samples, see {@link Samples#key}
 * @param schema their fields
 * @param format how the shards are written
 * @param shards the files, in rank order
 */
public record Stored(String key, Schema schema, Format format, List<Shard> shards) {
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
