package dev.quern.testkit.conformance;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.testkit.conformance.Translations.NotExpressible;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arguments of an expectation as they stand in a check. */
record Written(Map<String, @Nullable Object> in, Schema schema) {
  /** The day that stands for today, so that results repeat. */
  private static final String TODAY = "2026-01-01T00:00:00";

  private static final Pattern NOW =
      Pattern.compile("now\\(\\)(?:\\s*-\\s*timedelta\\(weeks=([0-9*]+)\\))?");

  private static final Pattern DATETIME =
      Pattern.compile("datetime\\((\\d+),\\s*(\\d+),\\s*(\\d+)\\)");

  /** Returns {@code name} as a field. */
  static String field(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns the field that {@code key} names; nothing where it names none. */
  String named(String key) {
    return in.get(key) instanceof String name ? field(name) : "";
  }

  /** Returns a plain value as it stands in a check. */
  static String value(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return text(parameter(String.valueOf(map.get("$PARAMETER"))));
    }
    if (value instanceof List<?> list) {
      StringJoiner all = new StringJoiner(", ", "[", "]");
      // What is missing is never a member of a set.
      list.stream().filter(part -> part != null).forEach(part -> all.add(value(part)));
      return all.toString();
    }
    if (value instanceof Double number) {
      return new BigDecimal(number.toString()).toPlainString();
    }
    return value instanceof String text ? text(text) : String.valueOf(value);
  }

  private static String parameter(String written) {
    Matcher now = NOW.matcher(written);
    if (now.matches()) {
      long weeks = 0;
      if (now.group(1) != null) {
        weeks = 1;
        for (String factor : now.group(1).split("\\*")) {
          weeks *= Long.parseLong(factor);
        }
      }
      return java.time.LocalDateTime.parse(TODAY).minusWeeks(weeks).toString();
    }
    Matcher datetime = DATETIME.matcher(written);
    if (datetime.matches()) {
      return "%04d-%02d-%02d"
          .formatted(
              Integer.parseInt(datetime.group(1)),
              Integer.parseInt(datetime.group(2)),
              Integer.parseInt(datetime.group(3)));
    }
    throw new NotExpressible("a value computed by Python");
  }

  /** Returns {@code , parameter: value} where the argument {@code key} is given. */
  String named(String parameter, String key) {
    Object value = in.get(key);
    return value == null ? "" : ", " + parameter + " = " + value(value);
  }

  /** Returns {@code >= mostly}, or {@code = 1}. */
  String mostly() {
    Object mostly = in.get("mostly");
    return (mostly == null ? " = 1" : " >= " + value(mostly)) + where();
  }

  /** Returns {@code between min_value and max_value}, or what of it is given. */
  String bounds() {
    Object min = in.get("min_value");
    Object max = in.get("max_value");
    String bounds =
        min != null && max != null
            ? " between " + value(min) + " and " + value(max)
            : min != null ? " >= " + value(min) : max != null ? " <= " + value(max) : "";
    return bounds + where();
  }

  /** Returns {@code where condition} for a condition in the words of pandas. */
  String where() {
    return condition().map(condition -> " where " + condition).orElse("");
  }

  Optional<String> condition() {
    if (!(in.get("row_condition") instanceof String condition)) {
      return Optional.empty();
    }
    if (!"pandas".equals(in.get("condition_parser"))) {
      throw new NotExpressible("a parser of conditions that is none");
    }
    List<String> parts = new ArrayList<>();
    for (String part : condition.replaceAll("[()]", "").split("&")) {
      parts.add(comparison(part.strip()));
    }
    return Optional.of(String.join(" AND ", parts));
  }

  private String comparison(String part) {
    Matcher matcher = Pattern.compile("(\\w+)\\s*(==|!=|<|>)\\s*(\"?)([^\"]*)\"?").matcher(part);
    if (!matcher.matches()) {
      throw new NotExpressible("a condition in Python");
    }
    String name = matcher.group(1);
    int position = schema.indexOf(name);
    boolean text =
        !matcher.group(3).isEmpty()
            || position >= 0 && schema.field(position).type().equals(Type.TEXT);
    String literal = text ? text(matcher.group(4)) : matcher.group(4);
    // In pandas what is missing differs from everything.
    return switch (matcher.group(2)) {
      case "==" -> field(name) + " = " + literal;
      case "!=" -> "(" + field(name) + " <> " + literal + " OR " + field(name) + " IS NULL)";
      default -> field(name) + " " + matcher.group(2) + " " + literal;
    };
  }

  /** Returns the names in the list {@code key}. */
  List<String> names(String key) {
    List<String> names = new ArrayList<>();
    if (in.get(key) instanceof List<?> list) {
      list.forEach(name -> names.add(String.valueOf(name)));
    }
    return names;
  }
}
