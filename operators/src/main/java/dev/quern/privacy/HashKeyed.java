package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.Mapping;
import dev.quern.key.Purpose;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Secrets;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.transform.PlainForm;
import dev.quern.privacy.transform.Replacement;
import dev.quern.privacy.transform.Targets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces values by pseudonyms: the first 16 bytes of HMAC-SHA-256(key, value) as 32 hexadecimal
 * digits. What findings name in texts, or fields as a whole. Equal values of any field or text get
 * equal digits under one key, so joins still work; without the key nobody can compute or check one.
 * Missing stays missing.
 *
 * <p>The value of a text is its UTF-8 bytes, that of a long, bool or date its usual written form.
 * Of a finding it is the {@link PlainForm} of its type, so that one number has one pseudonym
 * however it is grouped; that of a field is as it stands, as nobody has said what it is.
 *
 * <p>The key is named, never written: a keyset, {@code key:NAME}, or {@code env:NAME} or {@code
 * file:PATH}, at least 16 bytes.
 *
 * @param targets which values
 * @param key where the key is found
 * @param with what stands in place of a value, with {hash} in it
 */
public record HashKeyed(Targets targets, String key, Optional<String> with) implements Mapper {
  private static final int KEY_BYTES = 16;
  private static final int BYTES = 16;
  private static final String HASH = "{hash}";
  private static final String TYPE = "{type}";

  private static final Param<String> KEY =
      Param.key(
          "key",
          new Localized(
              "Where the key is found: key:NAME, a keyset for prf, or env:NAME or file:PATH.",
              "密钥所在：key:NAME（用途为 prf 的密钥集），或 env:环境变量名、file:路径。"));

  private static final Param<String> WITH =
      Param.text(
              "with",
              new Localized(
                  "What stands in place of a value: {hash} becomes the digits, {type} the type of the"
                      + " finding. {hash} alone for fields, {type}_{hash} in texts by default.",
                  "替换后的文本：{hash} 表示假名，{type} 表示检测类型。整个字段默认为 {hash}，文本中默认为 {type}_{hash}。"))
          .optional();

  /** The description; the example's key is the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.hash_keyed",
          new Localized(
              "Replaces personal data that was found, or whole fields, by keyed pseudonyms.",
              "用带密钥的假名替换检测到的个人数据或整个字段。"),
          "RFC 2104 (HMAC), FIPS 180-4 (SHA-256)",
          4,
          Serving.HOST,
          params(),
          List.of(
              new Example(
                  "{fields: [id], key: \"env:QUERN_KEY\"}",
                  "[{\"id\": \"ann\", \"x\": 1}, {\"id\": null, \"x\": 2}]",
                  "[{\"id\": \"ff4ddabab7cfe235aa8d7fbb91005db6\", \"x\": 1}, {\"id\": null, \"x\": 2}]"),
              new Example(
                  "{types: [PERSON], key: \"env:QUERN_KEY\"}",
                  "[{\"t\": \"for ann 李\", \"findings\": [{\"field\": \"t\", \"start\": 4, \"end\": 7,"
                      + " \"type\": \"PERSON\"}]}]",
                  "[{\"t\": \"for PERSON_ff4ddabab7cfe235aa8d7fbb91005db6 李\", \"findings\": []}]")),
          params -> new HashKeyed(Targets.of(params), params.get(KEY), params.find(WITH)));

  private static List<Param<?>> params() {
    List<Param<?>> all = new ArrayList<>(Targets.PARAMS);
    all.add(KEY);
    all.add(WITH);
    return all;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return targets.reads(input, made);
  }

  @Override
  public Schema output(Schema input) {
    if (with.isPresent() && !with.get().contains(HASH)) {
      throw new BindException(
          WITH.name(), "must hold {hash}, where the digits stand; found: " + with.get());
    }
    return targets.output(input, StandardRecognisers.all().types());
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    UnaryOperator<byte[]> hash = hash(run);
    String pattern = with.orElse(targets.fields().isPresent() ? HASH : TYPE + "_" + HASH);
    return targets.mapping(
        input,
        output,
        "hash_keyed",
        Replacement.needed(
            (type, value, place) -> {
              String plain = targets.fields().isPresent() ? value : PlainForm.of(type, value);
              byte[] hashed = hash.apply(plain.getBytes(StandardCharsets.UTF_8));
              String digits = HexFormat.of().formatHex(hashed, 0, BYTES);
              return pattern.replace(TYPE, type).replace(HASH, digits);
            }));
  }

  /** A keyset has keys of its own; a secret has been the key itself from the beginning. */
  private UnaryOperator<byte[]> hash(StepRun run) {
    if (key.startsWith(Secrets.KEY)) {
      return run.secrets().keyset(key, Purpose.PRF).prf()::compute;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret(run), "HmacSHA256"));
      return mac::doFinal;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 must work with the key of " + key, e);
    }
  }

  private byte[] secret(StepRun run) {
    byte[] secret = run.secrets().secret(key);
    if (secret.length < KEY_BYTES) {
      throw new DataException(
          "secret_too_short",
          "privacy.hash_keyed.key must name at least "
              + KEY_BYTES
              + " bytes (bytes); found: "
              + secret.length
              + " in "
              + key);
    }
    return secret;
  }
}
