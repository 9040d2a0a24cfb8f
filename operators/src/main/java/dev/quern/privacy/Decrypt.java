package dev.quern.privacy;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
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
import dev.quern.privacy.recognise.NestedValues;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
 * @param what what was encrypted
 */
public record Decrypt(
    List<String> fields,
    String key,
    Encrypt.Mode mode,
    String context,
    Map<String, Type> types,
    What what)
    implements Mapper {
  /** What was encrypted. */
  public enum What {
    /** Values of fields as a whole. */
    VALUES,
    /** Findings in texts, which stand there as {@code <TYPE:ciphertext>}. */
    FINDINGS
  }

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

  private static final Param<What> WHAT =
      Param.choice(
              "what",
              What.class,
              new Localized(
                  "What was encrypted: values, as a whole, or findings in texts, which stand there as"
                      + " <TYPE:ciphertext>.",
                  "加密的内容：values 为整个取值；findings 为文本中的检测结果，写作 <类型:密文>。"))
          .or(What.VALUES);

  /** The description; the example's key is derived of the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.decrypt",
          new Localized("Undoes privacy.encrypt with the key.", "用密钥还原 privacy.encrypt 的结果。"),
          "RFC 5297 (AES-SIV)",
          2,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, Encrypt.KEY, Encrypt.MODE, Encrypt.CONTEXT, TYPES, WHAT),
          List.of(
              new Example(
                  "{fields: [id], key: \"env:QUERN_KEY\", mode: deterministic}",
                  "[{\"id\": \"AUKt_19R3EBNqR47gxgPsPxhCCcRqSfDaBXjszc\", \"x\": 1}, {\"id\": null, \"x\": 2}]",
                  "[{\"id\": \"ann\", \"x\": 1}, {\"id\": null, \"x\": 2}]"),
              new Example(
                  "{fields: [t], key: \"env:QUERN_KEY\", mode: deterministic, what: findings}",
                  "[{\"t\": \"for <PERSON:AUKt_19R3EBNqR47gxgPsPxhCCcRqSfDaBXjszc> 李\"}]",
                  "[{\"t\": \"for ann 李\"}]")),
          params ->
              new Decrypt(
                  params.get(FIELDS),
                  params.get(Encrypt.KEY),
                  params.get(Encrypt.MODE),
                  params.get(Encrypt.CONTEXT),
                  params.get(TYPES),
                  params.get(WHAT)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (Map.Entry<String, Type> entry : types.entrySet()) {
      boolean text = what == What.VALUES || entry.getValue().equals(Type.TEXT);
      if (!fields.contains(entry.getKey()) || !entry.getValue().isScalar() || !text) {
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
      if (field.type().isScalar()) {
        output = output.with(field.typed(types.getOrDefault(field.name(), Type.TEXT)));
      }
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
          Binding binding = new Binding(mode, context, field.name());
          if (what == What.VALUES) {
            return new Whole(new Opening(keyset, binding, field));
          }
          InTexts texts = new InTexts(new Opening(keyset, binding, field.typed(Type.TEXT)));
          return field.type().isScalar() ? texts : new Within(texts, field);
        });
  }

  private int[] positions(Schema input) {
    return what == What.VALUES
        ? FieldChoice.named(
            input, "fields", fields, "text", field -> field.type().equals(Type.TEXT))
        : FieldChoice.named(
            input,
            "fields",
            fields,
            "text, or lists and structs that hold text",
            field ->
                field.type().equals(Type.TEXT)
                    || NestedValues.areIn(field.type(), Type.TEXT::equals));
  }

  /** Decrypts values that are encrypted as a whole. */
  private static final class Whole implements CellMapping.CellChange {
    private final Opening opening;
    private final ValueParser parser;
    private final Slice slice = new Slice();

    Whole(Opening opening) {
      this.opening = opening;
      this.parser = ValueParser.of(opening.field.type());
    }

    @Override
    public @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into) {
      column.sliceAt(row, slice);
      Fault fault =
          opening.open(Arrays.copyOfRange(slice.bytes, slice.start, slice.end), keys, row);
      if (fault != null) {
        return fault;
      }
      byte[] value = opening.value;
      int start = opening.type.length;
      if (opening.field.type().equals(Type.TEXT)) {
        into.appendSlice(value, start, value.length);
        return null;
      }
      String rule = parser.parse(value, start, value.length, into);
      return rule == null ? null : Fault.of(rule, opening.field.type().toString());
    }
  }

  /** Decrypts what stands encrypted in the texts of a list or struct. */
  private static final class Within implements CellMapping.CellChange {
    private final InTexts opening;
    private final Field field;

    Within(InTexts opening, Field field) {
      this.opening = opening;
      this.field = field;
    }

    @Override
    public @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into) {
      Map<NestedValues.Path, String> texts = new HashMap<>();
      List<Fault> faults = new ArrayList<>();
      NestedValues.each(
          field,
          column,
          row,
          (path, name, values, at) -> {
            if (values.type().equals(Type.TEXT)) {
              Fault fault = opening.open(values, at, keys, row);
              if (fault == null) {
                texts.put(path, opening.text());
              } else {
                faults.add(fault);
              }
            }
          });
      if (!faults.isEmpty()) {
        return faults.get(0);
      }
      NestedValues.copy(
          field, column, row, (path, v, r, out) -> copied(texts.get(path), out), into);
      return null;
    }
  }

  private static boolean copied(@Nullable String text, ColumnBuilder into) {
    if (text != null) {
      into.appendText(text);
    }
    return text != null;
  }

  /** Decrypts what stands encrypted in texts; the rest of them stays as it is. */
  private static final class InTexts implements CellMapping.CellChange {
    /** Base64 characters of the shortest ciphertext: 5 bytes of key, 16 of SIV, type and value. */
    private static final int SHORTEST = 28;

    private final Opening opening;
    private final Slice slice = new Slice();
    private final Utf8Buffer made = new Utf8Buffer();

    InTexts(Opening opening) {
      this.opening = opening;
    }

    @Override
    public @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into) {
      Fault fault = open(column, row, keys, row);
      if (fault == null) {
        into.appendSlice(made.bytes(), 0, made.length());
      }
      return fault;
    }

    /** Opens the text in row {@code at} of a column of the sample in {@code row}. */
    @Nullable Fault open(Column column, int at, Keys keys, int row) {
      column.sliceAt(at, slice);
      return opened(keys, row);
    }

    String text() {
      return new String(made.bytes(), 0, made.length(), StandardCharsets.UTF_8);
    }

    private @Nullable Fault opened(Keys keys, int row) {
      made.reset();
      int copied = slice.start;
      for (int at = slice.start; at < slice.end; at++) {
        int from = slice.bytes[at] == '<' ? ciphertext(at + 1) : -1;
        int to = from < 0 ? -1 : end(from);
        if (to < 0) {
          continue;
        }
        Fault fault = opening.open(Arrays.copyOfRange(slice.bytes, from, to), keys, row);
        if (fault != null) {
          return fault;
        }
        int start = opening.type.length;
        made.putBytes(slice.bytes, copied, at);
        made.putBytes(opening.value, start, opening.value.length);
        copied = to + 1;
        at = to;
      }
      made.putBytes(slice.bytes, copied, slice.end);
      return null;
    }

    /** Returns where the ciphertext begins behind a type and a colon, -1 if there is none. */
    private int ciphertext(int start) {
      int at = start;
      while (at < slice.end && isType(slice.bytes[at])) {
        at++;
      }
      return at > start && at < slice.end && slice.bytes[at] == ':' ? at + 1 : -1;
    }

    private int end(int start) {
      int at = start;
      while (at < slice.end && isBase64(slice.bytes[at])) {
        at++;
      }
      boolean whole = at - start >= SHORTEST && at < slice.end && slice.bytes[at] == '>';
      return whole ? at : -1;
    }

    private static boolean isType(byte sign) {
      return sign >= 'A' && sign <= 'Z' || sign >= '0' && sign <= '9' || sign == '_';
    }

    private static boolean isBase64(byte sign) {
      return sign >= 'a' && sign <= 'z' || isType(sign) || sign == '-';
    }
  }
}
