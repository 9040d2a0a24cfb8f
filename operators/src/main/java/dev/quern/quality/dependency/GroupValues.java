package dev.quern.quality.dependency;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.Scalars;
import dev.quern.statistics.TextCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How often each value of one field occurs with each combined value of others, exactly. Groups are
 * told apart by 128-bit hashes; memory grows with the number of distinct pairs.
 */
public final class GroupValues implements Accumulator<GroupValues> {
  private static final int VERSION = 1;
  private static final int HASH_BYTES = 16;

  private final int[] given;
  private final int field;
  private final TextCounts counts;
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();
  private final Slice slice = new Slice();
  private byte[] entry = new byte[64];

  /** Makes counts of the field at {@code field} by the fields at {@code given}. */
  public GroupValues(int[] given, int field) {
    this(given, field, new TextCounts());
  }

  private GroupValues(int[] given, int field, TextCounts counts) {
    this.given = given.clone();
    this.field = field;
    this.counts = counts;
  }

  /** Returns the counts that were written. */
  public static GroupValues read(DataInput in, int[] given, int field) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("group values: version must be 1; found: " + version);
    }
    return new GroupValues(given, field, TextCounts.read(in));
  }

  /** Receives the values of groups, group by group. */
  public interface Receiver {
    /** Takes a value of the group whose key hashes to {@code high} and {@code low}. */
    void receive(long high, long low, Object value, long count);
  }

  /**
   * Hashes the key of {@code row} into {@code into}.
   *
   * @return whether all parts of the key are there
   */
  public static boolean key(int[] given, Batch batch, int row, CanonicalForm form, Hash128 into) {
    form.reset();
    for (int position : given) {
      Column column = batch.column(position);
      boolean missing =
          Scalars.supports(column.type()) ? Scalars.isMissing(column, row) : column.isNull(row);
      if (missing) {
        return false;
      }
      form.put(column, row);
    }
    into.hash(form.bytes(), 0, form.length(), 0);
    return true;
  }

  @Override
  public void add(Batch batch) {
    Column column = batch.column(field);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!isMissing(column, row) && key(given, batch, row, form, hash)) {
        int length = HASH_BYTES + put(column, row);
        ByteBuffer.wrap(entry).putLong(hash.high()).putLong(hash.low());
        counts.add(entry, 0, length, 1);
      }
    }
  }

  /** Returns whether {@code row} of {@code column} holds no value. */
  public static boolean isMissing(Column column, int row) {
    return column.type().equals(Type.TEXT) ? column.isNull(row) : Scalars.isMissing(column, row);
  }

  private int put(Column column, int row) {
    if (column.type().equals(Type.TEXT)) {
      column.sliceAt(row, slice);
      if (entry.length < HASH_BYTES + slice.length()) {
        entry = Arrays.copyOf(entry, HASH_BYTES + 2 * slice.length());
      }
      System.arraycopy(slice.bytes, slice.start, entry, HASH_BYTES, slice.length());
      return slice.length();
    }
    ByteBuffer.wrap(entry).putLong(HASH_BYTES, Scalars.at(column, row));
    return Long.BYTES;
  }

  @Override
  public void merge(GroupValues other) {
    counts.merge(other.counts);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    counts.write(out);
  }

  /** Hands out all values of type {@code type}, group by group, values in the order of bytes. */
  public void forEach(Type type, Receiver receiver) {
    counts.forEach(
        (bytes, start, end, count) -> {
          ByteBuffer key = ByteBuffer.wrap(bytes, start, end - start);
          long high = key.getLong();
          long low = key.getLong();
          Object value =
              type.equals(Type.TEXT)
                  ? new String(
                      bytes, start + HASH_BYTES, end - start - HASH_BYTES, StandardCharsets.UTF_8)
                  : Scalars.plain(type, key.getLong());
          receiver.receive(high, low, value, count);
        });
  }
}
