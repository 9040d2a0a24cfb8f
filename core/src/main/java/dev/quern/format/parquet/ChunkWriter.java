package dev.quern.format.parquet;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.io.api.Binary;

/**
 * One column of one row group. Pages end after a row, at bounds of rows and of raw bytes, so that
 * they depend on the values alone and not on the batches they come in.
 */
final class ChunkWriter {
  /** Rows of a page at most: parquet's own default, so that readers can skip. */
  static final int PAGE_ROWS = 20_000;

  /** Raw bytes of a page, exceeded by at most one row. */
  static final long PAGE_BYTES = 1L << 20;

  private final ColumnDescriptor column;
  private final PageWriter pages;
  private final ValuesWriter repetitions;
  private final ValuesWriter definitions;
  private final ValuesWriter values;
  private final int full;
  private Statistics<?> statistics;
  private SizeStatistics.Builder sizes;
  private int entries;
  private int rows;
  private long raw;

  ChunkWriter(ColumnDescriptor column, ParquetProperties properties, PageWriter pages) {
    this.column = column;
    this.pages = pages;
    this.full = column.getMaxDefinitionLevel();
    this.repetitions = properties.newRepetitionLevelWriter(column);
    this.definitions = properties.newDefinitionLevelWriter(column);
    this.values = properties.newValuesWriter(column);
    this.statistics = Statistics.createStats(column.getPrimitiveType());
    this.sizes = newSizes();
  }

  private SizeStatistics.Builder newSizes() {
    return SizeStatistics.newBuilder(
        column.getPrimitiveType(), column.getMaxRepetitionLevel(), full);
  }

  /** Writes that there is no value, as far as {@code definition} tells. */
  void missing(int repetition, int definition) {
    repetitions.writeInteger(repetition);
    definitions.writeInteger(definition);
    statistics.incrementNumNulls();
    sizes.add(repetition, definition);
    entries++;
    raw++;
  }

  private void present(int repetition, long bytes) {
    repetitions.writeInteger(repetition);
    definitions.writeInteger(full);
    entries++;
    raw += bytes;
  }

  void putInt(int repetition, int value) {
    present(repetition, 4);
    sizes.add(repetition, full);
    values.writeInteger(value);
    statistics.updateStats(value);
  }

  void putLong(int repetition, long value) {
    present(repetition, 8);
    sizes.add(repetition, full);
    values.writeLong(value);
    statistics.updateStats(value);
  }

  void putDouble(int repetition, double value) {
    present(repetition, 8);
    sizes.add(repetition, full);
    values.writeDouble(value);
    statistics.updateStats(value);
  }

  void putFloat(int repetition, float value) {
    present(repetition, 4);
    sizes.add(repetition, full);
    values.writeFloat(value);
    statistics.updateStats(value);
  }

  void putBool(int repetition, boolean value) {
    present(repetition, 1);
    sizes.add(repetition, full);
    values.writeBoolean(value);
    statistics.updateStats(value);
  }

  /** Writes bytes, which are copied before this returns. */
  void putBytes(int repetition, byte[] bytes, int start, int length) {
    present(repetition, 4L + length);
    Binary value = Binary.fromReusedByteArray(bytes, start, length);
    sizes.add(repetition, full, value);
    values.writeBytes(value);
    statistics.updateStats(value);
  }

  /** Ends a row and, where it is full, the page. */
  void endRow() throws IOException {
    rows++;
    if (rows >= PAGE_ROWS || raw >= PAGE_BYTES) {
      endPage();
    }
  }

  private void endPage() throws IOException {
    BytesInput page =
        BytesInput.concat(repetitions.getBytes(), definitions.getBytes(), values.getBytes());
    pages.writePage(
        page,
        entries,
        rows,
        statistics,
        sizes.build(),
        null,
        repetitions.getEncoding(),
        definitions.getEncoding(),
        values.getEncoding());
    repetitions.reset();
    definitions.reset();
    values.reset();
    statistics = Statistics.createStats(column.getPrimitiveType());
    sizes = newSizes();
    entries = 0;
    rows = 0;
    raw = 0;
  }

  /** Ends the column. */
  void finish() throws IOException {
    if (entries > 0) {
      endPage();
    }
    DictionaryPage dictionary = values.toDictPageAndClose();
    if (dictionary != null) {
      pages.writeDictionaryPage(dictionary);
      values.resetDictionary();
    }
    close();
  }

  /** Frees the buffers. */
  void close() {
    repetitions.close();
    definitions.close();
    values.close();
  }
}
