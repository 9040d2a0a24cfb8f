package dev.quern.format.parquet;

import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Hash128;
import dev.quern.data.Keys;
import dev.quern.data.Nulls;
import dev.quern.data.TextColumn;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.io.api.Binary;

/** A flat column of texts, of bytes, or of ids of 16 bytes. */
final class TextChunk extends FlatChunk {
  private static final VarHandle BIG_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Bytes of a dictionary at most. */
  private static final long DICTIONARY_BYTES = 1 << 20;

  /** Texts longer than this are no words of a dictionary. */
  private static final int WORD_BYTES = 4096;

  private final TextCodes dictionary = new TextCodes();
  private long seen;
  private byte[] lowest = {};
  private byte[] highest = {};
  private long lowestStart;
  private long highestStart;
  private boolean any;

  TextChunk(ColumnDescriptor column, PageWriter pages, boolean dictionary) {
    super(column, pages, dictionary);
  }

  @Override
  void write(Column values, int[] selected, int from, int to) throws IOException {
    if (values instanceof DictionaryColumn words) {
      words(words, selected, from, to);
      return;
    }
    TextColumn texts = (TextColumn) values;
    Nulls nulls = texts.nulls();
    byte[] bytes = texts.bytes();
    for (int i = from; i < to; i++) {
      int row = selected[i];
      if (nulls.at(row)) {
        absent();
        raw++;
      } else {
        present();
        int start = texts.start(row);
        int end = texts.end(row);
        size(end - start);
        measure(bytes, start, end);
        put(bytes, start, end);
      }
      endRow();
    }
  }

  /** Writes words, each of which is looked up once. */
  private void words(DictionaryColumn column, int[] selected, int from, int to) throws IOException {
    TextColumn texts = column.dictionary();
    byte[] bytes = texts.bytes();
    int[] known = new int[texts.size()];
    Arrays.fill(known, -1);
    for (int i = from; i < to; i++) {
      int word = column.code(selected[i]);
      if (word < 0) {
        absent();
        raw++;
      } else {
        present();
        int start = texts.start(word);
        int end = texts.end(word);
        size(end - start);
        if (known[word] < 0) {
          measure(bytes, start, end);
        }
        if (hasDictionary() && known[word] >= 0) {
          code(known[word]);
          seen++;
          judge();
        } else {
          put(bytes, start, end);
        }
        known[word] = hasDictionary() ? codes[coded - 1] : 0;
      }
      if (endRow()) {
        // The next page has extrema of its own.
        Arrays.fill(known, -1);
      }
    }
  }

  private void size(int length) {
    raw += 4L + length;
    unencoded += length;
  }

  private void put(byte[] bytes, int start, int end) {
    if (hasDictionary()) {
      if (end - start > WORD_BYTES) {
        leave();
      } else {
        code(dictionary.code(bytes, start, end));
        seen++;
        judge();
        return;
      }
    }
    room(4 + end - start);
    INTS.set(plain, used, end - start);
    System.arraycopy(bytes, start, plain, used + 4, end - start);
    used += 4 + end - start;
  }

  private void judge() {
    if (seen == TRIAL && dictionary.size() > TRIAL_DISTINCT || dictionary.used > DICTIONARY_BYTES) {
      leave();
    }
  }

  private boolean endRow() throws IOException {
    if (rows >= ChunkWriter.PAGE_ROWS || raw >= ChunkWriter.PAGE_BYTES) {
      endPage();
      return true;
    }
    return false;
  }

