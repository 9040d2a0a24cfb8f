package dev.quern.privacy;

import com.google.crypto.tink.DeterministicAead;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.key.KeyRefusal;
import dev.quern.key.Keyset;
import dev.quern.key.Purpose;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.text.ValueParser;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Undoes {@code privacy.encrypt} with its key, mode and context. A value that was made with a key
 * that is not there ends the run; one that is not as it was encrypted (changed bytes, another
 * context, field or sample) is set aside.
 *
 * @param fields text fields
 * @param key the keyset or secret they were encrypted with
 * @param mode what ciphertexts are bound to
 * @param context the name that is bound to every ciphertext
 * @param types what the values were, where they were no texts
 */
public record Decrypt(
    List<String> fields, String key, Encrypt.Mode mode, String context, Map<String, Type> types)
    implements Mapper {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Encrypted text fields.", "已加密的文本字段。"));

  private static final Param<Map<String, Type>> TYPES =
      Param.types(
              "types",
              Param.Kind.FIELD_MAP,
              new Localized(
                  "Types of the values before they were encrypted; text where absent.",
                  "加密前取值的类型；未给出的为文本。"))
          .or(Map.of());

  /** The description; the example's key is derived of the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.decrypt",
          new Localized("Undoes privacy.encrypt with the key.", "用密钥还原 privacy.encrypt 的结果。"),
          "RFC 5297 (AES-SIV)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, Encrypt.KEY, Encrypt.MODE, Encrypt.CONTEXT, TYPES),
          List.of(
              new Example(
                  "{fields: [id], key: \"env:QUERN_KEY\", mode: deterministic}",
                  "[{\"id\": \"AUKt_19R3EBNqR47gxgPsPxhCCcRqSfDaBXjszc\", \"x\": 1}, {\"id\": null, \"x\": 2}]",
                  "[{\"id\": \"ann\", \"x\": 1}, {\"id\": null, \"x\": 2}]")),
          params ->
              new Decrypt(
                  params.get(FIELDS),
                  params.get(Encrypt.KEY),
                  params.get(Encrypt.MODE),
                  params.get(Encrypt.CONTEXT),
                  params.get(TYPES)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (Map.Entry<String, Type> entry : types.entrySet()) {
      if (!fields.contains(entry.getKey()) || !entry.getValue().isScalar()) {
        throw new BindException(
            "types",
            "must give scalar types of the fields that are decrypted; found: "
                + entry.getKey()
                + ", "
                + entry.getValue());
      }
    }
    for (int position : positions(input)) {
      Field field = input.field(position);
      output = output.with(field.typed(types.getOrDefault(field.name(), Type.TEXT)));
    }
    return output;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    Keyset keyset = run.secrets().keyset(key, Purpose.DETERMINISTIC_AEAD);
    return new CellMapping(
        output,
        positions(input),
        "decrypted",
        position -> {
          Field field = output.field(position);
          return new Decryption(keyset, new Binding(mode, context, field.name()), field);
        });
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }

  private static final class Decryption implements CellMapping.CellChange {
    private final Keyset keyset;
    private final DeterministicAead aead;
    private final Binding binding;
    private final Field field;
    private final byte[] type;
    private final ValueParser parser;
    private final Slice slice = new Slice();

    Decryption(Keyset keyset, Binding binding, Field field) {
      this.keyset = keyset;
      this.aead = keyset.deterministicAead();
      this.binding = binding;
      this.field = field;
      this.type = Encrypt.typed(field.type());
      this.parser = ValueParser.of(field.type());
    }

    @Override
    public @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into) {
      column.sliceAt(row, slice);
      byte[] encrypted;
      try {
        encrypted =
            Base64.getUrlDecoder().decode(Arrays.copyOfRange(slice.bytes, slice.start, slice.end));
      } catch (IllegalArgumentException e) {
        return Fault.of("not_encrypted", "a value as privacy.encrypt writes it");
      }
      String id = Keyset.idOf(encrypted);
      if (id.isEmpty()) {
        return Fault.of("not_encrypted", "a value as privacy.encrypt writes it");
      }
      if (!keyset.knows(id)) {
        throw unknown(id);
      }
      try {
        byte[] value = aead.decryptDeterministically(encrypted, binding.of(keys, row));
        return append(value, into);
      } catch (GeneralSecurityException e) {
        return Fault.of(
            "not_authentic",
            "as it was encrypted by key "
                + id
                + ": the same bytes, mode, context, field and, if bound to it, sample");
      }
    }

    private RuntimeException unknown(String id) {
      return KeyRefusal.of(
          "unknown",
          "field "
              + field.name()
              + " must be encrypted by an enabled key of "
              + keyset.name()
              + "; found: key "
              + id
              + "; keys: "
              + String.join(", ", keyset.ids())
              + "; fix: name the keyset it was encrypted with, or enable the key (quern keys)");
    }

    private @Nullable Fault append(byte[] value, ColumnBuilder into) {
      if (value.length < type.length
          || !Arrays.equals(value, 0, type.length, type, 0, type.length)) {
        return Fault.of("another_type", "encrypted as " + field.type() + " (see types)");
      }
      if (field.type().equals(Type.TEXT)) {
        into.appendSlice(value, type.length, value.length);
        return null;
      }
      String rule = parser.parse(value, type.length, value.length, into);
      return rule == null ? null : Fault.of(rule, field.type().toString());
    }
  }
}
