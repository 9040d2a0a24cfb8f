package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Type;
import dev.quern.statistics.DistinctCount;
import dev.quern.statistics.SmallestHashes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a profile holds of the values of one field.
 *
 * <p>While there are few distinct values they are counted exactly and nothing else is kept; beyond
 * a limit, a property of the set of values alone, they are replayed into sums and sketches that
 * need bounded memory. So the state is a function of the values, whatever their order and parts.
 */
abstract sealed class Values permits NumberValues, TextValues, OpaqueValues {
  /** Hashes whose counts tell which share of the values occurs once. */
  static final int ONCE = 256;

  /** Stands for a missing value in the content of a sample. */
  static final long MISSING = 0x9ae16a3b2f90404fL;

  private static final long CONTENT = 0x9e3779b97f4a7c15L;

  DistinctCount distinct = new DistinctCount();
  SmallestHashes smallest = new SmallestHashes(ONCE);

  /** Returns values of {@code field} of which at most {@code exact} are counted one by one. */
  static Values of(Field field, int exact) {
    Type.Kind kind = field.type().kind();
    return switch (kind) {
      case LONG, TIMESTAMP, DATE, DOUBLE, FLOAT, BOOL -> new NumberValues(kind, exact);
      case DECIMAL -> new NumberValues(kind, 0);
      case TEXT -> new TextValues(exact);
      case BYTES, LIST, STRUCT -> new OpaqueValues();
    };
  }

  /** Returns the hash of a number: a bijection of its bits. */
  static long hash(long bits) {
    // So that zero does not stay zero.
    return Hash128.mix(bits) ^ MISSING;
  }

  /** Replaces each of {@code bits} by its {@link #hash}. */
  static void hashAll(long[] bits) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] = hash(bits[i]);
    }
  }

  /** Returns the hash of a sample's content with one more value. */
  static long content(long before, long hash) {
    return before * CONTENT + hash;
  }

  /**
   * Adds the selected values of {@code column} and mixes each into its sample's content.
   *
   * @param contents one per selected sample
   * @return how many are missing
   */
  abstract long add(Batch batch, Column column, long[] contents, Scratch scratch);

  /** Brings what was put off into the state. */
  void settle() {}

  /** Adds what {@code other}, of the same class, has seen. */
  abstract void merge(Values other);

  abstract void write(DataOutput out) throws IOException;

  static Values read(DataInput in, Field field, int exact) throws IOException {
    Type.Kind kind = field.type().kind();
    return switch (kind) {
      case LONG, TIMESTAMP, DATE, DOUBLE, FLOAT, BOOL -> NumberValues.read(in, kind, exact);
      case DECIMAL -> NumberValues.read(in, kind, 0);
      case TEXT -> TextValues.read(in, exact);
      case BYTES, LIST, STRUCT -> OpaqueValues.read(in);
    };
  }

  final void add(long hash, long times) {
    distinct.add(hash);
    smallest.add(hash, times);
  }

  final void mergeDistinct(Values other) {
    distinct.merge(other.distinct);
    smallest.merge(other.smallest);
  }

  final void writeDistinct(DataOutput out) throws IOException {
    distinct.write(out);
    smallest.write(out);
  }

  final void readDistinct(DataInput in) throws IOException {
    distinct = DistinctCount.read(in);
    smallest = SmallestHashes.read(in);
  }

  /** Returns the bits by which a number of {@code kind} is known. */
  static long bits(Column column, int row, Type.Kind kind) {
    return switch (kind) {
      case LONG, TIMESTAMP, DATE -> column.longAt(row);
      case DOUBLE, FLOAT -> Double.doubleToLongBits(column.doubleAt(row) + 0.0);
      default -> column.boolAt(row) ? 1 : 0;
    };
  }

  /** Returns the number that {@link #bits} stands for. */
  static double number(long bits, Type.Kind kind) {
    return kind == Type.Kind.DOUBLE || kind == Type.Kind.FLOAT
        ? Double.longBitsToDouble(bits)
        : bits;
  }
}
