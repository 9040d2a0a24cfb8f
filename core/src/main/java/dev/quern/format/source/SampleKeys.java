package dev.quern.format.source;

import dev.quern.data.Hash128;
import dev.quern.data.Keys;
import dev.quern.data.SampleId;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;
import java.nio.charset.StandardCharsets;

/**
 * Ids and ranks of samples of one file after the other, equal to {@link SampleId#of} without its
 * allocations. Not safe for several threads.
 */
public final class SampleKeys {
  private final Source source;
  private final Hash128 hash = new Hash128();
  private final byte[] sourceName;
  private byte[] fileName = {};
  private long origin;

  /** Makes keys of samples of {@code source}. */
  public SampleKeys(Source source) {
    this.source = source;
    this.sourceName = source.name().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the number of the source, for places. */
  public int source() {
    return source.number();
  }

  /** Begins file {@code number} of the source. */
  public void begin(InputFile file, int number) {
    fileName = file.name().getBytes(StandardCharsets.UTF_8);
    origin = ((long) source.number() << 32) | number;
  }

  /** Appends the keys of the sample at {@code position}. */
  public void append(long position, Keys.Builder keys) {
    hash.reset().putLong(sourceName.length).putBytes(sourceName, 0, sourceName.length);
    hash.putLong(fileName.length).putBytes(fileName, 0, fileName.length);
    hash.putLong(position).putLong(0).finish();
    keys.append(hash.high(), hash.low(), origin, position, 0, source.split().code());
  }
}
