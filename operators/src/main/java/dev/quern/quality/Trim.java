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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes white space at both ends of texts: every character with the Unicode property White_Space,
 * the ideographic space U+3000 among them. A blank text becomes empty, not missing.
 *
 * @param fields text fields to trim; absent: all
 * @param inner what happens to white space within the text
 */
public record Trim(Optional<List<String>> fields, Inner inner) implements Mapper {

  /** What happens to white space within a text. */
  public enum Inner {
    /** It stays. */
    KEEP,
    /** Each run of it becomes one space (U+0020). */
    SINGLE
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields", new Localized("Text fields to trim; all by default.", "要去除空白的文本字段；默认全部。"))
          .optional();

  private static final Param<Inner> COLLAPSE =
      Param.choice(
              "collapse",
              Inner.class,
              new Localized(
                  "single makes each run of white space within the text one space.",
                  "single 把文本内部的连续空白合并为一个空格。"))
          .or(Inner.KEEP);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.trim",
          new Localized("Removes white space at both ends of texts.", "去除文本首尾的空白。"),
          "The Unicode Standard, property White_Space (PropList.txt)",
          1,
          Serving.HOST,
          List.of(FIELDS, COLLAPSE),
          List.of(
              new Example("{}", "[{\"name\": \"\u3000李 雷 \\t\"}]", "[{\"name\": \"李 雷\"}]"),
              new Example(
                  "{fields: [a], collapse: single}",
                  "[{\"a\": \" x \\n\\n y \", \"b\": \" z \"}]",
                  "[{\"a\": \"x y\", \"b\": \" z \"}]")),
          params -> new Trim(params.find(FIELDS), params.get(COLLAPSE)));

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
    return new TextMapping(
        positions(input), "trimmed", inner == Inner.KEEP ? Trim::ends : new Single());
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT), field -> true);
  }

  private static boolean ends(Slice text) {
    WhiteSpace.trim(text);
    return true;
  }

  /** Trims and makes each inner run one space; allocates only where there is a run to change. */
  private static final class Single implements TextChange {
    private byte[] scratch = new byte[256];

    @Override
    public boolean apply(Slice text) {
      WhiteSpace.trim(text);
      byte[] bytes = text.bytes;
      int end = text.end;
      int run = WhiteSpace.firstRun(bytes, text.start, end);
      if (run == end) {
        return true;
      }
      if (scratch.length < text.length()) {
        scratch = new byte[2 * text.length()];
      }
      int length = 0;
      int at = text.start;
      while (run < end) {
        System.arraycopy(bytes, at, scratch, length, run - at);
        length += run - at;
        scratch[length++] = ' ';
        at = run;
        int white;
        while ((white = WhiteSpace.lengthAt(bytes, at, end)) > 0) {
          at += white;
        }
        run = WhiteSpace.firstRun(bytes, at, end);
      }
      System.arraycopy(bytes, at, scratch, length, end - at);
      text.set(scratch, 0, length + end - at);
      return true;
    }
  }
}