  /** Writes ids. */
  void ids(Keys keys, int[] selected, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      int row = selected[i];
      room(16);
      BIG_LONGS.set(plain, used, keys.idHigh(row));
      BIG_LONGS.set(plain, used + 8, keys.idLow(row));
      measure(plain, used, used + 16);
      used += 16;
      raw += 16;
      present();
      endRow();
    }
  }

  /** Keeps the least and the greatest value in the order of unsigned bytes, copied. */
  private void measure(byte[] bytes, int start, int end) {
    long first = prefix(bytes, start, end);
    if (!any) {
      any = true;
      lowest = Arrays.copyOfRange(bytes, start, end);
      highest = lowest;
      lowestStart = first;
      highestStart = first;
      return;
    }
    if (first <= lowestStart
        && (first < lowestStart
            || Arrays.compareUnsigned(bytes, start, end, lowest, 0, lowest.length) < 0)) {
      lowest = Arrays.copyOfRange(bytes, start, end);
      lowestStart = first;
    }
    if (first >= highestStart
        && (first > highestStart
            || Arrays.compareUnsigned(bytes, start, end, highest, 0, highest.length) > 0)) {
      highest = Arrays.copyOfRange(bytes, start, end);
      highestStart = first;
    }
  }

  /**
   * Returns the first eight bytes as a number that orders as they do; zeros where there are less.
   */
  private static long prefix(byte[] bytes, int start, int end) {
    long value = 0;
    if (start + 8 <= end) {
      value = (long) BIG_LONGS.get(bytes, start);
    } else {
      for (int i = 0; i < 8; i++) {
        value = value << 8 | (start + i < end ? bytes[start + i] & 0xff : 0);
      }
    }
    return value ^ Long.MIN_VALUE;
  }

  @Override
  void extrema() {
    if (any) {
      statistics.updateStats(Binary.fromConstantByteArray(lowest));
      statistics.updateStats(Binary.fromConstantByteArray(highest));
    }
    any = false;
  }

  @Override
  int distinct() {
    return dictionary.size();
  }

  @Override
  long dictionarySize() {
    return dictionary.used;
  }

  @Override
  BytesInput dictionaryBytes() {
    return BytesInput.from(dictionary.bytes, 0, dictionary.used);
  }

  @Override
  void decode() {
    for (int i = 0; i < coded; i++) {
      int start = dictionary.starts[codes[i]];
      int length = 4 + (int) INTS.get(dictionary.bytes, start);
      room(length);
      System.arraycopy(dictionary.bytes, start, plain, used, length);
      used += length;
    }
  }

  /** Numbers texts in the order in which they come; each stands behind its length. */
  private static final class TextCodes {
    private final Hash128 hash = new Hash128();
    private byte[] bytes = new byte[1024];
    private int used;
    private int[] starts = new int[64];
    private int[] hashes = new int[64];
    private int[] table = filled(256);
    private int size;

    int size() {
      return size;
    }

    int code(byte[] text, int start, int end) {
      int hashed = (int) hash.hash(text, start, end, 0).low();
      int mask = table.length - 1;
      int slot = hashed & mask;
      while (table[slot] >= 0) {
        int code = table[slot];
        int at = starts[code] + 4;
        if (hashes[code] == hashed
            && Arrays.equals(bytes, at, at + (int) INTS.get(bytes, at - 4), text, start, end)) {
          return code;
        }
        slot = slot + 1 & mask;
      }
      add(text, start, end, hashed);
      table[slot] = size - 1;
      if (4 * size > table.length) {
        grow();
      }
      return size - 1;
    }

    private void add(byte[] text, int start, int end, int hashed) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
      }
      int length = end - start;
      if (used + 4 + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + 4 + length));
      }
      INTS.set(bytes, used, length);
      System.arraycopy(text, start, bytes, used + 4, length);
      starts[size] = used;
      hashes[size++] = hashed;
      used += 4 + length;
    }

    private void grow() {
      table = filled(4 * table.length);
      int mask = table.length - 1;
      for (int i = 0; i < size; i++) {
        int slot = hashes[i] & mask;
        while (table[slot] >= 0) {
          slot = slot + 1 & mask;
        }
        table[slot] = i;
      }
    }

    private static int[] filled(int length) {
      int[] table = new int[length];
      Arrays.fill(table, -1);
      return table;
    }
  }
}
