package dev.quern.privacy;

import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import java.util.List;
import java.util.Optional;

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
    List<String> fields, String key, String alphabet, Optional<String> tweak)
    implements FormatMapper {
  /** The description; the example's key is derived of the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.decrypt_format",
          new Localized(
              "Undoes privacy.encrypt_format with the key.", "用密钥还原 privacy.encrypt_format 的结果。"),
          "NIST SP 800-38G (FF1)",
          1,
          Serving.TRAINING_ONLY,
          PARAMS,
          List.of(
              new Example(
                  "{fields: [phone], key: \"env:QUERN_KEY\"}",
                  "[{\"phone\": \"78850059402\"}, {\"phone\": null}]",
                  "[{\"phone\": \"13800138000\"}, {\"phone\": null}]")),
          params ->
              new DecryptFormat(
                  params.get(FIELDS),
                  params.get(KEY),
                  params.get(FormatAlphabet.ALPHABET),
                  params.find(TWEAK)));

  @Override
  public FormatChange.Way way() {
    return FormatChange.Way.DECRYPT;
  }
}
