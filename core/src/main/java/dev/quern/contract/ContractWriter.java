package dev.quern.contract;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes suggestions as a contract of ODCS 3.2.0, each with its precision. */
public final class ContractWriter {
  private ContractWriter() {}

  /**
   * Returns the contract as YAML.
   *
   * @param dataset name of the dataset
   * @param version its version, {@code name@version}, for the description
   */
  public static String yaml(
      String dataset, String version, Schema schema, List<Suggestion> suggestions) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("apiVersion", "v3.2.0");
    root.put("kind", "DataContract");
    root.put("id", dataset);
    root.put("name", dataset);
    root.put("version", "0.1.0");
    root.put("status", "draft");
    root.put(
        "description",
        Map.of(
            "purpose",
            "Suggested from one half of the samples of " + version + ", held against the other."));
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("name", dataset);
    object.put("logicalType", "object");
    List<Object> properties = new ArrayList<>();
    schema.fields().forEach(field -> properties.add(property(field, suggestions)));
    object.put("properties", properties);
    List<Object> quality = new ArrayList<>();
    for (Suggestion suggestion : suggestions) {
      if (suggestion.where() == Suggestion.Place.SCHEMA) {
        quality.add(rule(suggestion));
      }
    }
    object.put("quality", quality);
    root.put("schema", List.of(object));
    StringBuilder yaml = new StringBuilder();
    write(root, "", yaml);
    return yaml.toString();
  }

  private static Map<String, Object> property(Field field, List<Suggestion> suggestions) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("name", field.name());
    property.put("logicalType", logical(field.type().kind()));
    property.put("physicalType", field.type().toString());
    if (field.is(Role.SENSITIVE) || field.is(Role.SUBJECT)) {
      property.put("classification", "restricted");
    }
    Map<String, Object> options = new LinkedHashMap<>();
    List<Object> quality = new ArrayList<>();
    List<Object> precisions = new ArrayList<>();
    for (Suggestion one : suggestions) {
      if (!one.fields().equals(List.of(field.name()))) {
        continue;
      }
      switch (one.where()) {
        case PROPERTY -> {
          property.putAll(one.written());
          precisions.add(precision(one, one.written().keySet().iterator().next() + "."));
        }
        case OPTION -> {
          options.putAll(one.written());
          precisions.add(precision(one, one.written().keySet().iterator().next() + "."));
        }
        case QUALITY -> quality.add(rule(one));
        case SCHEMA -> {}
      }
    }
    if (!options.isEmpty()) {
      property.put("logicalTypeOptions", options);
    }
    if (!quality.isEmpty()) {
      property.put("quality", quality);
    }
    if (!precisions.isEmpty()) {
      property.put("customProperties", precisions);
    }
    return property;
  }

  private static Map<String, Object> rule(Suggestion suggestion) {
    Map<String, Object> rule = new LinkedHashMap<>(suggestion.written());
    if (suggestion.asked() > 0) {
      rule.put("customProperties", List.of(precision(suggestion, "")));
    }
    return rule;
  }

  private static Map<String, Object> precision(Suggestion suggestion, String of) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("property", of + "precision");
    property.put("value", suggestion.right() + " of " + suggestion.asked() + " held-out samples");
    return property;
  }

  private static String logical(Type.Kind kind) {
    return switch (kind) {
      case TEXT, BYTES -> "string";
      case LONG -> "integer";
      case DOUBLE, FLOAT, DECIMAL -> "number";
      case BOOL -> "boolean";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case LIST -> "array";
      case STRUCT -> "object";
    };
  }

  /** Writes maps and lists as blocks; a text is a JSON string, which YAML reads as it is. */
  private static void write(Map<?, ?> map, String indent, StringBuilder into) {
    map.forEach(
        (key, value) -> {
          into.append(indent).append(key).append(':');
          nested(value, indent, into);
        });
  }

  private static void nested(@Nullable Object value, String indent, StringBuilder into) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      into.append('\n');
      write(map, indent + "  ", into);
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      into.append('\n');
      for (Object part : list) {
        StringBuilder block = new StringBuilder();
        write((Map<?, ?>) part, indent + "    ", block);
        into.append(indent).append("  - ").append(block.substring(indent.length() + 4));
      }
    } else {
      into.append(' ').append(Json.write(value)).append('\n');
    }
  }
}
