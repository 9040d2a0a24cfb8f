package dev.quern.quality.rule;

import dev.quern.data.Type;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters that state requirements. */
public final class Requirements {
  private static final Param<List<String>> TYPE =
      Param.texts(
              "type",
              new Localized(
                  "Types of which a value must have one; a text has those it can be read as.",
                  "值必须属于其中一种类型；文本可读作某类型即属于该类型。"))
          .optional();

  private static final Param<List<String>> FORMAT =
      Param.texts(
              "format",
              new Localized(
                  "Formats of dates and times, of which a text must have one, in the directives of"
                      + " strftime, for example %Y-%m-%d.",
                  "日期与时间格式（strftime 指令，如 %Y-%m-%d），文本必须符合其中之一。"))
          .optional();

  private static final Param<List<String>> PATTERN =
      Param.texts(
              "pattern",
              new Localized(
                  "Regular expressions of RE2 that must be found in a text.",
                  "文本中必须出现的 RE2 正则表达式。"))
          .optional();

  private static final Param<List<String>> NOT_PATTERN =
      Param.texts(
              "not_pattern",
              new Localized(
                  "Regular expressions of RE2 that must not be found in a text.",
                  "文本中不得出现的 RE2 正则表达式。"))
          .optional();

  private static final Param<List<String>> LIKE =
      Param.texts(
              "like",
              new Localized(
                  "Patterns that the whole text must be like: % is any text, _ one character.",
                  "整个文本必须符合的 LIKE 模式：% 为任意文本，_ 为一个字符。"))
          .optional();

  private static final Param<List<String>> NOT_LIKE =
      Param.texts(
              "not_like",
              new Localized("Patterns that the whole text must not be like.", "整个文本不得符合的 LIKE 模式。"))
          .optional();

  private static final Param<Match> MATCH =
      Param.choice(
              "match",
              Match.class,
              new Localized(
                  "How many of the patterns must match: any one or all.", "须匹配的模式数量：任一或全部。"))
          .or(Match.ANY);

  private static final Param<Object> MIN = bound("min", "Least value, inclusive.", "最小值（含）。");
  private static final Param<Object> MAX = bound("max", "Greatest value, inclusive.", "最大值（含）。");
  private static final Param<Object> ABOVE = bound("above", "Lower bound, exclusive.", "下界（不含）。");
  private static final Param<Object> BELOW = bound("below", "Upper bound, exclusive.", "上界（不含）。");

  private static final Param<List<Object>> SET =
      Param.scalars("set", new Localized("The values that are valid.", "有效的值。")).optional();

  private static final Param<List<Object>> NOT_IN =
      Param.scalars("not_in", new Localized("Values that are not valid.", "无效的值。")).optional();

  private static final Param<Long> MIN_LENGTH =
      length("min_length", "Fewest characters of a text.", "文本的最少字符数。");
  private static final Param<Long> MAX_LENGTH =
      length("max_length", "Most characters of a text.", "文本的最多字符数。");

  private static final Param<Checksum> CHECKSUM =
      Param.choice(
              "checksum",
              Checksum.class,
              new Localized("How the check character of a number is computed.", "号码校验位的计算方法。"))
          .optional();

  private static final Param<String> JSON_SCHEMA =
      Param.text(
              "json_schema",
              new Localized(
                  "A JSON Schema that a text must fit as JSON; {} takes any JSON.",
                  "文本作为 JSON 必须符合的 JSON Schema；{} 接受任何 JSON。"))
          .optional();

  /** All of them, in the order of the documentation. */
  public static final List<Param<?>> PARAMS =
      List.of(
          TYPE,
          FORMAT,
          PATTERN,
          NOT_PATTERN,
          LIKE,
          NOT_LIKE,
          MATCH,
          MIN,
          MAX,
          ABOVE,
          BELOW,
          SET,
          NOT_IN,
          MIN_LENGTH,
          MAX_LENGTH,
          CHECKSUM,
          JSON_SCHEMA);

  private Requirements() {}

  private static Param<Object> bound(String name, String english, String chinese) {
    return Param.scalar(name, new Localized(english, chinese)).optional();
  }

  private static Param<Long> length(String name, String english, String chinese) {
    return Param.integer(name, "characters", 0, Long.MAX_VALUE, new Localized(english, chinese))
        .optional();
  }

  /**
   * Returns the requirements that {@code params} state, at least one.
   *
   * @throws IllegalArgumentException if there are none or they contradict each other
   */
  public static List<Requirement> of(Params params) {
    List<Requirement> all = new ArrayList<>();
    Match match = params.get(MATCH);
    params.find(TYPE).ifPresent(found -> all.add(new TypeRule(types(found))));
    params.find(FORMAT).ifPresent(found -> all.add(new FormatRule(found)));
    params.find(PATTERN).ifPresent(found -> all.add(new PatternRule(found, match, true)));
    params.find(NOT_PATTERN).ifPresent(found -> all.add(new PatternRule(found, match, false)));
    params.find(LIKE).ifPresent(found -> all.add(new LikeRule(found, match, true)));
    params.find(NOT_LIKE).ifPresent(found -> all.add(new LikeRule(found, match, false)));
    range(params).ifPresent(all::add);
    params.find(SET).ifPresent(found -> all.add(new SetRule(found, true)));
    params.find(NOT_IN).ifPresent(found -> all.add(new SetRule(found, false)));
    OptionalLong least = longs(params.find(MIN_LENGTH));
    OptionalLong most = longs(params.find(MAX_LENGTH));
    if (least.isPresent() || most.isPresent()) {
      all.add(new LengthRule(least, most));
    }
    params.find(CHECKSUM).ifPresent(found -> all.add(new ChecksumRule(found)));
    params.find(JSON_SCHEMA).ifPresent(found -> all.add(new JsonRule(found)));
    if (all.isEmpty()) {
      List<String> names = new ArrayList<>();
      PARAMS.forEach(param -> names.add(param.name()));
      names.remove(MATCH.name());
      throw new IllegalArgumentException(
          "a rule must be given: one of " + String.join(", ", names) + "; found: none");
    }
    return all;
  }

  private static List<Type> types(List<String> names) {
    List<Type> types = new ArrayList<>();
    names.forEach(name -> types.add(Type.parse(name)));
    return types;
  }

  private static OptionalLong longs(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Optional<Requirement> range(Params params) {
    Optional<RangeRule.Bound> low = bound(params, MIN, ABOVE);
    Optional<RangeRule.Bound> high = bound(params, MAX, BELOW);
    return low.isEmpty() && high.isEmpty()
        ? Optional.empty()
        : Optional.of(new RangeRule(low, high));
  }

  private static Optional<RangeRule.Bound> bound(
      Params params, Param<Object> inclusive, Param<Object> exclusive) {
    Optional<Object> with = params.find(inclusive);
    Optional<Object> without = params.find(exclusive);
    if (with.isPresent() && without.isPresent()) {
      throw new IllegalArgumentException(
          inclusive.name() + " must stand without " + exclusive.name() + "; found: both");
    }
    return with.map(value -> new RangeRule.Bound(inclusive.name(), value, true))
        .or(() -> without.map(value -> new RangeRule.Bound(exclusive.name(), value, false)));
  }
}
