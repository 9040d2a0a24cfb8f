package dev.quern.privacy;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Mapping;
import dev.quern.key.Purpose;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Secrets;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.TextChange;
import dev.quern.operator.TextMapping;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces values by pseudonyms: the first 16 bytes of HMAC-SHA-256(key, value) as 32 hexadecimal
 * digits. Equal values of any field get equal pseudonyms under one key, so joins still work;
 * without the key nobody can compute or check one. Missing stays missing.
 *
 * <p>The value of a text is its UTF-8 bytes, that of a long or bool its usual written form. The key
 * is named, never written: a keyset, {@code key:NAME}, or {@code env:NAME} or {@code file:PATH}, at
 * least 16 bytes.
 *
 * @param fields text, long or bool fields, which become text
 * @param key where the key is found
 */
public record HashKeyed(List<String> fields, String key) implements Mapper {
  private static final int KEY_BYTES = 16;
  private static final int BYTES = 16;

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text, long or bool fields.", "文本、整数或布尔字段。"));

  private static final Param<String> KEY =
      Param.key(
          "key",
          new Localized(
              "Where the key is found: key:NAME, a keyset for prf, or env:NAME or file:PATH.",
              "密钥所在：key:NAME（用途为 prf 的密钥集），或 env:环境变量名、file:路径。"));

  /** The description; the example's key is the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.hash_keyed",
          new Localized("Replaces values by keyed pseudonyms.", "用带密钥的假名替换取值。"),
          "RFC 2104 (HMAC), FIPS 180-4 (SHA-256)",
          1,
          Serving.HOST,
          List.of(FIELDS, KEY),
          List.of(
              new Example(
                  "{fields: [id], key: \"env:QUERN_KEY\"}",
                  "[{\"id\": \"ann\", \"x\": 1}, {\"id\": null, \"x\": 2}]",
                  "[{\"id\": \"ff4ddabab7cfe235aa8d7fbb91005db6\", \"x\": 1}, {\"id\": null, \"x\": 2}]")),
          params -> new HashKeyed(params.get(FIELDS), params.get(KEY)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(input.field(position).typed(Type.TEXT));
    }
    return output;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    Pseudonyms pseudonyms = new Pseudonyms(hash(run));
    int[] positions = positions(input);
    return (batch, out) -> {
      Batch hashed = batch;
      for (int position : positions) {
        Field field = output.field(position);
        Column column = batch.column(position);
        hashed =
            hashed.with(
                field,
                column.type().equals(Type.TEXT)
                    ? TextMapping.changed(column, pseudonyms)
                    : hashed(column, pseudonyms));
      }
      out.keep(hashed);
    };
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

  private static Column hashed(Column column, Pseudonyms pseudonyms) {
    ColumnBuilder builder = ColumnBuilder.of(Type.TEXT);
    Slice slice = new Slice();
    for (int row = 0; row < column.size(); row++) {
      if (column.isNull(row)) {
        builder.appendNull();
        continue;
      }
      String written =
          column.type().equals(Type.BOOL)
              ? Boolean.toString(column.boolAt(row))
              : Long.toString(column.longAt(row));
      byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
      pseudonyms.apply(slice.set(bytes, 0, bytes.length));
      builder.appendSlice(slice.bytes, slice.start, slice.end);
    }
    return builder.build();
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input,
        "fields",
        fields,
        "text, long or bool",
        field ->
            field.type().equals(Type.TEXT)
                || field.type().equals(Type.LONG)
                || field.type().equals(Type.BOOL));
  }

  private static final class Pseudonyms implements TextChange {
    private final UnaryOperator<byte[]> hash;

    Pseudonyms(UnaryOperator<byte[]> hash) {
      this.hash = hash;
    }

    @Override
    public boolean apply(Slice text) {
      byte[] hashed = hash.apply(Arrays.copyOfRange(text.bytes, text.start, text.end));
      byte[] hex = HexFormat.of().formatHex(hashed, 0, BYTES).getBytes(StandardCharsets.US_ASCII);
      text.set(hex, 0, hex.length);
      return true;
    }
  }
}
