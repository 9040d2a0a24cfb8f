package dev.quern.testkit.conformance;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Expectations in the words of checks: one translation for each expectation, whatever its case. An
 * expectation is met if all its checks pass.
 */
final class Translations {
  /** An expectation, or arguments of it, for which checks have no words. */
  static final class NotExpressible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotExpressible(String reason) {
      super(reason);
    }
  }

  private interface Translation {
    List<String> checks(Written in);
  }

  private static final Map<String, Translation> BY_NAME = new TreeMap<>();

  static {
    values();
    texts();
    aggregates();
    several();
    tables();
    Distributions.NAMES.forEach(
        (name, translation) -> BY_NAME.put(name, in -> List.of(translation.apply(in))));
  }

  private Translations() {}

  /**
   * Returns the checks that say what {@code expectation} says of samples of {@code schema}.
   *
   * @throws NotExpressible with the reason if there are none
   */
  static List<String> checks(String expectation, Map<String, @Nullable Object> in, Schema schema) {
    Translation translation = BY_NAME.get(expectation);
    if (translation == null) {
      throw new NotExpressible("no metric of this kind");
    }
    return translation.checks(new Written(in, schema));
  }

  private static void put(String name, java.util.function.Function<Written, String> check) {
    BY_NAME.put(name, in -> List.of(check.apply(in)));
  }

  private static String validity(Written in, String rules) {
    return "validity(" + in.named("column") + rules + ")" + in.mostly();
  }

  private static void values() {
    for (String variant : List.of("", "__evaluation_parameters", "_tz_naive")) {
      put(
          "expect_column_values_to_be_between" + variant,
          in ->
              validity(
                  in,
                  in.named(is(in, "strict_min") ? "above" : "min", "min_value")
                      + in.named(is(in, "strict_max") ? "below" : "max", "max_value")));
    }
    put("expect_column_values_to_be_in_set", in -> validity(in, in.named("set", "value_set")));
    put(
        "expect_column_values_to_not_be_in_set",
        in -> validity(in, in.named("not_in", "value_set")));
    put("expect_column_values_to_be_of_type", in -> validity(in, types(in.in().get("type_"))));
    put(
        "expect_column_values_to_be_in_type_list",
        in -> validity(in, types(in.in().get("type_list"))));
    put(
        "expect_column_values_to_be_unique",
        in -> "uniqueness(" + in.named("column") + ")" + in.mostly());
    put(
        "expect_column_values_to_not_be_null",
        in -> "completeness(" + in.named("column") + ")" + in.mostly());
    put(
        "expect_column_values_to_be_null",
        in ->
            "completeness("
                + in.named("column")
                + ") <= "
                + (in.in().get("mostly") instanceof Number mostly ? 1 - mostly.doubleValue() : 0)
                + in.where());
    for (String direction : List.of("increasing", "decreasing")) {
      put(
          "expect_column_values_to_be_" + direction,
          in ->
              "monotonicity("
                  + in.named("column")
                  + ", direction = "
                  + direction
                  + (is(in, "strictly") ? ", ties = refused" : "")
                  + ")"
                  + in.mostly());
    }
    put(
        "expect_column_value_z_scores_to_be_less_than",
        in ->
            "z_scores("
                + in.named("column")
                + in.named("below", "threshold")
                + ", sides = "
                + (is(in, "double_sided") ? "both" : "upper")
                + ")"
                + in.mostly());
  }

  private static boolean is(Written in, String key) {
    return Boolean.TRUE.equals(in.in().get(key));
  }

  private static String types(@Nullable Object given) {
    List<?> names =
        given instanceof List<?> list ? list : given == null ? List.of() : List.of(given);
    List<String> types = new ArrayList<>();
    for (Object name : names) {
      types.add(
          switch (String.valueOf(name)) {
            case "int" -> "long";
            case "float" -> "double";
            case "str" -> "text";
            case "bool" -> "bool";
            case "datetime64" -> "timestamp";
            default -> throw new NotExpressible("a class of Python that is no type of values");
          });
    }
    return types.isEmpty() ? "" : ", type = [" + String.join(", ", types) + "]";
  }

  private static void texts() {
    put(
        "expect_column_value_lengths_to_be_between",
        in ->
            validity(
                in, in.named("min_length", "min_value") + in.named("max_length", "max_value")));
    put(
        "expect_column_value_lengths_to_equal",
        in -> validity(in, in.named("min_length", "value") + in.named("max_length", "value")));
    put("expect_column_values_to_match_regex", in -> validity(in, in.named("pattern", "regex")));
    put(
        "expect_column_values_to_not_match_regex",
        in -> validity(in, in.named("not_pattern", "regex")));
    put(
        "expect_column_values_to_match_regex_list",
        in -> validity(in, in.named("pattern", "regex_list") + in.named("match", "match_on")));
    put(
        "expect_column_values_to_not_match_regex_list",
        in -> validity(in, in.named("not_pattern", "regex_list")));
    put(
        "expect_column_values_to_match_like_pattern",
        in -> validity(in, in.named("like", "like_pattern")));
    put(
        "expect_column_values_to_not_match_like_pattern",
        in -> validity(in, in.named("not_like", "like_pattern")));
    put(
        "expect_column_values_to_match_like_pattern_list",
        in -> validity(in, in.named("like", "like_pattern_list") + in.named("match", "match_on")));
    put(
        "expect_column_values_to_not_match_like_pattern_list",
        in -> validity(in, in.named("not_like", "like_pattern_list")));
    put(
        "expect_column_values_to_match_strftime_format",
        in -> validity(in, in.named("format", "strftime_format")));
    put("expect_column_values_to_be_json_parseable", in -> validity(in, ", json_schema = '{}'"));
    put(
        "expect_column_values_to_match_json_schema",
        in ->
            validity(
                in, ", json_schema = " + Written.text(Json.write(in.in().get("json_schema")))));
  }

  private static void aggregates() {
    Map<String, String> metrics = new LinkedHashMap<>();
    metrics.put("max", "max");
    metrics.put("min", "min");
    metrics.put("sum", "sum");
    metrics.put("mean", "mean");
    metrics.put("median", "quantile");
    metrics.put("stdev", "deviation");
    metrics.put("unique_value_count", "distinct");
    metrics.put("proportion_of_unique_values", "distinctness");
    metrics.forEach(
        (theirs, ours) ->
            put(
                "expect_column_" + theirs + "_to_be_between",
                in -> ours + "(" + in.named("column") + ")" + in.bounds()));
    BY_NAME.put("expect_column_quantile_values_to_be_between", Translations::quantiles);
    put("expect_column_distinct_values_to_be_in_set", in -> overlap(in, "field"));
    put("expect_column_distinct_values_to_contain_set", in -> overlap(in, "set"));
    put("expect_column_distinct_values_to_equal_set", in -> overlap(in, "both"));
    BY_NAME.put(
        "expect_column_most_common_value_to_be_in_set",
        in -> {
          String column = in.named("column");
          String inSet = "modes(" + column + in.named("set", "value_set") + ")";
          return is(in, "ties_okay")
              ? List.of("modes(" + column + ") >= 1", inSet + " >= 1")
              : List.of("modes(" + column + ") = 1", inSet + " = 1");
        });
  }

  private static String overlap(Written in, String over) {
    return "overlap("
        + in.named("column")
        + in.named("set", "value_set")
        + ", over = "
        + over
        + ")"
        + in.mostly();
  }

  private static List<String> quantiles(Written in) {
    Map<String, @Nullable Object> ranges = Json.object(in.in().get("quantile_ranges"));
    List<String> checks = new ArrayList<>();
    List<@Nullable Object> fractions = Json.list(ranges.get("quantiles"));
    for (int i = 0; i < fractions.size(); i++) {
      List<@Nullable Object> range = Json.list(Json.list(ranges.get("value_ranges")).get(i));
      Map<String, @Nullable Object> bounds = new LinkedHashMap<>();
      bounds.put("min_value", range.get(0));
      bounds.put("max_value", range.get(1));
      String at = Written.value(fractions.get(i));
      String bounded = new Written(bounds, in.schema()).bounds();
      checks.add("quantile(" + in.named("column") + ", " + at + ")" + bounded);
    }
    return checks;
  }

  private static void several() {
    put(
        "expect_column_pair_values_a_to_be_greater_than_b",
        in -> pair(in, pairOf(in, is(in, "or_equal") ? ">=" : ">")));
    put("expect_column_pair_values_to_be_equal", in -> pair(in, pairOf(in, "=")));
    put(
        "expect_column_pair_values_to_be_in_set",
        in -> {
          List<String> pairs = new ArrayList<>();
          for (Object pair : Json.list(in.in().get("value_pairs_set"))) {
            List<@Nullable Object> values = Json.list(pair);
            pairs.add(
                "(%s = %s AND %s = %s)"
                    .formatted(
                        in.named("column_A"),
                        Written.value(values.get(0)),
                        in.named("column_B"),
                        Written.value(values.get(1))));
          }
          return pair(in, String.join(" OR ", pairs));
        });
    put(
        "expect_compound_columns_to_be_unique",
        in -> "uniqueness(" + fields(in.names("column_list")) + ")" + in.mostly());
    put(
        "expect_multicolumn_sum_to_equal",
        in -> {
          boolean any = "any_value_is_missing".equals(in.in().get("ignore_row_if"));
          String sum =
              in.names("column_list").stream()
                  .map(
                      name ->
                          any ? Written.field(name) : "COALESCE(" + Written.field(name) + ", 0)")
                  .collect(Collectors.joining(" + "));
          return complying(in, sum + " = " + Written.value(in.in().get("sum_total")));
        });
    put(
        "expect_select_column_values_to_be_unique_within_record",
        in -> {
          boolean any = "any_value_is_missing".equals(in.in().get("ignore_row_if"));
          List<String> names = in.names("column_list");
          List<String> pairs = new ArrayList<>();
          for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
              String differ = Written.field(names.get(i)) + " <> " + Written.field(names.get(j));
              pairs.add(any ? differ : "COALESCE(" + differ + ", TRUE)");
            }
          }
          return complying(in, String.join(" AND ", pairs));
        });
  }

  private static String fields(List<String> names) {
    return names.stream().map(Written::field).collect(Collectors.joining(", "));
  }

  /** Values of different types are compared as texts. */
  private static String pairOf(Written in, String operator) {
    String a = in.named("column_A");
    String b = in.named("column_B");
    boolean textA = isText(in, "column_A");
    boolean textB = isText(in, "column_B");
    return (textB && !textA ? "CAST(" + a + " AS text)" : a)
        + " "
        + operator
        + " "
        + (textA && !textB ? "CAST(" + b + " AS text)" : b);
  }

  private static boolean isText(Written in, String key) {
    int position = in.schema().indexOf(String.valueOf(in.in().get(key)));
    return position >= 0 && in.schema().field(position).type().equals(Type.TEXT);
  }

  /** A pair with a missing value fails unless it is ignored. */
  private static String pair(Written in, String condition) {
    boolean either = "either_value_is_missing".equals(in.in().get("ignore_row_if"));
    String whole = either ? condition : "COALESCE(" + condition + ", FALSE)";
    String asked =
        in.named("column_A")
            + (either ? " IS NOT NULL AND " : " IS NOT NULL OR ")
            + in.named("column_B")
            + " IS NOT NULL";
    return "compliance(" + Written.text(whole) + ")" + in.mostly() + " where " + asked;
  }

  /** Samples without any value are ignored. */
  private static String complying(Written in, String condition) {
    String present =
        in.names("column_list").stream()
            .map(name -> Written.field(name) + " IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    String restricted =
        in.condition().map(given -> "(" + given + ") AND (" + present + ")").orElse(present);
    Object mostly = in.in().get("mostly");
    return "compliance("
        + Written.text(condition)
        + ")"
        + (mostly == null ? " = 1" : " >= " + Written.value(mostly))
        + " where "
        + restricted;
  }

  private static void tables() {
    put("expect_table_row_count_to_be_between", in -> "count()" + in.bounds());
    put(
        "expect_table_row_count_to_equal",
        in -> "count() = " + Written.value(in.in().get("value")));
    put("expect_table_column_count_to_be_between", in -> "fields()" + in.bounds());
    put(
        "expect_table_column_count_to_equal",
        in -> "fields() = " + Written.value(in.in().get("value")));
    put(
        "expect_column_to_exist",
        in ->
            "field_match(names = ["
                + in.named("column")
                + "]"
                + in.named("first", "column_index")
                + ") = 1");
    put(
        "expect_table_columns_to_match_ordered_list",
        in -> "field_match(" + named(in, "column_list") + "first = 0, others = refused) = 1");
    put(
        "expect_table_columns_to_match_set",
        in ->
            "field_match("
                + named(in, "column_set")
                + "others = "
                + (is(in, "exact_match") ? "refused" : "allowed")
                + ") = 1");
    put(
        "unexpected_rows_expectation",
        in -> {
          Matcher query =
              Pattern.compile("SELECT \\* FROM \\{batch} WHERE (.*)")
                  .matcher(String.valueOf(in.in().get("unexpected_rows_query")));
          if (!query.matches()) {
            throw new NotExpressible("a query of its own");
          }
          return "count() = 0 where " + query.group(1);
        });
  }

  private static String named(Written in, String key) {
    List<String> names = in.names(key);
    return names.isEmpty() ? "" : "names = [" + fields(names) + "], ";
  }
}
