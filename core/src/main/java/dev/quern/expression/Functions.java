package dev.quern.expression;

import dev.quern.expression.ExpressionFunction.Missing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of all functions: what they are called, take, mean and how they are bound. */
final class Functions {
  /** Makes a call of a function of checked arguments. */
  interface Factory {
    Bound bind(Binder binder, Node.Call call, List<Bound> arguments);
  }

  /**
   * A function.
   *
   * @param least fewest arguments
   * @param most most arguments
   */
  record Definition(ExpressionFunction documented, int least, int most, Factory factory) {}

  private static final Map<String, Definition> BY_NAME = new LinkedHashMap<>();

  private Functions() {}

  static @Nullable Definition find(String name) {
    return BY_NAME.get(name);
  }

  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  static List<ExpressionFunction> documentation() {
    List<ExpressionFunction> all = new ArrayList<>();
    BY_NAME.values().forEach(definition -> all.add(definition.documented()));
    return all;
  }

  private static void put(
      String signature,
      Missing missing,
      int least,
      int most,
      Factory factory,
      String english,
      String chinese) {
    ExpressionFunction documented = new ExpressionFunction(signature, english, chinese, missing);
    BY_NAME.put(documented.name(), new Definition(documented, least, most, factory));
  }

  private static final int MANY = Integer.MAX_VALUE;

  static {
    texts();
    missing();
    numbers();
    times();
    others();
  }

  private static void texts() {
    put(
        "lower(text) → text",
        Missing.SPREADS,
        1,
        1,
        TextFunctions::lower,
        "The text in lower case.",
        "转换为小写的文本。");
    put(
        "upper(text) → text",
        Missing.SPREADS,
        1,
        1,
        TextFunctions::upper,
        "The text in upper case.",
        "转换为大写的文本。");
    put(
        "trim(text) → text",
        Missing.SPREADS,
        1,
        1,
        TextFunctions::trim,
        "The text without white space at both ends, the ideographic space too.",
        "去掉两端空白(包括全角空格)的文本。");
    put(
        "length(text) → long",
        Missing.SPREADS,
        1,
        1,
        TextFunctions::length,
        "The number of characters (Unicode code points).",
        "字符数(Unicode 码点)。");
    put(
        "byte_length(text or bytes) → long",
        Missing.SPREADS,
        1,
        1,
        TextFunctions::byteLength,
        "The number of bytes; texts in UTF-8.",
        "字节数;文本按 UTF-8 计。");
    put(
        "substring(text, long[, long]) → text",
        Missing.SPREADS,
        2,
        3,
        TextFunctions::substring,
        "The characters from a position (the first is 1) on, at most as many as the third argument"
            + " says; missing if that is negative.",
        "从某位置(首字符为 1)起的字符,至多第三个参数所给的个数;个数为负时缺失。");
    put(
        "replace(text, text, text) → text",
        Missing.SPREADS,
        3,
        3,
        TextFunctions::replace,
        "The text with each occurrence of the second in place of which stands the third.",
        "把文本中每处第二个参数替换为第三个参数。");
    put(
        "contains(text, text) → bool",
        Missing.SPREADS,
        2,
        2,
        TextFunctions::contains,
        "Whether the first text contains the second.",
        "第一个文本是否包含第二个。");
    put(
        "starts_with(text, text) → bool",
        Missing.SPREADS,
        2,
        2,
        TextFunctions::startsWith,
        "Whether the first text starts with the second.",
        "第一个文本是否以第二个开头。");
    put(
        "ends_with(text, text) → bool",
        Missing.SPREADS,
        2,
        2,
        TextFunctions::endsWith,
        "Whether the first text ends with the second.",
        "第一个文本是否以第二个结尾。");
    put(
        "concat(T, …) → text",
        Missing.SKIPPED,
        1,
        MANY,
        TextFunctions::concat,
        "The values as one text; || does the same for texts but is missing where one is.",
        "把各值连成一个文本;|| 对文本作用相同,但任一缺失则结果缺失。");
    put(
        "regexp_like(text, 'pattern') → bool",
        Missing.SPREADS,
        2,
        2,
        TextFunctions::regexpLike,
        "Whether the regular expression (java.util.regex) is found in the text; slow, and some"
            + " patterns are very slow; missing where matching needs too much memory.",
        "文本中是否出现该正则表达式(java.util.regex);较慢,某些模式非常慢;匹配所需内存过大时缺失。");
    put(
        "words(text) → long",
        Missing.SPREADS,
        1,
        1,
        TextFunctions::words,
        "The number of words: runs of letters and digits; each Han or kana character is one.",
        "词数:连续的字母和数字为一词;每个汉字或假名为一词。");
    put(
        "char_count_han(text) → long",
        Missing.SPREADS,
        1,
        1,
        TextFunctions::han,
        "The number of Han characters.",
        "汉字个数。");
  }

  private static void missing() {
    put(
        "coalesce(T, …) → T",
        Missing.SKIPPED,
        1,
        MANY,
        ValueFunctions::coalesce,
        "The first value that is not missing.",
        "第一个不缺失的值。");
    put(
        "nullif(T, T) → T",
        Missing.SEEN,
        2,
        2,
        ValueFunctions::nullif,
        "The first value, missing where it equals the second.",
        "第一个值;等于第二个值时缺失。");
    put(
        "if(bool, T, T) → T",
        Missing.SEEN,
        3,
        3,
        ValueFunctions::choose,
        "The second value where the first is true, else (false or missing) the third.",
        "条件为真时取第二个值,否则(为假或缺失)取第三个。");
    put(
        "is_missing(T) → bool",
        Missing.SEEN,
        1,
        1,
        ValueFunctions::isMissing,
        "Whether the value is missing, or a text of white space alone, or an empty list.",
        "值是否缺失、或为纯空白文本、或为空列表。");
  }

