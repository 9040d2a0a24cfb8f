package dev.quern.format.parquet;

import dev.quern.data.Column;
import dev.quern.data.Nulls;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * One column of one row group that is neither in a list nor in a struct, written column by column:
 * plain, or by dictionary while values repeat. Pages end at bounds of rows and of raw bytes and the
 * dictionary is left by rules over the values, so the bytes do not depend on batches.
 */
abstract class FlatChunk {
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Values after which a dictionary is left if most of them are different. */
  static final int TRIAL = 1024;

  /** Distinct values among the first {@link #TRIAL} above which a dictionary does not pay. */
  static final int TRIAL_DISTINCT = 512;

  final ColumnDescriptor column;
  Statistics<?> statistics;

  /** Plain values of the page. */
  byte[] plain = {};

  int used;

  /** Codes of the page, while there is a dictionary. */
  int[] codes = {};

  int coded;

  /** Rows of the page, missing ones included. */
  int rows;

  /** Bytes of the page's values as if plain. */
  long raw;

  /** Bytes of texts in the page. */
  long unencoded;

  private final PageWriter pages;
  private final boolean optional;
  private boolean dictionary;
  private boolean codedPages;
  private boolean firstPage = true;

  /** Which rows of the page are missing, a bit each. */
  private long[] absent = new long[8];

  private int missing;

  FlatChunk(ColumnDescriptor column, PageWriter pages, boolean dictionary) {
    this.column = column;
    this.pages = pages;
    this.dictionary = dictionary;
    this.optional = column.getMaxDefinitionLevel() > 0;
    this.statistics = Statistics.createStats(column.getPrimitiveType());
  }

  /** Writes the values of {@code rows[from, to)} of {@code values}. */
  abstract void write(Column values, int[] selected, int from, int to) throws IOException;

  /** Returns how many values the dictionary has. */
  abstract int distinct();

  /** Returns the bytes of the dictionary as it is stored. */
  abstract BytesInput dictionaryBytes();

  /** Returns the size of {@link #dictionaryBytes}. */
  abstract long dictionarySize();

  /** Appends the page's codes as plain values. */
  abstract void decode();

  /** Gives the extrema of the page's values to the statistics. */
  abstract void extrema();

  final boolean hasDictionary() {
    return dictionary;
  }

  /** Counts a row that has a value. */
  final void present() {
    rows++;
  }

  /** Counts a row that has none. */
  final void absent() {
    if (rows >>> 6 >= absent.length) {
      absent = Arrays.copyOf(absent, Math.max(2 * absent.length, (rows >>> 6) + 1));
    }
    absent[rows >>> 6] |= 1L << rows;
    missing++;
    rows++;
  }

  /** Counts the rows of {@code selected[from, to)}. */
  final void count(Nulls nulls, int[] selected, int from, int to) {
    if (!nulls.any()) {
      rows += to - from;
      return;
    }
    for (int i = from; i < to; i++) {
      if (nulls.at(selected[i])) {
        absent();
      } else {
        present();
      }
    }
  }

  final void room(int more) {
    if (used + more > plain.length) {
      plain = Arrays.copyOf(plain, Math.max(Math.addExact(used, more), 2 * plain.length));
    }
  }

  final void code(int code) {
    if (coded == codes.length) {
      codes = Arrays.copyOf(codes, Math.max(TRIAL, 2 * coded));
    }
    codes[coded++] = code;
  }

  /** Leaves the dictionary for this and all later pages. */
  final void leave() {
    dictionary = false;
    decode();
    coded = 0;
  }

  final void endPage() throws IOException {
    BytesInput values = BytesInput.empty();
    if (dictionary) {
      values = encoded();
      if (firstPage && values.size() + dictionarySize() >= raw) {
        leave();
      }
    }
    firstPage = false;
    codedPages |= dictionary;
    if (!dictionary) {
      values = BytesInput.from(plain, 0, used);
    }
    extrema();
    statistics.incrementNumNulls(missing);
    pages.writePage(
        BytesInput.concat(levels(), values),
        rows,
        rows,
        statistics,
        new SizeStatistics(column.getPrimitiveType(), unencoded, List.of(), List.of()),
        null,
        Encoding.BIT_PACKED,
        optional ? Encoding.RLE : Encoding.BIT_PACKED,
        dictionary ? Encoding.PLAIN_DICTIONARY : Encoding.PLAIN);
    statistics = Statistics.createStats(column.getPrimitiveType());
    Arrays.fill(absent, 0);
    used = 0;
    coded = 0;
    rows = 0;
    raw = 0;
    unencoded = 0;
    missing = 0;
  }

  private BytesInput encoded() throws IOException {
    int width = BytesUtils.getWidthFromMaxInt(Math.max(0, distinct() - 1));
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            width, 1024, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < coded; i++) {
        encoder.writeInt(codes[i]);
      }
      byte[] bytes = encoder.toBytes().toByteArray();
      return BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), BytesInput.from(bytes));
    }
  }

  /**
   * Returns the definition levels, length before: one run where all rows are alike, else bits
   * (Parquet's hybrid of run length and bit packing, width 1).
   */
  private BytesInput levels() {
    if (!optional) {
      return BytesInput.empty();
    }
    if (missing == 0 || missing == rows) {
      byte[] run = new byte[4 + 5 + 1];
      int end = varint(run, 4, (long) rows << 1);
      run[end++] = (byte) (missing == 0 ? 1 : 0);
      INTS.set(run, 0, end - 4);
      return BytesInput.from(run, 0, end);
    }
    int groups = (rows + 7) >>> 3;
    byte[] bits = new byte[4 + 5 + groups];
    int end = varint(bits, 4, (long) groups << 1 | 1);
    for (int i = 0; i < groups; i++) {
      long word = i >>> 3 < absent.length ? absent[i >>> 3] : 0;
      bits[end++] = (byte) ~(word >>> ((i & 7) << 3));
    }
    INTS.set(bits, 0, end - 4);
    return BytesInput.from(bits, 0, end);
  }

  private static int varint(byte[] into, int at, long value) {
    int to = at;
    long rest = value;
    while (rest >= 0x80) {
      into[to++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[to++] = (byte) rest;
    return to;
  }

  /** Ends the column. */
  final void finish() throws IOException {
    if (rows > 0) {
      endPage();
    }
    if (codedPages) {
      pages.writeDictionaryPage(
          new DictionaryPage(dictionaryBytes(), distinct(), Encoding.PLAIN_DICTIONARY));
    }
  }
}
