package dev.quern.acquire;

import dev.quern.data.Schema;
import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.parquet.FieldKeys;
import dev.quern.format.parquet.GivenKey;
import dev.quern.format.parquet.ParquetInput;
import dev.quern.format.parquet.ParquetReading;
import dev.quern.format.source.SourceFiles;
import dev.quern.key.Purpose;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Reader;
import dev.quern.operator.Secrets;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads Parquet files, one sample for each row; nested values become lists and structs, maps lists
 * of key and value. Files may differ in their fields: what a file lacks is missing, and numbers
 * widen to double. Ids and splits that Quern wrote into a file are passed over.
 *
 * <p>Files under Parquet modular encryption are read with a key: that of {@code write.encrypt} or
 * {@code export.parquet}, under whose keyset other writers may have wrapped their data keys in the
 * same form, or, from a secret of 16, 24 or 32 bytes, the key of the footer itself, where a file
 * stores none.
 *
 * @param location where the files are
 * @param key the keyset or secret they were encrypted with
 */
public record Parquet(Location location, Optional<String> key) implements Reader {
  /** Bytes of a key of AES. */
  private static final Set<Integer> SIZES = Set.of(16, 24, 32);

  private static final Param<String> KEY =
      Param.key(
              "key",
              new Localized(
                  "Keyset or secret that encrypted files are read with; without it, fields in clear"
                      + " alone can be read.",
                  "读取加密文件所用的密钥集或密文；未给出时只能读取明文字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.parquet",
          new Localized(
              "Reads Parquet files, one sample per row; nested values become lists and structs.",
              "读取 Parquet 文件，每行一个样本；嵌套值成为列表和结构。"),
          "Apache Parquet format 2.x, https://parquet.apache.org/docs/file-format/",
          1,
          Serving.TRAINING_ONLY,
          List.of(Location.STORED_PATH, Location.SHA256, KEY),
          List.of(
              new Example(
                  "{path: people.parquet}",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}]",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}]")),
          params ->
              new Parquet(
                  new Location(params.get(Location.STORED_PATH), params.find(Location.SHA256)),
                  params.find(KEY)));

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    return location.files(source, attempts, SourceFiles.Folders.REFUSED);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) throws IOException {
    return ParquetReading.infer(inputs(files), FieldKeys.NONE);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files, Secrets secrets) throws IOException {
    return ParquetReading.infer(inputs(files), keys(secrets));
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new ParquetReading(source, inputs(files), schema);
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, StepRun step) {
    return new ParquetReading(source, inputs(files), schema, keys(step.secrets()));
  }

  private FieldKeys keys(Secrets secrets) {
    if (key.isEmpty()) {
      return FieldKeys.NONE;
    }
    String reference = key.get();
    Optional<byte[]> plain =
        reference.startsWith(Secrets.KEY)
            ? Optional.empty()
            : Optional.of(secrets.secret(reference)).filter(bytes -> SIZES.contains(bytes.length));
    return new GivenKey(secrets.keyset(reference, Purpose.AEAD), plain);
  }

  private static List<ParquetInput> inputs(List<InputFile> files) {
    return files.stream()
        .map(f -> new ParquetInput(f.name(), f.path(), f.bytes(), f.modified()))
        .toList();
  }
}
