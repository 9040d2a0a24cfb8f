package dev.quern.format.parquet;

import dev.quern.data.Schema;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Writing;
import dev.quern.format.json.Json;
import dev.quern.format.json.SchemaJson;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.MessageType;

/**
 * Writes Parquet: zstd, page checksums, row groups of 32 MiB and pages of 1 MiB of raw values. The
 * bytes depend on the samples and their order alone, not on batches, threads or machine. Roles and
 * media types stand in the footer under {@code quern.schema}.
 */
public final class ParquetWriting implements Writing {
  static final String SCHEMA_KEY = "quern.schema";

  private final Schema schema;
  private final Ids ids;
  private final MessageType message;
  private final Optional<FieldEncryption> encryption;

  /**
   * Makes the code that writes samples of {@code schema}.
   *
   * @throws IllegalArgumentException if nothing would be written: no field and no ids
   */
  public ParquetWriting(Schema schema, Ids ids) {
    this(schema, ids, Optional.empty());
  }

  /**
   * Makes the code that writes samples of {@code schema}, some fields encrypted: then bytes differ
   * from file to file, for keys are drawn for each.
   *
   * @throws IllegalArgumentException if nothing would be written: no field and no ids
   */
  public ParquetWriting(Schema schema, Ids ids, Optional<FieldEncryption> encryption) {
    this.encryption = encryption;
    if (schema.size() == 0 && ids == Ids.NONE) {
      throw new IllegalArgumentException("Parquet must hold a field or ids; found: none");
    }
    this.schema = schema;
    this.ids = ids;
    this.message = ParquetTypes.message(schema, ids);
  }

  @Override
  public String ending() {
    return ".parquet";
  }

  /**
   * Encrypts by field, see {@link FieldEncryption}: what else is encrypted does not matter here.
   */
  @Override
  public Output open(Path path, SampleFiles files, Path folder) throws IOException {
    return open(path);
  }

  @Override
  public Output open(Path path) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(SCHEMA_KEY, Json.write(SchemaJson.plain(schema)));
    return new ParquetOutput(
        path, schema, ids, message, metadata, encryption.map(e -> e.properties(message, ids)));
  }
}
