package dev.quern.privacy;

import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import java.util.List;
import java.util.Optional;

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
    List<String> fields, String key, String alphabet, Optional<String> tweak)
    implements FormatMapper {
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
          PARAMS,
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
  public FormatChange.Way way() {
    return FormatChange.Way.ENCRYPT;
  }
}
