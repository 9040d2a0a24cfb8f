package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.key.Purpose;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Encrypts texts to others of the same length over the same alphabet with FF1 (AES-256); who has
 * the key gets them back by {@code privacy.decrypt_format}. Equal texts of a field become equal
 * ones, so that joins work and frequencies can be counted. Texts with other characters, and those
 * so short that there are fewer than 10^6 of their length, are set aside. Missing stays missing.
 *
 * <p>There is no room for the id of the key: after a rotation, decryption names the key, {@code
 * key:NAME@ID}; plan and lineage tell which it was. Nobody can tell a changed or wrongly decrypted
 * text from a right one.
 *
 * @param fields text fields
 * @param key a keyset for ff1, or a secret
 * @param alphabet what the texts are made of
 * @param tweak what the fields are called in FF1, where that is not their name
 */
public record EncryptFormat(
    List<String> fields, String key, String alphabet, Optional<String> tweak) implements Mapper {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields.", "文本字段。"));

  static final Param<String> KEY =
      Param.key(
          "key",
          new Localized(
              "The keys: key:NAME, a keyset for ff1, or env:NAME or file:PATH.",
              "密钥：key:NAME（用途为 ff1 的密钥集），或 env:环境变量名、file:路径。"));

  static final Param<String> TWEAK =
      Param.text(
              "tweak",
              new Localized(
                  "The name that goes into the encryption; by default that of the field. Fields that"
                      + " are to be joined need one.",
                  "参与加密的名称；默认为字段名。需要相互连接的字段应使用同一名称。"))
          .optional();

  /** The description; the example's key is derived of the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.encrypt_format",
          new Localized(
              "Encrypts texts to others of the same format; who has the key gets them back.",
              "把文本加密为格式相同的文本；持有密钥者可以还原。"),
          "NIST SP 800-38G (FF1)",
          1,
          Serving.HOST,
          List.of(FIELDS, KEY, FormatAlphabet.ALPHABET, TWEAK),
          List.of(
              new Example(
                  "{fields: [phone], key: \"env:QUERN_KEY\"}",
                  "[{\"phone\": \"13800138000\"}, {\"phone\": null}]",
                  "[{\"phone\": \"78850059402\"}, {\"phone\": null}]")),
          params ->
              new EncryptFormat(
                  params.get(FIELDS),
                  params.get(KEY),
                  params.get(FormatAlphabet.ALPHABET),
                  params.find(TWEAK)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    positions(input);
    return input;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    FormatChange.Way way = FormatChange.Way.ENCRYPT;
    return new CellMapping(
        output,
        positions(input),
        "encrypted",
        position ->
            new FormatChange(
                run.secrets().keyset(key, Purpose.FF1),
                FormatAlphabet.of(alphabet),
                tweak.orElse(input.field(position).name()),
                way));
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }
}
