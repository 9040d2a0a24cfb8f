package dev.quern.format.parquet;

import dev.quern.data.Codes;
import dev.quern.data.Column;
import dev.quern.data.Nulls;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** The values of a dictionary of numbers, decoded once, and the codes read last. */
final class CodedNumbers {
  private final LeafValues decoded;
  private final Column entries;
  private int[] codes = {};

  private CodedNumbers(LeafValues decoded, Column entries) {
    this.decoded = decoded;
    this.entries = entries;
  }

  /** Returns the values of {@code dictionary}, or null where one of them does not fit. */
  static @Nullable CodedNumbers of(LeafValues empty, Dictionary dictionary) throws IOException {
    int size = dictionary.getMaxId() + 1;
    empty.page(new Entries(dictionary), LeafValues.Source.VALUES);
    empty.read(size);
    return empty.wrong().isEmpty() ? new CodedNumbers(empty, empty.column(size, Nulls.NONE)) : null;
  }

  /** Returns the values of the entries. */
  LeafValues decoded() {
    return decoded;
  }

  /** Returns the codes read last. */
  int[] codes() {
    return codes;
  }

  /** Reads {@code count} codes behind {@code size} others and returns all. */
  int[] read(CodedValues page, int size, int count) throws IOException {
    if (codes.length < size + count) {
      codes = Arrays.copyOf(codes, LeafValues.more(size, size + count));
    }
    page.codes(codes, size, count);
    return codes;
  }

  /** Returns the codes of {@code slots} rows, see {@link LeafValues#column}. */
  Codes codes(int slots, Nulls nulls) {
    return new Codes(entries, spread(codes, slots, nulls));
  }

  /** Returns the codes of {@code slots} rows, -1 where there is none. */
  static int[] spread(int[] codes, int slots, Nulls nulls) {
    int[] out = Spread.over(codes, new int[slots], slots, nulls);
    for (int row = nulls.next(0); row >= 0; row = nulls.next(row + 1)) {
      out[row] = -1;
    }
    return out;
  }

  /** Reads the entries of a dictionary in turn. */
  private static final class Entries extends ValuesReader {
    private final Dictionary dictionary;
    private int next;

    Entries(Dictionary dictionary) {
      this.dictionary = dictionary;
    }

    @Override
    public Binary readBytes() {
      return dictionary.decodeToBinary(next++);
    }

    @Override
    public int readInteger() {
      return dictionary.decodeToInt(next++);
    }

    @Override
    public long readLong() {
      return dictionary.decodeToLong(next++);
    }

    @Override
    public float readFloat() {
      return dictionary.decodeToFloat(next++);
    }

    @Override
    public double readDouble() {
      return dictionary.decodeToDouble(next++);
    }

    @Override
    public void skip() {
      next++;
    }
  }
}
