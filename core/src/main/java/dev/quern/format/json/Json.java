package dev.quern.format.json;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Documents of moderate size (fits, manifests, parameters, reports) as plain values: {@code Map} in
 * written order, {@code List}, {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null.
 * Streaming parser only, because data binding costs start-up time. Data go through readers instead.
 */
public final class Json {
  // The fast writer of doubles is the one that writes the same on every JDK.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private Json() {}

  /**
   * Parses one JSON document.
   *
   * @throws IllegalArgumentException if it is none or has double keys; the message gives the place
   */
  public static @Nullable Object parse(String document) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("JSON must end after its root; found: more");
      }
      return value;
    } catch (tools.jackson.core.JacksonException e) {
      // Limits of nesting and of lengths are broken nowhere in particular.
      String where = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw new IllegalArgumentException("JSON must be well-formed; found: a mistake" + where, e);
    }
  }

  /** Parses a document whose root is an object. */
  public static Map<String, @Nullable Object> parseObject(String document) {
    return object(parse(document));
  }

  /**
   * Reads a file whose root is an object.
   *
   * @throws IllegalArgumentException if it is none, or not UTF-8
   * @throws IOException if it is not there or cannot be read
   */
  public static Map<String, @Nullable Object> readObject(Path file) throws IOException {
    String document;
    try {
      document = Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("JSON must be UTF-8; found: other bytes", e);
    }
    return parseObject(document);
  }

  /**
   * Returns {@code value} as an object.
   *
   * @throws IllegalArgumentException if it is none
   */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IllegalArgumentException("JSON value must be an object");
  }

  /**
   * Returns {@code value} as a list.
   *
   * @throws IllegalArgumentException if it is none
   */
  @SuppressWarnings("unchecked")
  public static List<@Nullable Object> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return (List<@Nullable Object>) list;
    }
    throw new IllegalArgumentException("JSON value must be a list");
  }

  /** Returns {@code value} as one line of JSON, keys in the order of the maps. */
  public static String write(@Nullable Object value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, value, Order.AS_GIVEN);
    }
    return out.toString();
  }

  /** Returns {@code value} as one line of JSON with sorted keys: equal values, equal text. */
  public static String canonical(@Nullable Object value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, value, Order.SORTED);
    }
    return out.toString();
  }

  /** Returns {@code value} as indented JSON for people, keys in the order of the maps. */
  public static String pretty(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    pretty(out, value, 0);
    return out.append('\n').toString();
  }

  private enum Order {
    AS_GIVEN,
    SORTED
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("JSON must not be empty");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getDoubleValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalArgumentException("JSON must be well-formed; found: " + token);
    };
  }

  private static void write(JsonGenerator out, @Nullable Object value, Order order) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      Map<?, ?> ordered = order == Order.SORTED ? new TreeMap<>(map) : map;
      ordered.forEach(
          (name, part) -> {
            out.writeName(name.toString());
            write(out, part, order);
          });
      out.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      out.writeStartArray();
      for (Object part : list) {
        write(out, part, order);
      }
      out.writeEndArray();
    } else if (value instanceof Double number) {
      if (number.isNaN() || number.isInfinite()) {
        out.writeNull();
      } else {
        out.writeNumber(number);
      }
    } else if (value instanceof Number number) {
      out.writeNumber(number.longValue());
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else {
      out.writeString(value.toString());
    }
  }

  private static void pretty(StringBuilder out, @Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      String separator = "{\n";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator).append("  ".repeat(depth + 1));
        out.append(write(String.valueOf(entry.getKey()))).append(": ");
        pretty(out, entry.getValue(), depth + 1);
        separator = ",\n";
      }
      out.append('\n').append("  ".repeat(depth)).append('}');
    } else if (value instanceof List<?> list && list.stream().anyMatch(p -> p instanceof Map)) {
      String separator = "[\n";
      for (Object part : list) {
        out.append(separator).append("  ".repeat(depth + 1));
        pretty(out, part, depth + 1);
        separator = ",\n";
      }
      out.append('\n').append("  ".repeat(depth)).append(']');
    } else {
      out.append(write(value));
    }
  }
}
