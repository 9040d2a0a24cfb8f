package dev.quern.quality;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
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
import dev.quern.quality.cell.CellMapping;
import dev.quern.quality.cell.CellReading;
import dev.quern.quality.cell.CellTarget;
import dev.quern.quality.cell.Otherwise;
import dev.quern.quality.encoding.Entities;
import dev.quern.quality.encoding.Mojibake;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repairs damaged texts, in this order: mojibake (see {@link Mojibake}), character references of
 * HTML (decoded once), line ends (CR LF and CR become LF), control characters but tab and LF, zero
 * width characters (U+200B, U+2060, U+FEFF, U+180E; joiners stay, they bear meaning), full and half
 * width, Unicode normal form. A changed cell is traced under the first rule that changed it.
 *
 * @param fields text fields to repair; absent: all
 * @param mojibake whether texts decoded by the wrong encoding are decoded anew
 * @param entities whether character references are decoded
 * @param lineEnds whether line ends become LF
 * @param controls whether control characters are removed
 * @param zeroWidth whether zero width characters are removed
 * @param width what becomes of full width and half width forms of ASCII
 * @param form the Unicode normal form
 */
public record RepairText(
    Optional<List<String>> fields,
    Repair mojibake,
    Decode entities,
    LineEnds lineEnds,
    Removal controls,
    Removal zeroWidth,
    Width width,
    Form form)
    implements Mapper {

  /** Whether something is repaired. */
  public enum Repair {
    REPAIR,
    KEEP
  }

  /** Whether something is decoded. */
  public enum Decode {
    DECODE,
    KEEP
  }

  /** What becomes of line ends. */
  public enum LineEnds {
    LF,
    KEEP
  }

  /** Whether something is removed. */
  public enum Removal {
    REMOVE,
    KEEP
  }

  /** What becomes of full width and half width forms. */
  public enum Width {
    KEEP,
    HALF,
    FULL
  }

  /** The Unicode normal form. */
  public enum Form {
    NONE,
    NFC,
    NFKC
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields", new Localized("Text fields to repair; all by default.", "要修复的文本字段；默认全部。"))
          .optional();

  private static final Param<Repair> MOJIBAKE =
      Param.choice(
              "mojibake",
              Repair.class,
              new Localized(
                  "Whether text decoded by the wrong encoding is decoded anew, where the result is"
                      + " clearly better.",
                  "是否修复乱码：用错误编码解码的文本，仅当结果明显更好时。"))
          .or(Repair.REPAIR);

  private static final Param<Decode> ENTITIES =
      Param.choice(
              "entities",
              Decode.class,
              new Localized(
                  "Whether character references of HTML such as &amp; are decoded.",
                  "是否解码 HTML 字符引用，例如 &amp;。"))
          .or(Decode.DECODE);

  private static final Param<LineEnds> LINE_ENDS =
      Param.choice(
              "line_ends",
              LineEnds.class,
              new Localized("Whether CR LF and CR become LF.", "是否把 CR LF 和 CR 变为 LF。"))
          .or(LineEnds.LF);

  private static final Param<Removal> CONTROLS =
      Param.choice(
              "controls",
              Removal.class,
              new Localized(
                  "Whether control characters but tab and line ends are removed.",
                  "是否删除制表符和换行以外的控制字符。"))
          .or(Removal.REMOVE);

  private static final Param<Removal> ZERO_WIDTH =
      Param.choice(
              "zero_width",
              Removal.class,
              new Localized("Whether zero width spaces are removed.", "是否删除零宽空格。"))
          .or(Removal.REMOVE);

  private static final Param<Width> WIDTH =
      Param.choice(
              "width",
              Width.class,
              new Localized(
                  "half makes full width letters, digits and signs those of ASCII; full the other"
                      + " way round.",
                  "half 把全角字母、数字和符号变为半角；full 相反。"))
          .or(Width.KEEP);

  private static final Param<Form> FORM =
      Param.choice("form", Form.class, new Localized("The Unicode normal form.", "Unicode 规范化形式。"))
          .or(Form.NFC);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.repair_text",
          new Localized(
              "Repairs mojibake, character references, control characters, width and normal form of"
                  + " texts.",
              "修复文本的乱码、字符引用、控制字符、全半角和规范化形式。"),
          "UAX #15 Unicode Normalization Forms; HTML 4.01 character entity references",
          1,
          Serving.HOST,
          List.of(FIELDS, MOJIBAKE, ENTITIES, LINE_ENDS, CONTROLS, ZERO_WIDTH, WIDTH, FORM),
          List.of(
              new Example(
                  "{}",
                  "[{\"t\": \"cafÃ© â€“ dÃ©jÃ\u00a0 vu\"}, {\"t\": \"ÖÐÎÄÄÚÈÝ\"}, {\"t\":"
                      + " \"a &lt; b\\r\\nc\\u200b\"}, {\"t\": \"café”—\"}]",
                  "[{\"t\": \"café – déjà vu\"}, {\"t\": \"中文内容\"}, {\"t\": \"a < b\\nc\"},"
                      + " {\"t\": \"café”—\"}]"),
              new Example(
                  "{fields: [t], width: half, mojibake: keep, form: none}",
                  "[{\"t\": \"ＡＢＣ１２３！\"}, {\"t\": \"Ã©\"}]",
                  "[{\"t\": \"ABC123!\"}, {\"t\": \"Ã©\"}]")),
          params ->
              new RepairText(
                  params.find(FIELDS),
                  params.get(MOJIBAKE),
                  params.get(ENTITIES),
                  params.get(LINE_ENDS),
                  params.get(CONTROLS),
                  params.get(ZERO_WIDTH),
                  params.get(WIDTH),
                  params.get(FORM)));

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
    List<CellTarget> targets = new ArrayList<>();
    for (int position : positions(input)) {
      Field field = input.field(position);
      targets.add(new CellTarget(position, new Reading(this), List.of(field), "text"));
    }
    return new CellMapping(targets, Otherwise.KEEP);
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT), field -> true);
  }

  private static final class Reading implements CellReading {
    private final Mojibake mojibake = new Mojibake();
    private final RepairText rules;
    private String text = "";
    private @Nullable String change;

    Reading(RepairText rules) {
      this.rules = rules;
    }

    @Override
    public @Nullable String read(Slice slice, ColumnBuilder[] parts) {
      change = null;
      if (isSound(slice)) {
        parts[0].appendSlice(slice.bytes, slice.start, slice.end);
        return null;
      }
      text = slice.text();
      if (rules.mojibake == Repair.REPAIR) {
        became("mojibake", mojibake.repair(text));
      }
      if (rules.entities == Decode.DECODE) {
        became("entities", Entities.decode(text));
      }
      if (rules.lineEnds == LineEnds.LF) {
        became("line_ends", text.replace("\r\n", "\n").replace('\r', '\n'));
      }
      became("control_characters", without(text, rules.controls, Reading::isControl));
      became("zero_width", without(text, rules.zeroWidth, Reading::isZeroWidth));
      if (rules.width != Width.KEEP) {
        became("width", width());
      }
      if (rules.form != Form.NONE) {
        became("normal_form", normal());
      }
      if (change == null) {
        parts[0].appendSlice(slice.bytes, slice.start, slice.end);
      } else {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parts[0].appendSlice(bytes, 0, bytes.length);
      }
      return null;
    }

    /** Whether there is nothing to repair at all: most texts are printable ASCII. */
    private boolean isSound(Slice slice) {
      for (int i = slice.start; i < slice.end; i++) {
        byte b = slice.bytes[i];
        if (b < ' ' && b != '\n' && b != '\t' || b == '&' || b == 0x7f) {
          return false;
        }
      }
      return rules.width != Width.FULL;
    }

    private void became(String rule, String repaired) {
      if (!repaired.equals(text)) {
        text = repaired;
        change = change == null ? rule : change;
      }
    }

    private static String without(
        String text, Removal removal, java.util.function.IntPredicate what) {
      if (removal == Removal.KEEP || text.chars().noneMatch(what)) {
        return text;
      }
      StringBuilder out = new StringBuilder(text.length());
      text.chars().filter(what.negate()).forEach(c -> out.append((char) c));
      return out.toString();
    }

    private static boolean isControl(int c) {
      return c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= 0x7f && c <= 0x9f;
    }

    private static boolean isZeroWidth(int c) {
      return c == 0x200b || c == 0x2060 || c == 0xfeff || c == 0x180e;
    }

    private String width() {
      StringBuilder out = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean half = rules.width == Width.HALF;
        if (half ? c == 0x3000 : c == ' ') {
          c = half ? ' ' : '\u3000';
        } else if (half && c >= 0xff01 && c <= 0xff5e) {
          c -= 0xfee0;
        } else if (!half && c > ' ' && c <= '~') {
          c += 0xfee0;
        }
        out.append(c);
      }
      return out.toString();
    }

    private String normal() {
      Normalizer.Form form = rules.form == Form.NFC ? Normalizer.Form.NFC : Normalizer.Form.NFKC;
      return Normalizer.isNormalized(text, form) ? text : Normalizer.normalize(text, form);
    }

    @Override
    public @Nullable String change() {
      return change;
    }

    @Override
    public double confidence() {
      return "mojibake".equals(change) ? 0.95 : 1;
    }
  }
}
