package dev.quern.contract;

import dev.quern.text.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes conditions of Quern's expression language. */
final class Conditions {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  private Conditions() {}

  /** Returns the name of a field, quoted. */
  static String field(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns a text, quoted. */
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns a scalar of YAML as a literal; empty for null, a list or a map. */
  static Optional<String> literal(@Nullable Object value) {
    if (value instanceof String text) {
      return Optional.of(text(text));
    }
    if (value instanceof Boolean truth) {
      return Optional.of(truth ? "TRUE" : "FALSE");
    }
    if (value instanceof Long whole) {
      return Optional.of(Long.toString(whole));
    }
    return value instanceof Double number
        ? Optional.of(ValueWriter.number(number))
        : Optional.empty();
  }

  /** Returns {@code field IN (…)}, or empty where one of {@code values} is no scalar. */
  static Optional<String> oneOf(String field, List<?> values) {
    List<String> literals = new ArrayList<>();
    for (Object value : values) {
      // A null that is declared valid is never counted as invalid anyway.
      if (value != null) {
        Optional<String> literal = literal(value);
        if (literal.isEmpty()) {
          return Optional.empty();
        }
        literals.add(literal.get());
      }
    }
    return literals.isEmpty()
        ? Optional.empty()
        : Optional.of(field(field) + " IN (" + String.join(", ", literals) + ")");
  }

  static String matches(String field, String pattern) {
    return "regexp_like(" + field(field) + ", " + text(pattern) + ")";
  }

  /** Returns the pattern of a format that ODCS gives as an example, empty for one without. */
  static Optional<String> pattern(String format) {
    return Optional.ofNullable(
        switch (format) {
          case "email" -> "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*$";
          case "uuid" ->
              "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
          case "uri" -> "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]*$";
          case "hostname" ->
              "^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                  + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$";
          case "ipv4" -> "^" + OCTET + "(\\." + OCTET + "){3}$";
          case "ipv6" ->
              "^(?=.*:)(?!.*:::)(?!.*::.*::)(:|[0-9a-fA-F]{1,4})?(:[0-9a-fA-F]{0,4}){1,7}$";
          case "byte" -> "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";
          default -> null;
        });
  }

  /** Returns the bounds of an integer format such as {@code u8}; empty where a long has no more. */
  static Optional<String> integers(String field, String format) {
    String name = field(field);
    return Optional.ofNullable(
        switch (format) {
          case "i8" -> name + " BETWEEN -128 AND 127";
          case "i16" -> name + " BETWEEN -32768 AND 32767";
          case "i32" -> name + " BETWEEN -2147483648 AND 2147483647";
          case "u8" -> name + " BETWEEN 0 AND 255";
          case "u16" -> name + " BETWEEN 0 AND 65535";
          case "u32" -> name + " BETWEEN 0 AND 4294967295";
          case "u64", "u128" -> name + " >= 0";
          default -> null;
        });
  }
}
