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
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.TextChange;
import dev.quern.operator.TextMapping;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces values by pseudonyms: the first 16 bytes of HMAC-SHA-256(key, value) as 32 hexadecimal
 * digits. Equal values of any field get equal pseudonyms under one key, so joins still work;
 * without the key nobody can compute or check one. Missing stays missing.
 *
 * <p>The value of a text is its UTF-8 bytes, that of a long or bool its usual written form. The key
 * is named, never written: {@code env:NAME} or {@code file:PATH}, at least 16 bytes.
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
      Param.secret(
          "key",
          new Localized(
              "Where the key is found: env:NAME or file:PATH.", "密钥所在：env:环境变量名 或 file:路径。"));

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
    Pseudonyms pseudonyms = new Pseudonyms(secret(run), key);
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
    private final Mac mac;

    Pseudonyms(byte[] secret, String reference) {
      try {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("HMAC-SHA-256 must work with the key of " + reference, e);
      }
    }

    @Override
    public boolean apply(Slice text) {
      mac.update(text.bytes, text.start, text.length());
      byte[] hex =
          HexFormat.of().formatHex(mac.doFinal(), 0, BYTES).getBytes(StandardCharsets.US_ASCII);
      text.set(hex, 0, hex.length);
      return true;
    }
  }
}