  private static void numbers() {
    put(
        "abs(number) → number",
        Missing.SPREADS,
        1,
        1,
        NumberFunctions::abs,
        "The size of the number.",
        "绝对值。");
    put(
        "round(number[, long]) → number",
        Missing.SPREADS,
        1,
        2,
        NumberFunctions::round,
        "The number rounded half away from zero, to the given count of decimals in [0, 15].",
        "四舍五入(远离零)到给定的小数位数(0 到 15)。");
    put(
        "floor(number) → number",
        Missing.SPREADS,
        1,
        1,
        NumberFunctions::floor,
        "The greatest whole number that is not greater.",
        "不大于该数的最大整数。");
    put(
        "ceil(number) → number",
        Missing.SPREADS,
        1,
        1,
        NumberFunctions::ceil,
        "The smallest whole number that is not smaller.",
        "不小于该数的最小整数。");
    put(
        "sqrt(number) → double",
        Missing.SPREADS,
        1,
        1,
        NumberFunctions::sqrt,
        "The square root; missing below 0.",
        "平方根;负数时缺失。");
    put(
        "ln(number) → double",
        Missing.SPREADS,
        1,
        1,
        NumberFunctions::ln,
        "The natural logarithm; missing unless above 0.",
        "自然对数;不大于 0 时缺失。");
    put(
        "exp(number) → double",
        Missing.SPREADS,
        1,
        1,
        NumberFunctions::exp,
        "e to this power; missing on overflow.",
        "e 的该次幂;溢出时缺失。");
    put(
        "pow(number, number) → double",
        Missing.SPREADS,
        2,
        2,
        NumberFunctions::pow,
        "The first number to the power of the second; missing where there is no finite result.",
        "第一个数的第二个数次幂;无有限结果时缺失。");
    put(
        "greatest(T, …) → T",
        Missing.SKIPPED,
        1,
        MANY,
        ValueFunctions::greatest,
        "The greatest value.",
        "最大的值。");
    put(
        "least(T, …) → T",
        Missing.SKIPPED,
        1,
        MANY,
        ValueFunctions::least,
        "The smallest value.",
        "最小的值。");
  }

  private static void times() {
    put(
        "year(date or timestamp) → long",
        Missing.SPREADS,
        1,
        1,
        TimeFunctions::year,
        "The year, in UTC.",
        "年(UTC)。");
    put(
        "month(date or timestamp) → long",
        Missing.SPREADS,
        1,
        1,
        TimeFunctions::month,
        "The month in [1, 12], in UTC.",
        "月(1 到 12,UTC)。");
    put(
        "day(date or timestamp) → long",
        Missing.SPREADS,
        1,
        1,
        TimeFunctions::day,
        "The day of the month in [1, 31], in UTC.",
        "日(1 到 31,UTC)。");
    put(
        "weekday(date or timestamp) → long",
        Missing.SPREADS,
        1,
        1,
        TimeFunctions::weekday,
        "The day of the week in [1, 7], Monday is 1, in UTC.",
        "星期(1 到 7,星期一为 1,UTC)。");
    put(
        "hour(timestamp) → long",
        Missing.SPREADS,
        1,
        1,
        TimeFunctions::hour,
        "The hour in [0, 23], in UTC.",
        "时(0 到 23,UTC)。");
    put(
        "date_add_days(date or timestamp, long) → date",
        Missing.SPREADS,
        2,
        2,
        TimeFunctions::addDays,
        "The date so many days later.",
        "若干天之后的日期。");
    put(
        "date_diff_days(date or timestamp, date or timestamp) → long",
        Missing.SPREADS,
        2,
        2,
        TimeFunctions::diffDays,
        "The days from the second date to the first.",
        "从第二个日期到第一个日期的天数。");
  }

  private static void others() {
    put(
        "list_length(list) → long",
        Missing.SPREADS,
        1,
        1,
        ValueFunctions::listLength,
        "The number of elements.",
        "元素个数。");
    put(
        "list_contains(list<T>, T) → bool",
        Missing.SPREADS,
        2,
        2,
        ValueFunctions::listContains,
        "Whether an element equals the value.",
        "是否有元素等于该值。");
    put(
        "element(list<T>, long) → T",
        Missing.SPREADS,
        2,
        2,
        ValueFunctions::element,
        "The element at a position (the first is 1); missing where there is none.",
        "某位置(首个为 1)的元素;不存在时缺失。");
    put(
        "hash(T, …) → long",
        Missing.SEEN,
        1,
        MANY,
        ValueFunctions::hash,
        "64 well mixed bits of the values, the same on every machine; not secret.",
        "各值的 64 位散列,在任何机器上相同;不保密。");
  }

  /** Returns a call of a function that is missing where an argument is. */
  static Bound call(dev.quern.data.Type type, List<Bound> arguments, RowCall.RowFunction function) {
    return new RowCall(type, arguments, RowCall.Missing.SPREADS, function, Optional.empty());
  }
}
