package dev.quern.format.parquet;

import dev.quern.data.Batch;
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
import java.util.Optional;
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

  /** For bytes: near-unique, so a dictionary only costs. */
  private static final ParquetProperties PLAIN = properties().withDictionaryEncoding(false).build();

  private final Schema schema;
  private final MessageType message;
  private final Map<String, String> metadata;
  private final List<TopField> fields = new ArrayList<>();
  private final Codecs codecs = new Codecs();
  private final ParquetFileWriter file;
  private final boolean withIds;
  private @Nullable ColumnChunkPageWriteStore pages;
  private @Nullable TextChunk idChunk;
  private @Nullable FixedChunk splitChunk;
  private int groups;
  private long groupRows;
  private long groupBytes;
  private boolean failed;
  private boolean closed;

  ParquetOutput(
      Path path,
      Schema schema,
      Ids ids,
      MessageType message,
      Map<String, String> metadata,
      Optional<FileEncryptionProperties> encryption)
      throws IOException {
    this.schema = schema;
    this.message = message;
    this.metadata = metadata;
    this.withIds = ids == Ids.STORED;
    try {
      List<Shape> shapes = Shapes.of(message);
      for (Shape shape : shapes.subList(withIds ? 2 : 0, shapes.size())) {
        fields.add(TopField.of(shape));
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
            encryption.orElse(null),
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
    int[] rows = new int[batch.count()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = batch.row(i);
    }
    long[] ends = ends(batch, rows);
    int from = 0;
    while (from < rows.length) {
      long before = from == 0 ? 0 : ends[from - 1];
      // The first row at which the group is full ends it.
      long room = GROUP_BYTES - groupBytes;
      int to = Arrays.binarySearch(ends, from, ends.length, before + room);
      to = Math.min(rows.length, (to < 0 ? -to - 1 : to) + 1);
      write(batch, rows, from, to);
      groupRows += to - from;
      groupBytes += ends[to - 1] - before;
      if (groupBytes >= GROUP_BYTES) {
        endGroup();
      }
      from = to;
    }
    failed = false;
  }

  /** Returns the raw bytes of the rows up to and with each one. */
  private long[] ends(Batch batch, int[] rows) {
    long[] ends = new long[rows.length];
    Arrays.fill(ends, withIds ? KEY_BYTES : 1);
    for (int f = 0; f < fields.size(); f++) {
      fields.get(f).addSizes(batch.column(f), rows, ends);
    }
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    return ends;
  }

  private void write(Batch batch, int[] rows, int from, int to) throws IOException {
    if (pages == null) {
      startGroup();
    }
    if (idChunk != null && splitChunk != null) {
      idChunk.ids(batch.keys(), rows, from, to);
      splitChunk.splits(batch.keys(), rows, from, to);
    }
    for (int f = 0; f < fields.size(); f++) {
      fields.get(f).write(batch.column(f), rows, from, to);
    }
  }

  private void startGroup() {
    ColumnChunkPageWriteStore store =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(CompressionCodecName.ZSTD),
            message,
            DICTIONARY.getAllocator(),
            DICTIONARY.getColumnIndexTruncateLength(),
            DICTIONARY.getPageWriteChecksumEnabled(),
            file.getEncryptor(),
            groups);
    pages = store;
    if (withIds) {
      var columns = message.getColumns();
      // Ids are unique, so a dictionary only costs.
      idChunk = new TextChunk(columns.get(0), store.getPageWriter(columns.get(0)), false);
      splitChunk = new FixedChunk(columns.get(1), store.getPageWriter(columns.get(1)));
    }
    for (TopField field : fields) {
      field.start(
          store,
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
    for (TopField field : fields) {
      field.finish();
    }
    try (ColumnChunkPageWriteStore store = pages) {
      store.flushToFileWriter(file);
    }
    file.endBlock();
    groups++;
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
