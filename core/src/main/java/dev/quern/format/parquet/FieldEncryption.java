package dev.quern.format.parquet;

import dev.quern.key.DataKeys;
import dev.quern.key.Keyset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.crypto.ColumnEncryptionProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;

/**
 * Parquet modular encryption (AES-GCM) of some fields: each field of each file has a data key of
 * its own, 256 random bits, wrapped by a keyset; the footer has one more.
 *
 * @param fields names of fields, with all that is within them
 * @param keyset wraps the data keys
 * @param footer who may read the footer
 * @param context bound to every page, for example the name of the dataset; stored in the file
 * @param ids who may read the ids of samples, where the file holds them
 */
public record FieldEncryption(
    List<String> fields, Keyset keyset, FooterForm footer, String context, IdForm ids) {
  /** Who may read the ids of samples. */
  public enum IdForm {
    /** Everybody: they tell places of samples in their source. */
    PLAIN,
    /** Who has the key: ids that follow from a declared key tell whoever guesses it. */
    ENCRYPTED
  }

  /** Who may read the footer of a file. */
  public enum FooterForm {
    /** Everybody: fields that are not encrypted are read without a key. It is signed. */
    PLAIN,
    /** Who has the key: nobody else learns even the names of the fields. */
    ENCRYPTED
  }

  /**
   * Returns how the file at {@code path} is encrypted, empty where it is not: for one that takes
   * its place.
   *
   * @param context of the new file
   * @throws dev.quern.engine.DataException if its keys are not there
   */
  public static Optional<FieldEncryption> of(Path path, FieldKeys keys, String context)
      throws IOException {
    List<Keyset> used = new ArrayList<>();
    FieldKeys noted =
        reference -> {
          Keyset keyset = keys.keyset(reference);
          used.add(keyset);
          return keyset;
        };
    String name = String.valueOf(path.getFileName());
    ParquetInput input = new ParquetInput(name, path.toString(), Files.size(path), -1);
    try (ParquetFile file = ParquetFile.open(input, noted)) {
      if (used.isEmpty()) {
        return Optional.empty();
      }
      FooterForm form = file.isFooterEncrypted() ? FooterForm.ENCRYPTED : FooterForm.PLAIN;
      IdForm ids = file.areIdsEncrypted() ? IdForm.ENCRYPTED : IdForm.PLAIN;
      return Optional.of(
          new FieldEncryption(file.encryptedFields(), used.get(0), form, context, ids));
    }
  }

  /**
   * Returns the keys of one new file.
   *
   * @param stored whether it holds ids, which name its columns
   */
  FileEncryptionProperties properties(MessageType message, ParquetTypes.Ids stored) {
    Map<ColumnPath, ColumnEncryptionProperties> columns = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    fields.forEach(field -> names.add(ParquetTypes.columnName(field, stored)));
    if (ids == IdForm.ENCRYPTED && stored == ParquetTypes.Ids.STORED) {
      names.add(ParquetTypes.ID);
    }
    for (String name : names) {
      byte[] key = DataKeys.random();
      byte[] material = KeyMaterial.write(keyset, key, KeyMaterial.Of.FIELD);
      for (ColumnDescriptor column : message.getColumns()) {
        if (column.getPath()[0].equals(name)) {
          ColumnPath path = ColumnPath.get(column.getPath());
          columns.put(
              path,
              ColumnEncryptionProperties.builder(path)
                  .withKey(key)
                  .withKeyMetaData(material)
                  .build());
        }
      }
    }
    byte[] key = DataKeys.random();
    FileEncryptionProperties.Builder builder =
        FileEncryptionProperties.builder(key)
            .withFooterKeyMetadata(KeyMaterial.write(keyset, key, KeyMaterial.Of.FOOTER))
            .withEncryptedColumns(columns);
    if (!context.isEmpty()) {
      builder = builder.withAADPrefix(context.getBytes(StandardCharsets.UTF_8));
    }
    return (footer == FooterForm.PLAIN ? builder.withPlaintextFooter() : builder).build();
  }
}
