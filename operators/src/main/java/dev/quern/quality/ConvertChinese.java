package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
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
import dev.quern.quality.script.PhraseTable;
import dev.quern.text.Utf8Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes Chinese texts in simplified or in traditional characters, by the dictionaries of OpenCC:
 * the longest phrase from left to right, then single characters, so that 头发 becomes 頭髮 and 发展 發展.
 * Other text stays.
 *
 * @param fields text fields to convert; absent: all
 * @param to the script that comes out
 */
public record ConvertChinese(Optional<List<String>> fields, To to) implements Mapper {

  /** A script of Chinese. */
  public enum To {
    SIMPLIFIED,
    TRADITIONAL
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields", new Localized("Text fields to convert; all by default.", "要转换的文本字段；默认全部。"))
          .optional();

  private static final Param<To> TO =
      Param.choice("to", To.class, new Localized("The script that comes out.", "输出的字体：简体或繁体。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.convert_chinese",
          new Localized(
              "Writes Chinese texts in simplified or traditional characters.", "在简体与繁体中文之间转换文本。"),
          "OpenCC dictionaries STPhrases, STCharacters, TSPhrases, TSCharacters (Apache-2.0)",
          1,
          Serving.HOST,
          List.of(FIELDS, TO),
          List.of(
              new Example(
                  "{to: simplified}",
                  "[{\"t\": \"頭髮與發展, Quern\"}, {\"t\": \"一目瞭然\"}]",
                  "[{\"t\": \"头发与发展, Quern\"}, {\"t\": \"一目了然\"}]"),
              new Example(
                  "{fields: [t], to: traditional}",
                  "[{\"t\": \"头发与发展\", \"u\": \"头发\"}]",
                  "[{\"t\": \"頭髮與發展\", \"u\": \"头发\"}]")),
          params -> new ConvertChinese(params.find(FIELDS), params.get(TO)));

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
    PhraseTable table =
        to == To.SIMPLIFIED ? PhraseTable.toSimplified() : PhraseTable.toTraditional();
    return new TextMapping(positions(input), "chinese_script", new Conversion(table));
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT), field -> true);
  }

  private static final class Conversion implements TextChange {
    private final PhraseTable table;
    private final Utf8Buffer converted = new Utf8Buffer();

    Conversion(PhraseTable table) {
      this.table = table;
    }

    @Override
    public boolean apply(Slice text) {
      if (table.convert(text.bytes, text.start, text.end, converted)) {
        text.set(converted.bytes(), 0, converted.length());
      }
      return true;
    }
  }
}
