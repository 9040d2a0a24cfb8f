package dev.quern.format.source;

import dev.quern.data.Hash128;
import dev.quern.data.Keys;
import dev.quern.data.SampleId;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;

/**
 * Ids and ranks of samples of one file after the other, equal to {@link SampleId#of} without its
 * allocations, names hashed once a file. Not safe for several threads.
 */
public final class SampleKeys {
  private final Source source;
  private final Hash128 hash = new Hash128();
  private final byte split;
  private long origin;

  /** Makes keys of samples of {@code source}. */
  public SampleKeys(Source source) {
    this.source = source;
    this.split = source.split().code();
  }

  /** Returns the number of the source, for places. */
  public int source() {
    return source.number();
  }

  /** Begins file {@code number} of the source. */
  public void begin(InputFile file, int number) {
    hash.reset().putText(source.name()).putText(file.name()).begin();
    origin = ((long) source.number() << 32) | number;
  }

  /** Appends the keys of the sample at {@code position}. */
  public void append(long position, Keys.Builder keys) {
    hash.then(position, 0);
    keys.append(hash.high(), hash.low(), origin, position, 0, split);
  }
}
