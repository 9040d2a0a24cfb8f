package dev.quern.format.parquet;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.factory.DefaultValuesWriterFactory;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A Parquet file being written. */
final class ParquetOutput implements Writing.Output {
  /** Raw bytes of a row group, exceeded by at most one row. */
  private static final long GROUP_BYTES = 32L << 20;

  /** Bytes that id and split take in a row. */
  private static final long KEY_BYTES = 20;

  private static final ParquetProperties DICTIONARY = properties().build();

  /** For ids and bytes: near-unique, so a dictionary only costs. */
  private static final ParquetProperties PLAIN = properties().withDictionaryEncoding(false).build();

  private final Schema schema;
  private final MessageType message;
  private final Map<String, String> metadata;
  private final List<FieldWriter> fields = new ArrayList<>();
  private final Codecs codecs = new Codecs();
  private final ParquetFileWriter file;
  private final boolean withIds;
  private final byte[] id = new byte[16];
  private @Nullable ColumnChunkPageWriteStore pages;
  private @Nullable ChunkWriter idChunk;
  private @Nullable ChunkWriter splitChunk;
  private long groupRows;
  private long groupBytes;
  private boolean failed;
  private boolean closed;

  ParquetOutput(
      Path path, Schema schema, Ids ids, MessageType message, Map<String, String> metadata)
      throws IOException {
    this.schema = schema;
    this.message = message;
    this.metadata = metadata;
    this.withIds = ids == Ids.STORED;
    try {
      List<Shape> shapes = Shapes.of(message);
      for (Shape shape : shapes.subList(withIds ? 2 : 0, shapes.size())) {
        fields.add(FieldWriter.of(shape));
      }
    } catch (Shapes.Unsupported e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    this.file =
        new ParquetFileWriter(
            new ForcedFile(path),
            message,
            ParquetFileWriter.Mode.CREATE,
            GROUP_BYTES,
            0,
            (FileEncryptionProperties) null,
            DICTIONARY);
    file.start();
  }

  /** The factory holds the properties it was built into last: one for each. */
  private static ParquetProperties.Builder properties() {
    return ParquetProperties.builder()
        .withAllocator(HeapByteBufferAllocator.getInstance())
        .withValuesWriterFactory(new DefaultValuesWriterFactory())
        .withPageSize(1 << 20)
        .withDictionaryPageSize(1 << 20);
  }

  @Override
  public void write(Batch batch) throws IOException {
    failed = true;
    if (!batch.schema().equals(schema)) {
      throw new IllegalArgumentException(
          "batch must have the fields of the file; found: " + batch.schema());
    }
    long[] ends = ends(batch);
    int from = 0;
    while (from < batch.count()) {
      long before = from == 0 ? 0 : ends[from - 1];
      // The first row at which the group is full ends it.
      long room = GROUP_BYTES - groupBytes;
      int to = Arrays.binarySearch(ends, from, ends.length, before + room);
      to = Math.min(batch.count(), (to < 0 ? -to - 1 : to) + 1);
      rows(batch, from, to);
      groupRows += to - from;
      groupBytes += ends[to - 1] - before;
      if (groupBytes >= GROUP_BYTES) {
        endGroup();
      }
      from = to;
    }
    failed = false;
  }

  /** Returns the raw bytes of the selected rows up to and with each one. */
  private long[] ends(Batch batch) {
    long[] ends = new long[batch.count()];
    Arrays.fill(ends, withIds ? KEY_BYTES : 1);
    for (int f = 0; f < fields.size(); f++) {
      Column column = batch.column(f);
      FieldWriter field = fields.get(f);
      for (int i = 0; i < ends.length; i++) {
        ends[i] += field.bytes(column, batch.row(i));
      }
    }
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    return ends;
  }

  private void rows(Batch batch, int from, int to) throws IOException {
    if (pages == null) {
      startGroup();
    }
    if (idChunk != null && splitChunk != null) {
      keys(batch, from, to, idChunk, splitChunk);
    }
    for (int f = 0; f < fields.size(); f++) {
      Column column = batch.column(f);
      FieldWriter field = fields.get(f);
      for (int i = from; i < to; i++) {
        field.write(column, batch.row(i), 0);
        field.endRow();
      }
    }
  }

  private void keys(Batch batch, int from, int to, ChunkWriter ids, ChunkWriter splits)
      throws IOException {
    Keys keys = batch.keys();
    for (int i = from; i < to; i++) {
      int row = batch.row(i);
      long high = keys.idHigh(row);
      long low = keys.idLow(row);
      for (int b = 0; b < 8; b++) {
        id[b] = (byte) (high >>> (56 - 8 * b));
        id[8 + b] = (byte) (low >>> (56 - 8 * b));
      }
      ids.putBytes(0, id, 0, 16);
      ids.endRow();
      splits.putInt(0, keys.splitCode(row));
      splits.endRow();
    }
  }

  private void startGroup() {
    ColumnChunkPageWriteStore store =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(CompressionCodecName.ZSTD),
            message,
            DICTIONARY.getAllocator(),
            DICTIONARY.getColumnIndexTruncateLength(),
            DICTIONARY.getPageWriteChecksumEnabled());
    pages = store;
    if (withIds) {
      var columns = message.getColumns();
      idChunk = new ChunkWriter(columns.get(0), PLAIN, store.getPageWriter(columns.get(0)));
      splitChunk = new ChunkWriter(columns.get(1), DICTIONARY, store.getPageWriter(columns.get(1)));
    }
    for (FieldWriter field : fields) {
      field.start(
          leaf ->
              new ChunkWriter(
                  leaf.column(),
                  leaf.type().equals(Type.BYTES) ? PLAIN : DICTIONARY,
                  store.getPageWriter(leaf.column())));
    }
  }

  private void endGroup() throws IOException {
    if (pages == null) {
      return;
    }
    file.startBlock(groupRows);
    if (idChunk != null && splitChunk != null) {
      idChunk.finish();
      splitChunk.finish();
    }
    for (FieldWriter field : fields) {
      field.finish();
    }
    try (ColumnChunkPageWriteStore store = pages) {
      store.flushToFileWriter(file);
    }
    file.endBlock();
    codecs.release();
    pages = null;
    groupRows = 0;
    groupBytes = 0;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (file) {
      if (!failed) {
        endGroup();
        file.end(metadata);
      }
    } finally {
      if (pages != null) {
        pages.close();
      }
      codecs.release();
    }
  }
}
