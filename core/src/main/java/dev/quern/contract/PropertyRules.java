package dev.quern.contract;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.text.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a property says of its values apart from quality rules: required, unique, logicalType,
 * logicalTypeOptions and enum. No value may break it.
 */
final class PropertyRules {
  private static final Map<String, String> BOUNDS =
      Map.of(
          "minimum", ">=",
          "maximum", "<=",
          "exclusiveMinimum", ">",
          "exclusiveMaximum", "<");

  private final Rules rules;
  private final Optional<Schema> fields;

  PropertyRules(Rules rules, Optional<Schema> fields) {
    this.rules = rules;
    this.fields = fields;
  }

  void add(Located.Mapping property) {
    String name = Values.name(property).orElseThrow();
    String field = Conditions.field(name);
    Position place = property.place("name");
    boolean key = Values.isTrue(property, "primaryKey");
    if (Values.isTrue(property, "required") || key) {
      must(name, "required", field + " IS NOT NULL", "missing", place);
    }
    if (Values.isTrue(property, "unique")) {
      rules.unique(List.of(name), "unique", property.place("unique"));
    }
    values(property, name);
    for (String nested : List.of("properties", "items", "map")) {
      if (property.find(nested).isPresent()) {
        rules.skip(
            name + ": " + nested, "values within values are not checked", property.place(nested));
      }
    }
    if (fields.isPresent()) {
      types(property, name, fields.get().field(name).orElseThrow());
    }
  }

  private void values(Located.Mapping property, String name) {
    List<Object> values = new ArrayList<>();
    for (Located part : Values.list(property, "enum")) {
      Object value =
          part instanceof Located.Mapping one ? one.plainMap().get("value") : part.plain();
      if (value != null) {
        boolean text = fields.flatMap(f -> f.field(name)).map(PropertyRules::isText).orElse(false);
        values.add(text ? value.toString() : value);
      }
    }
    Conditions.oneOf(name, values)
        .ifPresent(among -> must(name, "enum", among, "invalid", property.place("enum")));
  }

  private static boolean isText(Field field) {
    return field.type().kind() == Type.Kind.TEXT;
  }

  private void must(String name, String what, String condition, String reason, Position place) {
    rules.compliance(condition, reason, Rules.Terms.none(name + ": " + what), place);
  }

  private void types(Located.Mapping property, String name, Field field) {
    Optional<String> logical = Values.text(property, "logicalType");
    if (logical.isEmpty()) {
      return;
    }
    Position place = property.place("logicalType");
    Type.Kind kind = field.type().kind();
    boolean fits =
        switch (logical.get()) {
          case "string", "time" -> kind == Type.Kind.TEXT;
          case "integer", "number" -> field.type().isNumber();
          case "boolean" -> kind == Type.Kind.BOOL;
          case "date" -> kind == Type.Kind.DATE;
          case "timestamp" -> kind == Type.Kind.TIMESTAMP;
          case "array", "vector" -> kind == Type.Kind.LIST;
          case "object", "map" -> kind == Type.Kind.STRUCT;
          default -> {
            rules.problem(
                place,
                "logicalType must be string, date, timestamp, time, number, integer, boolean,"
                    + " object, array, map or vector; found: "
                    + logical.get());
            yield true;
          }
        };
    String quoted = Conditions.field(name);
    String what = "logicalType " + logical.get();
    if (!fits) {
      // Every value that is there is of the wrong type.
      must(name, what, quoted + " IS NULL", "wrong_type", place);
      return;
    }
    if (logical.get().equals("integer") && kind != Type.Kind.LONG) {
      must(name, what, quoted + " = floor(" + quoted + ")", "not_whole", place);
    }
    Values.map(property, "logicalTypeOptions")
        .ifPresent(options -> options(options, name, field, logical.get()));
  }

  private void options(Located.Mapping options, String name, Field field, String logical) {
    options
        .entries()
        .forEach(
            (key, entry) -> {
              Optional<String> condition = condition(key, entry.value(), name, field);
              if (condition.isPresent()) {
                String what = key + " " + entry.value().plain();
                must(name, what, condition.get(), reason(key), entry.keyPlace());
              } else {
                rules.skip(
                    name + ": " + key,
                    "this option of " + logical + " is not checked for type " + field.type(),
                    entry.keyPlace());
              }
            });
  }

  private static String reason(String option) {
    return switch (option) {
      case "minLength", "minItems" -> "too_short";
      case "maxLength", "maxItems" -> "too_long";
      case "minimum", "exclusiveMinimum" -> "too_small";
      case "maximum", "exclusiveMaximum" -> "too_large";
      case "multipleOf" -> "not_a_multiple";
      case "pattern" -> "pattern";
      default -> "format";
    };
  }

  private static Optional<String> condition(
      String option, Located value, String name, Field field) {
    String quoted = Conditions.field(name);
    Type.Kind kind = field.type().kind();
    boolean text = kind == Type.Kind.TEXT;
    boolean list = kind == Type.Kind.LIST;
    if (BOUNDS.containsKey(option)) {
      return bound(value, field).map(b -> quoted + " " + BOUNDS.get(option) + " " + b);
    }
    Optional<String> number =
        value.plain() instanceof Number n
            ? Optional.of(ValueWriter.number(n.doubleValue()))
            : Optional.empty();
    return switch (option) {
      case "minLength" -> number.filter(n -> text).map(n -> "length(" + quoted + ") >= " + n);
      case "maxLength" -> number.filter(n -> text).map(n -> "length(" + quoted + ") <= " + n);
      case "minItems" -> number.filter(n -> list).map(n -> "list_length(" + quoted + ") >= " + n);
      case "maxItems" -> number.filter(n -> list).map(n -> "list_length(" + quoted + ") <= " + n);
      case "dimensions" -> number.filter(n -> list).map(n -> "list_length(" + quoted + ") = " + n);
      case "multipleOf" ->
          number.filter(n -> field.type().isNumber()).map(n -> quoted + " % " + n + " = 0");
      case "pattern" ->
          Optional.of(value)
              .filter(v -> text)
              .map(v -> Conditions.matches(name, String.valueOf(v.plain())));
      case "format" -> format(String.valueOf(value.plain()), name, field);
      default -> Optional.empty();
    };
  }

  private static Optional<String> bound(Located value, Field field) {
    return switch (field.type().kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL ->
          Optional.ofNullable(value.plain())
              .filter(Number.class::isInstance)
              .flatMap(Conditions::literal);
      case DATE -> Optional.of("DATE " + Conditions.text(String.valueOf(value.plain())));
      case TIMESTAMP -> Optional.of("TIMESTAMP " + Conditions.text(String.valueOf(value.plain())));
      case TEXT, BOOL, BYTES, LIST, STRUCT -> Optional.empty();
    };
  }

  private static Optional<String> format(String format, String name, Field field) {
    return switch (field.type().kind()) {
      case TEXT -> Conditions.pattern(format).map(pattern -> Conditions.matches(name, pattern));
      case LONG -> Conditions.integers(name, format);
      default -> Optional.empty();
    };
  }
}
