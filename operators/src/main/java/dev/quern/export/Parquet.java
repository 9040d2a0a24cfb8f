package dev.quern.export;

import dev.quern.data.Schema;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.FieldEncryption;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.parquet.ParquetWriting;
import dev.quern.key.Purpose;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Writes Parquet, compressed with Zstandard. Equal samples in equal order give equal bytes. Roles
 * and media types stand in the footer under {@code quern.schema}, where others ignore them.
 *
 * @param ids whether ids and splits are written; the shards of versions have them
 * @param encrypt fields that are encrypted
 * @param key the keys that wrap data keys
 * @param footer who may read the footer of an encrypted file
 * @param context a name bound to every encrypted page
 * @param encryptIds who may read the ids in an encrypted file
 */
public record Parquet(
    Ids ids,
    Optional<List<String>> encrypt,
    Optional<String> key,
    FieldEncryption.FooterForm footer,
    String context,
    FieldEncryption.IdForm encryptIds)
    implements Writer {
  private static final Param<List<String>> ENCRYPT =
      Param.fields(
              "encrypt",
              new Localized(
                  "Fields that are encrypted (Parquet modular encryption); none by default.",
                  "要加密的字段（Parquet 模块化加密）；默认无。"))
          .optional();

  private static final Param<String> KEY =
      Param.key(
              "key",
              new Localized(
                  "The keys that wrap data keys: key:NAME, a keyset for aead, or env:NAME or"
                      + " file:PATH.",
                  "加密数据密钥的密钥：key:NAME（用途为 aead 的密钥集），或 env:环境变量名、file:路径。"))
          .optional();

  private static final Param<FieldEncryption.FooterForm> FOOTER =
      Param.choice(
              "footer",
              FieldEncryption.FooterForm.class,
              new Localized(
                  "plain: other fields are read without a key; encrypted: nothing is.",
                  "plain：其他字段无需密钥即可读取；encrypted：没有密钥则全部不可读。"))
          .or(FieldEncryption.FooterForm.PLAIN);

  private static final Param<String> CONTEXT =
      Param.text(
              "context",
              new Localized(
                  "A name bound to every encrypted page, for example the dataset's.",
                  "绑定到每个加密页的名称，例如数据集名。"))
          .or("");

  private static final Param<FieldEncryption.IdForm> ENCRYPT_IDS =
      Param.choice(
              "encrypt_ids",
              FieldEncryption.IdForm.class,
              new Localized(
                  "plain: ids of an encrypted file are read without a key; encrypted: they are not,"
                      + " for an id that follows from a key can be guessed like the key.",
                  "plain：加密文件中的样本标识无需密钥即可读取；encrypted：没有密钥则不可读，因为由主键得出的标识与主键一样可被猜中。"))
          .or(FieldEncryption.IdForm.PLAIN);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "export.parquet",
          new Localized(
              "Writes Parquet files, compressed with Zstandard; lists and structs stay nested.",
              "写出 Parquet 文件（Zstandard 压缩）；列表和结构保持嵌套。"),
          "Apache Parquet format 2.x, https://parquet.apache.org/docs/file-format/",
          1,
          Serving.TRAINING_ONLY,
          List.of(Choices.IDS, ENCRYPT, KEY, FOOTER, CONTEXT, ENCRYPT_IDS),
          List.of(
              new Example(
                  "{}",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}, {\"name\": null, \"tags\": []}]",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}, {\"name\": null, \"tags\":"
                      + " []}]")),
          params ->
              new Parquet(
                  params.get(Choices.IDS),
                  params.find(ENCRYPT),
                  params.find(KEY),
                  params.get(FOOTER),
                  params.get(CONTEXT),
                  params.get(ENCRYPT_IDS)));

  @Override
  public void check(Schema input) {
    if (input.size() == 0 && ids == Ids.NONE) {
      throw new BindException("", "must have a field to write; found: none; keep a field");
    }
    for (String field : encrypt.orElse(List.of())) {
      FieldChoice.position(input, "encrypt", field);
    }
    if (encrypt.isPresent() && key.isEmpty()) {
      throw new BindException("key", "must be given with encrypt; found: none");
    }
  }

  /** Makes one that encrypts nothing. */
  public Parquet(Ids ids) {
    this(
        ids,
        Optional.empty(),
        Optional.empty(),
        FieldEncryption.FooterForm.PLAIN,
        "",
        FieldEncryption.IdForm.PLAIN);
  }

  /**
   * Refuses to write in clear what is to be encrypted.
   *
   * @throws BindException if fields are to be encrypted: that needs a run
   */
  @Override
  public Writing bind(Schema input) {
    if (encrypt.isPresent()) {
      throw new BindException("encrypt", "must stand in a run, which has keys; found: none");
    }
    return new ParquetWriting(input, ids);
  }

  @Override
  public Writing bind(Schema input, StepRun run) {
    return new ParquetWriting(
        input,
        ids,
        encrypt.map(
            fields ->
                new FieldEncryption(
                    fields,
                    run.secrets().keyset(key.orElseThrow(), Purpose.AEAD),
                    footer,
                    context,
                    encryptIds)));
  }
}
