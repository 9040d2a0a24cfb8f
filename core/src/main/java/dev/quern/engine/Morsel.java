package dev.quern.engine;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A bounded piece of the input: the unit of scheduling, of resume and of output shards. Cut from
 * the data alone, never from threads or memory.
 *
 * @param ordinal number of the morsel in the read, from 0 without gaps; morsels in this order are
 *     the input in rank order
 * @param source number of the source, part of the rank
 * @param firstFile number within the source of the first file it touches
 * @param lastFile number within the source of the last file it touches
 * @param from first byte in the decoded stream of the first file (row for Parquet)
 * @param to one behind the last byte in the decoded stream of the last file; {@link Long#MAX_VALUE}
 *     for its end
 * @param most how many samples to read at most
 * @param payload the decoded bytes where cutting had to read them anyway, else null; fewer than
 *     {@code to - from} are the beginning of one record that is too long to be held. Never stored.
 *     A reading must give the same samples with and without.
 */
public record Morsel(
    int ordinal,
    int source,
    int firstFile,
    int lastFile,
    long from,
    long to,
    long most,
    byte @Nullable [] payload)
    implements Serializable {

  /** Makes a morsel that is read whole. */
  public Morsel(
      int ordinal,
      int source,
      int firstFile,
      int lastFile,
      long from,
      long to,
      byte @Nullable [] payload) {
    this(ordinal, source, firstFile, lastFile, from, to, Long.MAX_VALUE, payload);
  }

  /** Returns this morsel of which no more than {@code samples} are read. */
  public Morsel atMost(long samples) {
    return new Morsel(ordinal, source, firstFile, lastFile, from, to, samples, payload);
  }

  /** Returns this morsel without its payload. */
  public Morsel bare() {
    return payload == null
        ? this
        : new Morsel(ordinal, source, firstFile, lastFile, from, to, most, null);
  }
}
