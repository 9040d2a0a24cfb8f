package dev.quern.format.parquet;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.format.json.SchemaJson;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.source.FoundFile;
import dev.quern.format.source.RemoteFiles;
import dev.quern.key.KeyRefusal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.DecryptionKeyRetriever;
import org.apache.parquet.crypto.FileDecryptionProperties;
import org.apache.parquet.crypto.InternalFileDecryptor;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * An open Parquet file whose footer has been checked. Everything the library says about a broken
 * file becomes a {@link DataException} without its words, which may quote the file.
 */
final class ParquetFile implements Closeable {
  /** Magic, an empty footer, its length, magic. */
  private static final int MIN_BYTES = 12;

  private final ParquetInput input;
  private final ParquetFileReader reader;
  private final MessageType message;
  private final List<Shape> shapes;
  private final List<BlockMetaData> groups;
  private final Schema schema;
  private final Ids ids;

  /** Whether no key was given, so that what is encrypted cannot even be measured. */
  private final boolean isLocked;

  private ParquetFile(ParquetInput input, ParquetFileReader reader, FieldKeys keys)
      throws Shapes.Unsupported {
    this.input = input;
    this.isLocked = keys == FieldKeys.NONE;
    this.reader = reader;
    this.message = reader.getFileMetaData().getSchema();
    this.groups = reader.getRowGroups();
    check();
    List<Shape> all = Shapes.of(message);
    Schema plain = schema(message, all);
    Schema own = own(reader.getFileMetaData().getKeyValueMetaData().get(ParquetWriting.SCHEMA_KEY));
    if (own != null && message.equals(ParquetTypes.message(own, Ids.STORED))) {
      this.ids = Ids.STORED;
      this.schema = own;
      this.shapes = all;
    } else {
      this.ids = Ids.NONE;
      this.schema =
          own != null && message.equals(ParquetTypes.message(own, Ids.NONE)) ? own : plain;
      this.shapes = all;
    }
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it is missing, changed, damaged or of a kind Quern does not read
   */
  static ParquetFile open(ParquetInput input) throws IOException {
    return open(input, FieldKeys.NONE);
  }

  /**
   * Opens a file, encrypted or not.
   *
   * @throws DataException if it is missing, changed, damaged or of a kind Quern does not read, or
   *     its keys are not there
   */
  static ParquetFile open(ParquetInput input, FieldKeys keys) throws IOException {
    return open(input, keys, null);
  }

  /** Opens a file whose {@code footer} is known from opening it before without keys. */
  static ParquetFile open(ParquetInput input, ParquetMetadata footer) throws IOException {
    return open(input, FieldKeys.NONE, footer);
  }

  private static ParquetFile open(
      ParquetInput input, FieldKeys keys, @Nullable ParquetMetadata footer) throws IOException {
    checkFile(input, keys);
    ParquetFileReader reader = null;
    try {
      if (footer == null) {
        Footer.check(input);
      }
      ParquetReadOptions.Builder options =
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .withCodecFactory(new Codecs())
              .usePageChecksumVerification(true)
              .withUseHadoopVectoredIo(false);
      InputFile bytes = ParquetBytes.of(input);
      if (keys != FieldKeys.NONE) {
        reader = unlocked(input, bytes, options, keys);
      } else if (footer == null) {
        reader = ParquetFileReader.open(bytes, options.build());
      } else {
        reader = ParquetFileReader.open(bytes, footer, options.build(), bytes.newStream());
      }
      ParquetFile file = new ParquetFile(input, reader, keys);
      reader = null;
      return file;
    } catch (Shapes.Unsupported e) {
      throw new DataException("parquet_unsupported", input.name() + ": " + e.getMessage());
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | NoClassDefFoundError | IOException e) {
      throw damaged(input, e);
    } finally {
      if (reader != null) {
        reader.close();
      }
    }
  }

  private static ParquetFileReader unlocked(
      ParquetInput input, InputFile bytes, ParquetReadOptions.Builder options, FieldKeys keys)
      throws IOException {
    DecryptionKeyRetriever retriever = KeyMaterial.retriever(input.name(), keys);
    AtomicBoolean asked = new AtomicBoolean();
    DecryptionKeyRetriever noting =
        metadata -> {
          asked.set(true);
          return retriever.getKey(metadata);
        };
    FileDecryptionProperties.Builder wrapped =
        FileDecryptionProperties.builder().withKeyRetriever(noting).withPlaintextFilesAllowed();
    try {
      return ParquetFileReader.open(bytes, options.withDecryption(wrapped.build()).build());
    } catch (ParquetCryptoRuntimeException e) {
      // Nobody was asked: the keys are not stored with the file.
      if (asked.get() || keys.plain().isEmpty()) {
        throw e;
      }
      FileDecryptionProperties.Builder plain =
          FileDecryptionProperties.builder().withFooterKey(keys.plain().get().clone());
      return ParquetFileReader.open(bytes, options.withDecryption(plain.build()).build());
    }
  }

  /** Returns the footer; the same for all who open the file. */
  ParquetMetadata footer() {
    return reader.getFooter();
  }

  /** Returns whether only who has the key may read the footer. */
  boolean isFooterEncrypted() {
    return reader.getFileMetaData().getEncryptionType()
        == FileMetaData.EncryptionType.ENCRYPTED_FOOTER;
  }

  /** Returns the fields that are encrypted. */
  List<String> encryptedFields() {
    Set<String> columns = encryptedColumns();
    return schema.names().stream()
        .filter(field -> columns.contains(ParquetTypes.columnName(field, ids)))
        .toList();
  }

  /** Returns whether the ids of samples are encrypted. */
  boolean areIdsEncrypted() {
    return ids == Ids.STORED && encryptedColumns().contains(ParquetTypes.ID);
  }

  private Set<String> encryptedColumns() {
    return groups.stream()
        .flatMap(group -> group.getColumns().stream())
        .filter(ColumnChunkMetaData::isEncrypted)
        .map(chunk -> chunk.getPath().toArray()[0])
        .collect(Collectors.toSet());
  }

  /** Checks at the end of reading that the file is still what was opened. */
  void checkUnchanged() throws IOException {
    checkStill(input);
  }

  private static void checkStill(ParquetInput input) throws IOException {
    if (RemoteFiles.isAddress(input.path())) {
      return; // Whoever opens it compares its size.
    }
    Path path = Path.of(input.path());
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          "file_not_found",
          input.name() + ": file must exist; found: none; put it back or plan the run again");
    }
    long bytes = Files.size(path);
    boolean touched =
        input.modified() >= 0 && Files.getLastModifiedTime(path).toMillis() != input.modified();
    if (bytes != input.bytes() || touched) {
      throw new DataException(
          DataException.FILE_CHANGED,
          input.name()
              + ": file must not change while it is used (bytes); found: "
              + bytes
              + (bytes == input.bytes() ? " bytes, changed later" : ", was " + input.bytes())
              + "; run again, or put back the file as it was");
    }
  }

  private static void checkFile(ParquetInput input, FieldKeys keys) throws IOException {
    checkStill(input);
    long bytes = input.bytes();
    if (bytes < MIN_BYTES) {
      throw notParquet(input, "must be at least 12 bytes long; found: " + bytes + " bytes");
    }
    try (SeekableByteChannel file = FoundFile.open(input.file())) {
      InputStream in = Channels.newInputStream(file);
      byte[] first = in.readNBytes(4);
      file.position(bytes - 4);
      byte[] last = in.readNBytes(4);
      String end = new String(last, StandardCharsets.ISO_8859_1);
      boolean encrypted = end.equals("PARE");
      if (encrypted && keys == FieldKeys.NONE) {
        throw KeyRefusal.of(
            "missing",
            input.name()
                + ": file must be readable without a key; found: an encrypted footer; fix: give the"
                + " reader its key (key: key:NAME)");
      }
      String magic = encrypted ? "PARE" : "PAR1";
      if (!new String(first, StandardCharsets.ISO_8859_1).equals(magic)) {
        throw notParquet(input, "must begin with PAR1; found: other bytes");
      }
      if (!end.equals(magic)) {
        throw notParquet(input, "must end with PAR1; found: other bytes, as when it was cut short");
      }
    }
  }

  private static DataException notParquet(ParquetInput input, String rule) {
    return new DataException(
        "not_parquet", input.name() + ": a Parquet file " + rule + "; get the whole file again");
  }

  /** Checks what the footer says against the file, before anything is allocated for it. */
  private void check() {
    for (BlockMetaData group : groups) {
      long rows = group.getRowCount();
      if (rows < 0 || group.getColumns().size() != message.getColumns().size()) {
        throw new IllegalStateException("footer must tell rows and columns of each group");
      }
      if (rows == 0) {
        continue; // It is never read, and some writers tell no place for its columns.
      }
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (isLocked(chunk)) {
          continue; // Where it lies cannot be known, and it will not be read.
        }
        long start = chunk.getStartingPos();
        if (start < 4
            || chunk.getTotalSize() < 0
            || start > input.bytes() - chunk.getTotalSize()
            || chunk.getValueCount() < rows) {
          throw new IllegalStateException("column must lie within the file");
        }
      }
    }
  }

  private static Schema schema(MessageType message, List<Shape> shapes) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      fields.add(Field.of(message.getFieldName(i), shapes.get(i).type()));
    }
    return new Schema(fields);
  }

  private static @Nullable Schema own(@Nullable String written) {
    if (written == null) {
      return null;
    }
    try {
      return SchemaJson.schema(Json.parse(written));
    } catch (IllegalArgumentException e) {
      return null; // somebody else's key: the columns speak for themselves
    }
  }

  /** Returns the file as it was given. */
  ParquetInput input() {
    return input;
  }

  /** Returns the fields, with roles where Quern wrote the file; ids and splits are none. */
  Schema schema() {
    return schema;
  }

  /** Returns whether Quern wrote the file with ids and splits. */
  Ids ids() {
    return ids;
  }

  /** Returns the schema of the columns. */
  MessageType message() {
    return message;
  }

  /** Returns the shape of the column at {@code position}, ids and splits counted. */
  Shape shape(int position) {
    return shapes.get(position);
  }

  /** Returns the row groups. */
  List<BlockMetaData> groups() {
    return groups;
  }

  /** Returns whether {@code chunk} is encrypted, by a key of its own or that of the footer. */
  private boolean isEncrypted(ColumnChunkMetaData chunk) {
    InternalFileDecryptor decryptor = reader.getFileMetaData().getFileDecryptor();
    return chunk.isEncrypted()
        || (decryptor != null
            && !decryptor.plaintextFile()
            && decryptor.getColumnSetup(chunk.getPath()).isEncrypted());
  }

  /** Returns whether {@code chunk} is encrypted and no key was given. */
  private boolean isLocked(ColumnChunkMetaData chunk) {
    return isLocked && chunk.isEncrypted();
  }

  /** Returns the size of {@code group} as stored, in bytes, without what cannot be measured. */
  long storedBytes(BlockMetaData group) {
    long bytes = 0;
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      bytes += isLocked(chunk) ? 0 : chunk.getTotalSize();
    }
    return bytes;
  }

  /** Refuses columns that are encrypted where no key was given. */
  void requireOpen(BlockMetaData group, List<ColumnDescriptor> columns) {
    Set<ColumnPath> wanted = new HashSet<>();
    columns.forEach(column -> wanted.add(ColumnPath.get(column.getPath())));
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      if (isLocked(chunk) && wanted.contains(chunk.getPath())) {
        throw KeyRefusal.of(
            "missing",
            input.name()
                + ": field "
                + chunk.getPath().toArray()[0]
                + " must be readable; found: encrypted, and no key was given; fix: give the reader"
                + " its key (key: key:NAME)");
      }
    }
  }

  /** Returns the number of rows. */
  long rows() {
    return groups.stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /**
   * Reads the given columns of group {@code number}.
   *
   * @param trust whether the headers of its pages are known to be right
   */
  PageReadStore read(int number, List<ColumnDescriptor> columns, LeafValues.Trust trust)
      throws IOException {
    try {
      requireOpen(groups.get(number), columns);
      if (trust == LeafValues.Trust.FOREIGN) {
        PageHeaders.check(input, groups.get(number), columns, this::isEncrypted);
      }
      reader.setRequestedSchema(columns);
      return reader.readRowGroup(number);
    } catch (RuntimeException | NoClassDefFoundError | IOException e) {
      throw damaged(input, e);
    }
  }

  /** Returns the exception for {@code cause}, which came up while reading {@code input}. */
  static DataException damaged(ParquetInput input, Throwable cause) {
    if (cause instanceof DataException already) {
      return already;
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof DataException refused) {
        return refused;
      }
      if (t instanceof ParquetCryptoRuntimeException || t instanceof AEADBadTagException) {
        return KeyRefusal.of(
            "not_authentic",
            input.name()
                + ": file must be as it was encrypted; found: changed bytes, or another key; fix:"
                + " restore file or keyring");
      }
      if (t instanceof Codecs.UnsupportedCodec codec) {
        return new DataException(
            "parquet_unsupported",
            input.name()
                + ": codec must be zstd, snappy, gzip, lz4_raw or uncompressed; found: "
                + codec.codec()
                + "; write the file with one of these");
      }
    }
    if (cause instanceof NoClassDefFoundError missing
        && !String.valueOf(missing.getMessage()).startsWith("org/apache/hadoop/")) {
      throw missing;
    }
    // The library wants Hadoop's Path for the words of its messages, so a damaged page may come as
    // a missing class.
    IOException bare = new IOException(cause.getClass().getName());
    bare.setStackTrace(cause.getStackTrace());
    return new DataException(
        "parquet_damaged",
        input.name()
            + ": a Parquet file must be whole; found: damaged content ("
            + (cause instanceof NoClassDefFoundError
                ? "checksum"
                : cause.getClass().getSimpleName())
            + "); get the file again or restore it",
        bare);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
