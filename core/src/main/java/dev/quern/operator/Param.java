package dev.quern.operator;

import dev.quern.data.Type;
import dev.quern.text.ValueWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an operator, declared once: reading, checking, documentation and JSON schema use
 * this object.
 *
 * @param name snake_case name in recipes
 * @param kind what the value is, for documentation and for checks against the schema
 * @param unit the unit of the value, {@code -} where it has none
 * @param rule what must hold, as it stands in errors, for example {@code in [0, 1]}
 * @param help what it means, one sentence
 * @param necessity whether it must be given
 * @param fallback the value when it is not given; null only where it is required or optional
 * @param parse makes the value from the plain value of the recipe (Map, List, String, Long, Double,
 *     Boolean); throws IllegalArgumentException if it breaks the rule
 * @param write makes the plain value from the value, the inverse of parse
 * @param schema the JSON schema of the plain value
 */
public record Param<T>(
    String name,
    Kind kind,
    String unit,
    String rule,
    Localized help,
    Necessity necessity,
    @Nullable T fallback,
    Function<Object, T> parse,
    Function<T, Object> write,
    Map<String, Object> schema) {

  /** What a value is. */
  public enum Kind {
    TEXT,
    NUMBER,
    INTEGER,
    CHOICE,
    LIST,
    MAP,
    ANY,
    /** The name of a field that must exist in the input. */
    FIELD,
    /** Names of fields that must exist in the input. */
    FIELDS,
    /** A map whose keys are names of fields that must exist in the input. */
    FIELD_MAP,
    /**
     * A map whose keys are names of fields that must exist in the input. A text below the key
     * {@code hierarchy} of a field names a CSV file, relative to the recipe: its lines, as lists of
     * texts, stand in its place before the parameter is read.
     */
    FIELD_TABLES,
    /**
     * A list of values, or one; a text among them names a YAML file, relative to the recipe: what
     * it holds stands in its place before the parameter is read.
     */
    YAML_FILES,
    /** An expression over the fields of the input. */
    EXPRESSION,
    /** A file or files; relative to the recipe. */
    PATH,
    /** The name of a secret, never the secret itself. */
    SECRET
  }

  /** Whether a parameter must be given. */
  public enum Necessity {
    REQUIRED,
    /** It has a default. */
    DEFAULTED,
    /** It may be absent and then is: {@link Params#find} is empty. */
    OPTIONAL
  }

  /** A text; required. */
  public static Param<String> text(String name, Localized help) {
    return text(name, Kind.TEXT, help);
  }

  /** The name of a field of the input; required. */
  public static Param<String> field(String name, Localized help) {
    return text(name, Kind.FIELD, help);
  }

  /** An expression over the input; required. */
  public static Param<String> expression(String name, Localized help) {
    return text(name, Kind.EXPRESSION, help);
  }

  /** A path or glob or https address; required. */
  public static Param<String> path(String name, Localized help) {
    return text(name, Kind.PATH, help);
  }

  /**
   * A secret by its place, written {@code ${env:NAME}} or {@code ${file:PATH}}, or without the
   * braces; required. The value is the reference without the braces, as {@link Secrets} takes it:
   * the secret itself is never a value, so nothing can store or show it.
   */
  public static Param<String> secret(String name, Localized help) {
    String rule = "the place of a secret, ${env:NAME} or ${file:PATH}, never the secret itself";
    String reference = "env:[A-Za-z_][A-Za-z0-9_]*|file:[^{}]+";
    return required(
        name,
        Kind.SECRET,
        "-",
        rule,
        help,
        value -> {
          if (!(value instanceof String written)) {
            throw new IllegalArgumentException(rule);
          }
          boolean braces = written.startsWith("${") && written.endsWith("}");
          String bare = braces ? written.substring(2, written.length() - 1) : written;
          if (!bare.matches(reference)) {
            throw new IllegalArgumentException(rule);
          }
          return bare;
        },
        value -> value,
        Map.of("type", "string", "pattern", "^(\\$\\{)?(" + reference + ")}?$"));
  }

  /**
   * Keys by name; required: a keyset of the keyring, {@code key:NAME} or {@code key:NAME@ID} with
   * that key as the one that encrypts, or the key that a secret stands for, as in {@link #secret}.
   * The value is a reference as {@link Secrets#keyset} takes it. A bare name is none, for it may be
   * a secret that somebody wrote down.
   */
  public static Param<String> key(String name, Localized help) {
    String rule =
        "a keyset, key:NAME (see quern keys), or the place of a secret, ${env:NAME} or"
            + " ${file:PATH}, never the secret itself";
    String keyset = Secrets.KEY + "[a-z][a-z0-9_-]{0,63}(@[0-9a-f]{8})?";
    Param<String> secret = secret(name, help);
    return required(
        name,
        Kind.SECRET,
        "-",
        rule,
        help,
        value -> {
          if (value instanceof String written && written.matches(keyset)) {
            return written;
          }
          try {
            return secret.parse().apply(value);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(rule);
          }
        },
        value -> value,
        // Sorted, for what lies within a schema is written as it is.
        Map.of(
            "anyOf",
            List.of(
                new TreeMap<>(Map.of("type", "string", "pattern", "^" + keyset + "$")),
                new TreeMap<>(secret.schema()))));
  }

  private static Param<String> text(String name, Kind kind, Localized help) {
    return required(
        name, kind, "-", "a text", help, Param::asText, value -> value, Map.of("type", "string"));
  }

  /** A whole number in [min, max]; required. */
  public static Param<Long> integer(String name, String unit, long min, long max, Localized help) {
    String rule =
        max == Long.MAX_VALUE
            ? "a whole number >= " + min
            : "a whole number in [" + min + ", " + max + "]";
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("minimum", min);
    if (max != Long.MAX_VALUE) {
      schema.put("maximum", max);
    }
    return required(
        name,
        Kind.INTEGER,
        unit,
        rule,
        help,
        value -> {
          if (!(value instanceof Long number) || number < min || number > max) {
            throw new IllegalArgumentException(rule);
          }
          return number;
        },
        value -> value,
        schema);
  }

  /** A finite number in [min, max]; required. */
  public static Param<Double> number(
      String name, String unit, double min, double max, Localized help) {
    String rule =
        max == Double.POSITIVE_INFINITY
            ? min == Double.NEGATIVE_INFINITY ? "a number" : "a number >= " + plain(min)
            : "a number in [" + plain(min) + ", " + plain(max) + "]";
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "number");
    if (min != Double.NEGATIVE_INFINITY) {
      schema.put("minimum", min);
    }
    if (max != Double.POSITIVE_INFINITY) {
      schema.put("maximum", max);
    }
    return required(
        name,
        Kind.NUMBER,
        unit,
        rule,
        help,
        value -> {
          double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
          if (!(number >= min && number <= max) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(rule);
          }
          return number;
        },
        value -> value,
        schema);
  }

  /** A number in [0, 1]; required. */
  public static Param<Double> fraction(String name, Localized help) {
    return number(name, "fraction", 0, 1, help);
  }

  /** One of the constants of an enum, written in lower case; required. */
  public static <E extends Enum<E>> Param<E> choice(
      String name, Class<E> constants, Localized help) {
    List<String> names = new ArrayList<>();
    for (E constant : constants.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    String rule = "one of " + String.join(", ", names);
    return required(
        name,
        Kind.CHOICE,
        "-",
        rule,
        help,
        value -> {
          for (E constant : constants.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
              return constant;
            }
          }
          throw new IllegalArgumentException(rule);
        },
        value -> value.name().toLowerCase(Locale.ROOT),
        Map.of("enum", names));
  }

  /** A list of texts, or one text; required. */
  public static Param<List<String>> texts(String name, Localized help) {
    return texts(name, Kind.LIST, "a list of texts", help);
  }

  /** Names of fields of the input, or one name; required. */
  public static Param<List<String>> fields(String name, Localized help) {
    return texts(name, Kind.FIELDS, "a list of field names", help);
  }

  private static Param<List<String>> texts(String name, Kind kind, String rule, Localized help) {
    return required(
        name,
        kind,
        "-",
        rule,
        help,
        value -> {
          List<String> texts = new ArrayList<>();
          for (Object part : value instanceof List<?> list ? list : List.of(value)) {
            if (part == null || part instanceof Map || part instanceof List) {
              throw new IllegalArgumentException(rule);
            }
            texts.add(part.toString());
          }
          return List.copyOf(texts);
        },
        value -> value,
        Map.of(
            "oneOf",
            List.of(
                Map.of("type", "string"),
                Map.of("type", "array", "items", Map.of("type", "string")))));
  }

  /** A map from names to texts, in written order; required. */
  public static Param<Map<String, String>> textMap(
      String name, Kind kind, String rule, Localized help) {
    return required(
        name,
        kind,
        "-",
        rule,
        help,
        value -> {
          if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(rule);
          }
          Map<String, String> texts = new LinkedHashMap<>();
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object part = entry.getValue();
            if (part == null || part instanceof Map || part instanceof List) {
              throw new IllegalArgumentException(rule);
            }
            texts.put(entry.getKey().toString(), part.toString());
          }
          return texts;
        },
        value -> value,
        Map.of(
            "type",
            "object",
            "additionalProperties",
            Map.of("type", List.of("string", "number", "boolean"))));
  }

  /** A map from names to numbers, none negative and one positive at least; required. */
  public static Param<Map<String, Double>> weights(String name, Kind kind, Localized help) {
    String rule = "a map from name to number >= 0, at least one above 0";
    return required(
        name,
        kind,
        "-",
        rule,
        help,
        value -> {
          if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(rule);
          }
          Map<String, Double> weights = new LinkedHashMap<>();
          double sum = 0;
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            double weight = entry.getValue() instanceof Number n ? n.doubleValue() : Double.NaN;
            if (!(weight >= 0) || Double.isInfinite(weight)) {
              throw new IllegalArgumentException(rule);
            }
            weights.put(entry.getKey().toString(), weight);
            sum += weight;
          }
          if (!(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException(rule);
          }
          return weights;
        },
        value -> value,
        Map.of("type", "object", "additionalProperties", Map.of("type", "number", "minimum", 0)));
  }

  /** A map from field names to types; required. Keys need not exist unless the kind says so. */
  public static Param<Map<String, Type>> types(String name, Kind kind, Localized help) {
    String rule =
        "a map from field name to type (text, long, double, float, decimal(p,s), bool, timestamp, date, bytes, list<…>, struct<…>)";
    return required(
        name,
        kind,
        "-",
        rule,
        help,
        value -> {
          if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(rule);
          }
          Map<String, Type> types = new LinkedHashMap<>();
          map.forEach(
              (field, type) -> types.put(field.toString(), Type.parse(String.valueOf(type))));
          return types;
        },
        value -> {
          Map<String, Object> plain = new LinkedHashMap<>();
          value.forEach((field, type) -> plain.put(field, type.toString()));
          return plain;
        },
        Map.of("type", "object", "additionalProperties", Map.of("type", "string")));
  }

  /** Any plain scalar: text, number or bool; required. */
  public static Param<Object> scalar(String name, Localized help) {
    String rule = "a text, a number, true or false";
    return required(
        name,
        Kind.ANY,
        "-",
        rule,
        help,
        value -> {
          if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException(rule);
          }
          return value;
        },
        value -> value,
        Map.of("type", List.of("string", "number", "boolean")));
  }

  /** Scalars (texts, numbers, bools), or one; required. */
  public static Param<List<Object>> scalars(String name, Localized help) {
    String rule = "a list of texts, numbers, true or false";
    List<String> scalar = List.of("string", "number", "boolean");
    return required(
        name,
        Kind.LIST,
        "-",
        rule,
        help,
        value -> {
          List<Object> scalars = new ArrayList<>();
          for (Object part : value instanceof List<?> list ? list : List.of(value)) {
            if (part == null || part instanceof Map || part instanceof List) {
              throw new IllegalArgumentException(rule);
            }
            scalars.add(part);
          }
          return List.copyOf(scalars);
        },
        value -> value,
        Map.of(
            "oneOf",
            List.of(
                Map.of("type", scalar), Map.of("type", "array", "items", Map.of("type", scalar)))));
  }

  /** Returns this parameter with a default. */
  public Param<T> or(T value) {
    return new Param<>(
        name, kind, unit, rule, help, Necessity.DEFAULTED, value, parse, write, schema);
  }

  /** Returns this parameter as one that may be absent. */
  public Param<T> optional() {
    return new Param<>(
        name, kind, unit, rule, help, Necessity.OPTIONAL, null, parse, write, schema);
  }

  /** Returns this parameter with another unit. */
  public Param<T> in(String newUnit) {
    return new Param<>(name, kind, newUnit, rule, help, necessity, fallback, parse, write, schema);
  }

  /** Returns this parameter with a further rule on its value. */
  public Param<T> where(String newRule, java.util.function.Predicate<T> accepts) {
    Function<Object, T> checked =
        value -> {
          T parsed = parse.apply(value);
          if (!accepts.test(parsed)) {
            throw new IllegalArgumentException(newRule);
          }
          return parsed;
        };
    return new Param<>(
        name, kind, unit, newRule, help, necessity, fallback, checked, write, schema);
  }

  /** Returns the default as a plain value. */
  public Optional<Object> plainFallback() {
    return fallback == null ? Optional.empty() : Optional.of(write.apply(fallback));
  }

  private static <T> Param<T> required(
      String name,
      Kind kind,
      String unit,
      String rule,
      Localized help,
      Function<Object, T> parse,
      Function<T, Object> write,
      Map<String, Object> schema) {
    return new Param<>(
        name, kind, unit, rule, help, Necessity.REQUIRED, null, parse, write, schema);
  }

  private static String asText(Object value) {
    if (value instanceof Map || value instanceof List) {
      throw new IllegalArgumentException("a text");
    }
    return value.toString();
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : ValueWriter.number(value);
  }
}
