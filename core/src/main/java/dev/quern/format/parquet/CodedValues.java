package dev.quern.format.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/** The values of a page of codes: each is looked up in the dictionary of the column. */
final class CodedValues extends ValuesReader {
  private final Dictionary dictionary;
  private final HybridReader codes;

  CodedValues(Dictionary dictionary, ByteBuffer page) throws IOException {
    this.dictionary = dictionary;
    // Where all values are missing there is not even the width.
    int width = page.hasRemaining() ? page.get() & 0xff : 0;
    this.codes = new HybridReader(page, width, dictionary.getMaxId());
  }

  @Override
  public int readValueDictionaryId() {
    try {
      return codes.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code count} codes, each in the dictionary, into {@code into}, from {@code from} on. */
  void codes(int[] into, int from, int count) throws IOException {
    if (count > 0 && dictionary.getMaxId() < 0) {
      throw new IOException("a code must be in the dictionary");
    }
    codes.read(into, from, count);
  }

  @Override
  public Binary readBytes() {
    return dictionary.decodeToBinary(readValueDictionaryId());
  }

  @Override
  public int readInteger() {
    return dictionary.decodeToInt(readValueDictionaryId());
  }

  @Override
  public long readLong() {
    return dictionary.decodeToLong(readValueDictionaryId());
  }

  @Override
  public float readFloat() {
    return dictionary.decodeToFloat(readValueDictionaryId());
  }

  @Override
  public double readDouble() {
    return dictionary.decodeToDouble(readValueDictionaryId());
  }

  @Override
  public boolean readBoolean() {
    return dictionary.decodeToBoolean(readValueDictionaryId());
  }

  @Override
  public void skip() {
    readValueDictionaryId();
  }
}
