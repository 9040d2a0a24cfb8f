package dev.quern.privacy;

import com.google.crypto.tink.DeterministicAead;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
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
import dev.quern.privacy.transform.Replacement;
import dev.quern.privacy.transform.Targets;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values with AES-256-SIV; who has the key gets them back by {@code privacy.decrypt}.
 * Missing stays missing. What comes out is text: base64url of the id of the key and the ciphertext,
 * which tells the length of the value and nothing else. Fields are encrypted as a whole; without
 * them what findings name in texts becomes {@code <TYPE:ciphertext>} there.
 *
 * <p>{@code sample_bound} binds each ciphertext to context, field and sample: equal values of two
 * samples look different, and a ciphertext moved elsewhere does not decrypt. {@code deterministic}
 * binds it to the context alone: equal values of any field look equal, so that joins work, and who
 * sees the data can count how often each comes. In both equal input gives equal output, so runs can
 * be repeated.
 *
 * @param targets fields of scalar types, which become text, or findings
 * @param key a keyset for deterministic_aead, or a secret
 * @param mode what ciphertexts are bound to
 * @param context a name that is bound to every ciphertext, for example that of the dataset
 */
public record Encrypt(Targets targets, String key, Mode mode, String context) implements Mapper {

  /** What ciphertexts are bound to. */
  public enum Mode {
    /** To context, field and sample: equal values of two samples look different. */
    SAMPLE_BOUND,
    /** To the context alone: equal values look equal, so that joins work. */
    DETERMINISTIC
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Fields of scalar types, encrypted as a whole. Without it, what the findings name is"
                      + " encrypted.",
                  "整体加密的标量类型字段。未给出时加密检测结果所指的内容。"))
          .optional();

  static final Param<String> KEY =
      Param.key(
          "key",
          new Localized(
              "The keys: key:NAME, a keyset for deterministic_aead, or env:NAME or file:PATH.",
              "密钥：key:NAME（用途为 deterministic_aead 的密钥集），或 env:环境变量名、file:路径。"));

  static final Param<Mode> MODE =
      Param.choice(
              "mode",
              Mode.class,
              new Localized(
                  "sample_bound: equal values look different; deterministic: equal values look equal,"
                      + " so that joins work and frequencies can be counted.",
                  "sample_bound：相同的值看起来不同；deterministic：相同的值看起来相同，可以连接，但频率可见。"))
          .or(Mode.SAMPLE_BOUND);

  static final Param<String> CONTEXT =
      Param.text(
              "context",
              new Localized(
                  "A name bound to every ciphertext, for example the dataset's; decryption must give"
                      + " the same.",
                  "绑定到每个密文的名称，例如数据集名；解密时必须相同。"))
          .or("");

  /** The description; the example's key is derived of the SHA-256 of its reference. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.encrypt",
          new Localized("Encrypts values; who has the key gets them back.", "加密取值；持有密钥者可以还原。"),
          "RFC 5297 (AES-SIV)",
          3,
          Serving.HOST,
          List.of(FIELDS, Targets.FINDINGS, Targets.TYPES, Targets.RECOGNISERS, KEY, MODE, CONTEXT),
          List.of(
              new Example(
                  "{fields: [id], key: \"env:QUERN_KEY\", mode: deterministic}",
                  "[{\"id\": \"ann\", \"x\": 1}, {\"id\": null, \"x\": 2}]",
                  "[{\"id\": \"AUKt_19R3EBNqR47gxgPsPxhCCcRqSfDaBXjszc\", \"x\": 1}, {\"id\": null, \"x\": 2}]"),
              new Example(
                  "{fields: [id], key: \"env:QUERN_KEY\", context: people}",
                  "[{\"id\": 7}, {\"id\": 7}]",
                  "[{\"id\": \"AUKt_18HqQoZRIooFdujYowboEPif7bIpgDy\"}, {\"id\": \"AUKt_18Su-5XKeiJUpVyTWhezxZs2-DcJSXp\"}]"),
              new Example(
                  "{key: \"env:QUERN_KEY\", mode: deterministic}",
                  "[{\"t\": \"for ann\", \"findings\": [{\"field\": \"t\", \"start\": 4, \"end\": 7, \"type\":"
                      + " \"PERSON\"}]}]",
                  "[{\"t\": \"for <PERSON:AUKt_19R3EBNqR47gxgPsPxhCCcRqSfDaBXjszc>\", \"findings\": []}]")),
          params ->
              new Encrypt(
                  Targets.of(params, FIELDS),
                  params.get(KEY),
                  params.get(MODE),
                  params.get(CONTEXT)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return targets.reads(input, made);
  }

  /** Samples that are asked for at serving have no ids, so nothing can be bound to them. */
  @Override
  public Serving serving(Schema input, Serving declared) {
    return mode == Mode.DETERMINISTIC ? declared : Serving.TRAINING_ONLY;
  }

  @Override
  public Schema output(Schema input) {
    if (targets.fields().isEmpty()) {
      return targets.output(input, StandardRecognisers.all().types());
    }
    targets.checkAlone();
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(input.field(position).typed(Type.TEXT));
    }
    return output;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    DeterministicAead aead =
        run.secrets().keyset(key, Purpose.DETERMINISTIC_AEAD).deterministicAead();
    if (targets.fields().isEmpty()) {
      return targets.mapping(input, output, "encrypted", new InTexts(aead, mode, context));
    }
    return new CellMapping(
        output,
        positions(input),
        "encrypted",
        position ->
            new Encryption(
                aead,
                new Binding(mode, context, input.field(position).name()),
                input.field(position)));
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input,
        "fields",
        targets.fields().orElseThrow(),
        "of a scalar type",
        field -> field.type().isScalar());
  }

  /** The type goes with the value, so that 7 and "7" are two, and nobody reads one as the other. */
  static byte[] typed(Type type) {
    return (type + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encrypted(DeterministicAead aead, byte[] value, byte[] binding) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encode(aead.encryptDeterministically(value, binding));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-SIV must encrypt", e);
    }
  }

  /** Encrypts what findings name; bound like the cell in which it stands. */
  private static final class InTexts implements Replacement {
    private static final byte[] TEXT = typed(Type.TEXT);

    private final DeterministicAead aead;
    private final Mode mode;
    private final String context;
    private final Map<String, Binding> bindings = new HashMap<>();

    InTexts(DeterministicAead aead, Mode mode, String context) {
      this.aead = aead;
      this.mode = mode;
      this.context = context;
    }

    @Override
    public String of(String type, String value, Place place) {
      String field = place.batch().schema().field(place.field()).name();
      Binding binding = bindings.computeIfAbsent(field, name -> new Binding(mode, context, name));
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      byte[] typed = Arrays.copyOf(TEXT, TEXT.length + text.length);
      System.arraycopy(text, 0, typed, TEXT.length, text.length);
      byte[] written = encrypted(aead, typed, binding.of(place.batch().keys(), place.row()));
      return "<" + type + ":" + new String(written, StandardCharsets.US_ASCII) + ">";
    }

    @Override
    public boolean isNeeded() {
      return true;
    }
  }

  private static final class Encryption implements CellMapping.CellChange {
    private final DeterministicAead aead;
    private final Binding binding;
    private final byte[] type;
    private final ValueWriter writer = new ValueWriter();

    Encryption(DeterministicAead aead, Binding binding, Field field) {
      this.aead = aead;
      this.binding = binding;
      this.type = typed(field.type());
    }

    @Override
    public @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into) {
      Utf8Buffer value = new Utf8Buffer();
      value.putBytes(type, 0, type.length);
      writer.write(column, row, value);
      byte[] text =
          encrypted(aead, Arrays.copyOf(value.bytes(), value.length()), binding.of(keys, row));
      into.appendSlice(text, 0, text.length);
      return null;
    }
  }
}
