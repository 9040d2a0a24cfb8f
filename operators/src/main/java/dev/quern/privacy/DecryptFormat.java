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
 * Undoes {@code privacy.encrypt_format} with its key, alphabet and tweak. A wrong key or tweak
 * gives other texts, and nobody can tell: after a rotation name the key, {@code key:NAME@ID}.
 *
 * @param fields text fields
 * @param key a keyset for ff1, or a secret
 * @param alphabet what the texts are made of
 * @param tweak what the fields are called in FF1, where that is not their name
 */
public record DecryptFormat(
    List<String> fields, String key, String alphabet, Optional<String> tweak) implements Mapper {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields.", "文本字段。"));

  /** The description; the example's key is derived of the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.decrypt_format",
          new Localized(
              "Undoes privacy.encrypt_format with the key.", "用密钥还原 privacy.encrypt_format 的结果。"),
          "NIST SP 800-38G (FF1)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, EncryptFormat.KEY, FormatAlphabet.ALPHABET, EncryptFormat.TWEAK),
          List.of(
              new Example(
                  "{fields: [phone], key: \"env:QUERN_KEY\"}",
                  "[{\"phone\": \"78850059402\"}, {\"phone\": null}]",
                  "[{\"phone\": \"13800138000\"}, {\"phone\": null}]")),
          params ->
              new DecryptFormat(
                  params.get(FIELDS),
                  params.get(EncryptFormat.KEY),
                  params.get(FormatAlphabet.ALPHABET),
                  params.find(EncryptFormat.TWEAK)));

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
    FormatChange.Way way = FormatChange.Way.DECRYPT;
    return new CellMapping(
        output,
        positions(input),
        "decrypted",
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
