package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Turns JSON values into typed values. A text takes any value: strings as they are, the others as
 * JSON. Not safe for several threads.
 *
 * <p>When a value does not fit, parts of it may have been appended: the caller calls {@link
 * ColumnBuilder#truncate}.
 */
public abstract class JsonDecoder {
  private final Utf8Buffer buffer = new Utf8Buffer();

  JsonDecoder() {}

  /** Returns a decoder of values of {@code type}. */
  public static JsonDecoder of(Type type) {
    return switch (type.kind()) {
      case TEXT -> new TextDecoder();
      case BOOL -> new BoolDecoder();
      case LONG, DOUBLE, FLOAT, DECIMAL -> new ScalarDecoder(type, Written.NUMBER);
      case TIMESTAMP, DATE, BYTES -> new ScalarDecoder(type, Written.STRING);
      case LIST -> new ListDecoder(((Type.ListOf) type).element());
      case STRUCT -> new StructDecoder(((Type.Struct) type).schema());
    };
  }

  /**
   * Appends the value the parser stands on; the parser then stands on its last token.
   *
   * @return null, or the rule that is broken
   */
  public final @Nullable String decode(JsonParser parser, ColumnBuilder out) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      out.appendNull();
      return null;
    }
    return decodePresent(parser, out);
  }

  abstract @Nullable String decodePresent(JsonParser parser, ColumnBuilder out);

  /** Reads the value the parser stands on and returns null or the rule it breaks. */
  public final @Nullable String check(JsonParser parser) {
    return copy(parser, buffer.reset());
  }

  /** Puts the string or name the parser stands on; returns null or the rule that is broken. */
  static @Nullable String putString(JsonParser parser, Utf8Buffer into) {
    char[] chars = parser.getStringCharacters();
    int start = parser.getStringOffset();
    return into.putChars(chars, start, start + parser.getStringLength()) ? null : "lone_surrogate";
  }

  /** Writes the value the parser stands on as compact JSON, numbers as they were written. */
  static @Nullable String copy(JsonParser parser, Utf8Buffer into) {
    Utf8Buffer string = new Utf8Buffer();
    int depth = 0;
    boolean first = true;
    do {
      JsonToken token = parser.currentToken();
      boolean ends = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
      if (!first && !ends) {
        into.put(',');
      }
      if (token == JsonToken.PROPERTY_NAME) {
        String rule = copyString(parser, string, into);
        if (rule != null) {
          return rule;
        }
        into.put(':');
        token = parser.nextToken();
      }
      first = false;
      switch (token) {
        case START_OBJECT, START_ARRAY -> {
          into.put(token == JsonToken.START_OBJECT ? '{' : '[');
          depth++;
          first = true;
        }
        case END_OBJECT, END_ARRAY -> {
          into.put(token == JsonToken.END_OBJECT ? '}' : ']');
          depth--;
        }
        case VALUE_STRING -> {
          String rule = copyString(parser, string, into);
          if (rule != null) {
            return rule;
          }
        }
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          String number = parser.getString();
          if (Double.isInfinite(Double.parseDouble(number))) {
            return "out_of_range";
          }
          into.putAscii(number);
        }
        case VALUE_TRUE -> into.putAscii("true");
        case VALUE_FALSE -> into.putAscii("false");
        case VALUE_NULL -> into.putAscii("null");
        case PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> {
          return "malformed_json";
        }
      }
    } while (depth > 0 && parser.nextToken() != null);
    return null;
  }

  private static @Nullable String copyString(
      JsonParser parser, Utf8Buffer string, Utf8Buffer into) {
    String rule = putString(parser, string.reset());
    into.putJsonString(string.bytes(), 0, string.length());
    return rule;
  }

  private static final class TextDecoder extends JsonDecoder {
    private final Utf8Buffer text = new Utf8Buffer();

    @Override
    @Nullable String decodePresent(JsonParser parser, ColumnBuilder out) {
      text.reset();
      String rule =
          parser.currentToken() == JsonToken.VALUE_STRING
              ? putString(parser, text)
              : copy(parser, text);
      if (rule == null) {
        out.appendSlice(text.bytes(), 0, text.length());
      }
      return rule;
    }
  }

  private static final class BoolDecoder extends JsonDecoder {
    @Override
    @Nullable String decodePresent(JsonParser parser, ColumnBuilder out) {
      JsonToken token = parser.currentToken();
      if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
        return "not_a_bool";
      }
      out.appendBool(token == JsonToken.VALUE_TRUE);
      return null;
    }
  }

  private enum Written {
    NUMBER,
    STRING
  }

  /** Numbers as numbers, times and bytes as strings; a decimal may be either. */
  private static final class ScalarDecoder extends JsonDecoder {
    private final ValueParser values;
    private final Written written;
    private final Type type;
    private final Utf8Buffer text = new Utf8Buffer();

    ScalarDecoder(Type type, Written written) {
      this.type = type;
      this.values = ValueParser.of(type);
      this.written = written;
    }

    @Override
    @Nullable String decodePresent(JsonParser parser, ColumnBuilder out) {
      boolean string = parser.currentToken() == JsonToken.VALUE_STRING;
      boolean fits =
          string
              ? written == Written.STRING || type.kind() == Type.Kind.DECIMAL
              : written == Written.NUMBER && StrictJson.isNumber(parser.currentToken());
      if (!fits) {
        return rule();
      }
      String rule = putString(parser, text.reset());
      return rule != null ? rule : values.parse(text.bytes(), 0, text.length(), out);
    }

    private String rule() {
      return type.kind() == Type.Kind.BYTES
          ? "not_base64"
          : "not_a_" + type.kind().name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final class ListDecoder extends JsonDecoder {
    private final JsonDecoder element;

    ListDecoder(Type element) {
      this.element = of(element);
    }

    @Override
    @Nullable String decodePresent(JsonParser parser, ColumnBuilder out) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        return "not_a_list";
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String rule = element.decode(parser, out.elements());
        if (rule != null) {
          return rule;
        }
      }
      out.endList();
      return null;
    }
  }

  private static final class StructDecoder extends JsonDecoder {
    private final Schema schema;
    private final JsonDecoder[] parts;

    StructDecoder(Schema schema) {
      this.schema = schema;
      this.parts = new JsonDecoder[schema.size()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = of(schema.field(i).type());
      }
    }

    @Override
    @Nullable String decodePresent(JsonParser parser, ColumnBuilder out) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return "not_a_struct";
      }
      int row = out.size();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        int part = schema.indexOf(parser.currentName());
        if (part < 0) {
          return "unknown_field";
        }
        parser.nextToken();
        String rule = parts[part].decode(parser, out.part(part));
        if (rule != null) {
          return rule;
        }
      }
      for (int i = 0; i < parts.length; i++) {
        if (out.part(i).size() == row) {
          out.part(i).appendNull();
        }
      }
      out.endStruct();
      return null;
    }
  }
}
