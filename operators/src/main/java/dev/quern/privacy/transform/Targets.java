package dev.quern.privacy.transform;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.privacy.recognise.CellText;
import dev.quern.privacy.recognise.own.OwnRecognisers;
import dev.quern.text.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which values a step replaces: those of named fields as a whole, or what was found in texts. The
 * recipe gives one of both; without {@code fields} findings are meant.
 *
 * @param fields fields whose values are replaced as a whole
 * @param findings the field of findings
 * @param types types of findings to replace; absent: all
 * @param own recognisers of the user, whose types are known too
 */
public record Targets(
    Optional<List<String>> fields,
    Optional<String> findings,
    Optional<List<String>> types,
    Optional<OwnRecognisers> own) {
  private static final String DEFAULT = "findings";

  /** Fields replaced as a whole. */
  public static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Fields (text, numbers but float, bool, date, timestamp) whose values are replaced"
                      + " as a whole; they become text. Without it, what the findings name is"
                      + " replaced; numbers and dates stay such, or become missing.",
                  "整体替换取值的字段（文本、float 以外的数值、布尔、日期、时间戳），结果为文本。"
                      + "未给出时替换检测结果所指的内容；数字与日期保持原类型，无法表示时变为缺失。"))
          .optional();

  /** The field of findings. */
  public static final Param<String> FINDINGS =
      Param.field(
              "findings",
              new Localized(
                  "The field of findings, as privacy.detect adds it; findings by default.",
                  "privacy.detect 所加的检测结果字段；默认 findings。"))
          .optional();

  /** Types of findings. */
  public static final Param<List<String>> TYPES =
      Param.texts(
              "types",
              new Localized(
                  "Types of findings to replace, for example EMAIL; all by default.",
                  "要替换的检测类型，例如 EMAIL；默认全部。"))
          .optional();

  /** Files of recognisers of the user. */
  public static final Param<OwnRecognisers> RECOGNISERS =
      OwnRecognisers.param(
          new Localized(
              "YAML files of own recognisers, as privacy.detect takes them, whose types may be named.",
              "自定义识别器的 YAML 文件（与 privacy.detect 相同），其类型可在此引用。"));

  /** All four, for specs. */
  public static final List<Param<?>> PARAMS = List.of(FIELDS, FINDINGS, TYPES, RECOGNISERS);

  /** Reads them. */
  public static Targets of(Params params) {
    return of(params, FIELDS);
  }

  /** Reads them; {@code fields} takes fields of other types as well. */
  public static Targets of(Params params, Param<List<String>> fields) {
    return new Targets(
        params.find(fields), params.find(FINDINGS), params.find(TYPES), params.find(RECOGNISERS));
  }

  /**
   * Returns what comes out: named fields become text, findings stay findings.
   *
   * @param shipped the types that findings can have beside those of {@link #own}: a misspelt one
   *     would leave all of its type in clear
   * @throws BindException if they do not fit {@code input}
   */
  public Schema output(Schema input, List<String> shipped) {
    List<String> known = own.map(given -> given.types(shipped)).orElse(shipped);
    for (String type : types.orElse(List.of())) {
      check(TYPES.name(), type, known);
    }
    if (fields.isEmpty()) {
      FindingSpans.of(input.field(position(input)), FINDINGS.name());
      return input;
    }
    checkAlone();
    Schema output = input;
    for (int position : positions(input, fields.get())) {
      output = output.with(input.field(position).typed(Type.TEXT));
    }
    return output;
  }

  /**
   * Checks that fields to replace as a whole do not stand beside findings.
   *
   * @throws BindException if they do
   */
  public void checkAlone() {
    if (fields.isPresent() && (findings.isPresent() || types.isPresent())) {
      throw new BindException(
          FIELDS.name(),
          "must stand without findings and types, which are for values found in texts; found: both");
    }
  }

  /**
   * Checks that {@code type} is one of {@code known}.
   *
   * @throws BindException if it is not
   */
  public static void check(String param, String type, List<String> known) {
    if (!known.contains(type)) {
      throw new BindException(
          param,
          "must name types of findings; found: "
              + type
              + Suggestion.of(type, known)
              + "; types: "
              + String.join(", ", known));
    }
  }

  /** Returns the fields of {@code input} that {@code made} come from. */
  public Set<String> reads(Schema input, Set<String> made) {
    if (fields.isPresent()) {
      return made;
    }
    Set<String> all = new LinkedHashSet<>(made);
    all.add(findings.orElse(DEFAULT));
    return all;
  }

  /**
   * Returns the code that replaces them.
   *
   * @param action what is done, as it stands in traces, for example {@code redact}
   */
  public Mapping mapping(Schema input, Schema output, String action, Replacement replacement) {
    if (fields.isPresent()) {
      return new WholeMapping(positions(input, fields.get()), output, action, replacement);
    }
    int position = position(input);
    return new SpanMapping(
        position,
        FindingSpans.of(input.field(position), FINDINGS.name()),
        types.map(Set::copyOf),
        action,
        replacement);
  }

  private int position(Schema input) {
    String name = findings.orElse(DEFAULT);
    if (findings.isEmpty() && input.indexOf(name) < 0) {
      throw new BindException(
          FIELDS.name(),
          "must be given where there are no findings; found: neither; name fields, or put"
              + " privacy.detect before this step");
    }
    return FieldChoice.position(input, FINDINGS.name(), name);
  }

  private static int[] positions(Schema input, List<String> names) {
    return FieldChoice.named(
        input,
        FIELDS.name(),
        names,
        "text, long, double, decimal, bool, date or timestamp",
        Targets::canBeText);
  }

  private static boolean canBeText(Field field) {
    return field.type().equals(Type.BOOL) || CellText.isOf(field.type());
  }
}
