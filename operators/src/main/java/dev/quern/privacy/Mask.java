package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.recognise.WrittenDigits;
import dev.quern.privacy.transform.CharacterClasses;
import dev.quern.privacy.transform.Replacement;
import dev.quern.privacy.transform.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Masks the letters and digits of values but for some at either end; separators stay. Where more
 * than half of the letters and digits would stay and fewer than four would not, the value is too
 * short and masked as a whole.
 *
 * @param targets which values
 * @param sign what stands in place of each letter and digit
 * @param keepStart letters and digits that stay at the start
 * @param keepEnd letters and digits that stay at the end
 */
public record Mask(Targets targets, String sign, long keepStart, long keepEnd) implements Mapper {
  private static final int MOST = 100;

  /** Masked characters that protect a value of which more than half stays: 138****5678. */
  private static final int LEAST = 4;

  private static final Param<String> SIGN =
      Param.text("sign", new Localized("What stands in place of each character.", "每个字符的替换符。"))
          .where("one character", text -> text.codePointCount(0, text.length()) == 1)
          .or("*");

  private static final Param<Long> KEEP_START =
      Param.integer(
              "keep_start",
              "characters",
              0,
              MOST,
              new Localized("Letters and digits that stay at the start.", "开头保留的字母和数字个数。"))
          .or(0L);

  private static final Param<Long> KEEP_END =
      Param.integer(
              "keep_end",
              "characters",
              0,
              MOST,
              new Localized("Letters and digits that stay at the end.", "结尾保留的字母和数字个数。"))
          .or(0L);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.mask",
          new Localized(
              "Masks the letters and digits of personal data that was found, or of whole fields.",
              "遮盖检测到的个人数据或整个字段中的字母和数字。"),
          "ISO/IEC 20889:2018, 8.3.1 (masking)",
          2,
          Serving.HOST,
          params(),
          List.of(
              new Example(
                  "{fields: [card], keep_end: 4}",
                  "[{\"card\": \"4111 1111 1111 1234\"}, {\"card\": \"123456\"}]",
                  "[{\"card\": \"**** **** **** 1234\"}, {\"card\": \"******\"}]"),
              new Example(
                  "{sign: \"＊\", keep_start: 1}",
                  "[{\"t\": \"张三丰在\", \"findings\": [{\"field\": \"t\", \"start\": 0, \"end\": 3,"
                      + " \"type\": \"PERSON\"}]}]",
                  "[{\"t\": \"张＊＊在\", \"findings\": []}]")),
          params ->
              new Mask(
                  Targets.of(params),
                  params.get(SIGN),
                  params.get(KEEP_START),
                  params.get(KEEP_END)));

  private static List<Param<?>> params() {
    List<Param<?>> all = new ArrayList<>(Targets.PARAMS);
    all.addAll(List.of(SIGN, KEEP_START, KEEP_END));
    return all;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return targets.reads(input, made);
  }

  @Override
  public Schema output(Schema input) {
    return targets.output(input, StandardRecognisers.all().types());
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    Replacement masked = (type, value, place) -> masked(WrittenDigits.folded(value));
    return targets.mapping(input, output, "mask", masked);
  }

  private String masked(String value) {
    int all = (int) value.codePoints().filter(CharacterClasses::isDrawn).count();
    long kept = keepStart + keepEnd;
    boolean isShort = 2 * kept > all && all - kept < LEAST;
    StringBuilder out = new StringBuilder(value.length());
    int seen = 0;
    for (int at = 0; at < value.length(); ) {
      int point = value.codePointAt(at);
      at += Character.charCount(point);
      if (!CharacterClasses.isDrawn(point)) {
        // Signs of a value that is nothing else are the value.
        appendSign(out, point, all == 0);
        continue;
      }
      boolean stays = !isShort && (seen < keepStart || seen >= all - keepEnd);
      seen++;
      appendSign(out, point, !stays);
    }
    return out.toString();
  }

  private void appendSign(StringBuilder out, int point, boolean isMasked) {
    if (isMasked) {
      out.append(sign);
    } else {
      out.appendCodePoint(point);
    }
  }
}
