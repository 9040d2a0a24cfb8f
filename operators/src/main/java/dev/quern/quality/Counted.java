package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.HashCounts;
import dev.quern.statistics.TextCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.BiConsumer;

/** The counts that the kinds of consistency are made of; each kind fills those it needs. */
public final class Counted implements Accumulator<Counted> {
  private static final int VERSION = 1;

  private final BiConsumer<Batch, Counted> adding;

  /** Pairs (x, y), or the values of a field. */
  final HashCounts pairs;

  /** Pairs (x, source), or the values that references must be among. */
  final HashCounts sources;

  /** Pairs ((x, y), source). */
  final HashCounts sourcedPairs;

  final TextCounts masks;
  long applicable;
  long satisfied;

  Counted(BiConsumer<Batch, Counted> adding) {
    this(adding, new HashCounts(), new HashCounts(), new HashCounts(), new TextCounts());
  }

  private Counted(
      BiConsumer<Batch, Counted> adding,
      HashCounts pairs,
      HashCounts sources,
      HashCounts sourcedPairs,
      TextCounts masks) {
    this.adding = adding;
    this.pairs = pairs;
    this.sources = sources;
    this.sourcedPairs = sourcedPairs;
    this.masks = masks;
  }

  static Counted read(DataInput in, BiConsumer<Batch, Counted> adding) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("consistency: version of the state must be 1; found: " + version);
    }
    long applicable = in.readLong();
    long satisfied = in.readLong();
    Counted counted =
        new Counted(
            adding,
            HashCounts.read(in),
            HashCounts.read(in),
            HashCounts.read(in),
            TextCounts.read(in));
    counted.applicable = applicable;
    counted.satisfied = satisfied;
    return counted;
  }

  @Override
  public void add(Batch batch) {
    adding.accept(batch, this);
  }

  @Override
  public void merge(Counted other) {
    applicable += other.applicable;
    satisfied += other.satisfied;
    pairs.merge(other.pairs);
    sources.merge(other.sources);
    sourcedPairs.merge(other.sourcedPairs);
    masks.merge(other.masks);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(applicable);
    out.writeLong(satisfied);
    pairs.write(out);
    sources.write(out);
    sourcedPairs.write(out);
    masks.write(out);
  }
}
