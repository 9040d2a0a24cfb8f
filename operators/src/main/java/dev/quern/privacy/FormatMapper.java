package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.key.Purpose;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.Param;
import dev.quern.operator.StepRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** FF1 on text fields, one way or the other. */
interface FormatMapper extends Mapper {
  Param<List<String>> FIELDS = Param.fields("fields", new Localized("Text fields.", "文本字段。"));

  Param<String> KEY =
      Param.key(
          "key",
          new Localized(
              "The keys: key:NAME, a keyset for ff1, or env:NAME or file:PATH.",
              "密钥：key:NAME（用途为 ff1 的密钥集），或 env:环境变量名、file:路径。"));

  Param<String> TWEAK =
      Param.text(
              "tweak",
              new Localized(
                  "The name that goes into the encryption; by default that of the field. Fields that"
                      + " are to be joined need one.",
                  "参与加密的名称；默认为字段名。需要相互连接的字段应使用同一名称。"))
          .optional();

  List<Param<?>> PARAMS = List.of(FIELDS, KEY, FormatAlphabet.ALPHABET, TWEAK);

  /** Returns the text fields. */
  List<String> fields();

  /** Returns a keyset for ff1, or a secret. */
  String key();

  /** Returns what the texts are made of. */
  String alphabet();

  /** Returns what the fields are called in FF1, where that is not their name. */
  Optional<String> tweak();

  /** Returns which way. */
  FormatChange.Way way();

  @Override
  default Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  default Schema output(Schema input) {
    positions(input);
    return input;
  }

  @Override
  default Mapping bind(Schema input, Schema output, StepRun run) {
    return new CellMapping(
        output,
        positions(input),
        way().rule(),
        position ->
            new FormatChange(
                run.secrets().keyset(key(), Purpose.FF1),
                FormatAlphabet.of(alphabet()),
                tweak().orElse(input.field(position).name()),
                way()));
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, FIELDS.name(), fields(), "text", field -> field.type().equals(Type.TEXT));
  }
}
