package dev.quern.format.jsonl;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The type that holds every JSON value seen: whole numbers widen to doubles; values of different
 * kinds, numbers beyond 64 bits, objects without or with very many names and what is nested deeper
 * than types may be are text that holds JSON. Not safe for several threads.
 */
final class JsonGuess {
  private static final int STRING = 1;
  private static final int LONG = 2;
  private static final int DOUBLE = 4;
  private static final int BIG = 8;
  private static final int BOOL = 16;
  private static final int OBJECT = 32;
  private static final int ARRAY = 64;

  /** An object within a sample with more names is a map whose names are data. */
  private static final int MOST_NAMES = 256;

  private final int mostNames;

  private final Map<String, JsonGuess> parts = new LinkedHashMap<>();
  private @Nullable JsonGuess element;
  private boolean map;

  /** Makes the guess of a value within samples. */
  private JsonGuess(int mostNames) {
    this.mostNames = mostNames;
  }

  /** Makes the guess of samples, whose names are fields however many they are. */
  static JsonGuess ofSamples() {
    return new JsonGuess(Integer.MAX_VALUE);
  }

  private int kinds;

  /** Adds the value the parser stands on; the parser then stands on its last token. */
  void add(JsonParser parser) {
    switch (parser.currentToken()) {
      case VALUE_STRING -> kinds |= STRING;
      case VALUE_TRUE, VALUE_FALSE -> kinds |= BOOL;
      case VALUE_NUMBER_FLOAT -> kinds |= DOUBLE;
      case VALUE_NUMBER_INT ->
          kinds |= parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? BIG : LONG;
      case START_ARRAY -> {
        kinds |= ARRAY;
        element = element == null ? new JsonGuess(MOST_NAMES) : element;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          element.add(parser);
        }
      }
      case START_OBJECT -> {
        kinds |= OBJECT;
        addParts(parser);
      }
      case VALUE_NULL,
          PROPERTY_NAME,
          END_OBJECT,
          END_ARRAY,
          NOT_AVAILABLE,
          VALUE_EMBEDDED_OBJECT -> {
        // A null tells nothing of the type; the others begin no value.
      }
    }
  }

  /** Adds the parts of the object the parser stands on. */
  void addParts(JsonParser parser) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.isEmpty() || (parts.size() >= mostNames && !parts.containsKey(name))) {
        map = true;
        parser.skipChildren();
      } else {
        parts.computeIfAbsent(name, n -> new JsonGuess(MOST_NAMES)).add(parser);
      }
    }
  }

  /** Returns the narrowest type of at most {@code depth} levels. */
  private Type type(int depth) {
    if (depth == 0 && (kinds & (ARRAY | OBJECT)) != 0) {
      return Type.TEXT;
    }
    return switch (kinds) {
      case LONG -> Type.LONG;
      case DOUBLE, LONG | DOUBLE -> Type.DOUBLE;
      case BOOL -> Type.BOOL;
      case ARRAY -> Type.list(element == null ? Type.TEXT : element.type(depth - 1));
      case OBJECT -> map || parts.isEmpty() ? Type.TEXT : Type.struct(schema(depth - 1));
      default -> Type.TEXT;
    };
  }

  /** Returns the parts as fields, in the order in which they were seen first. */
  Schema schema() {
    return schema(Type.MAX_DEPTH);
  }

  private Schema schema(int depth) {
    List<Field> fields = new ArrayList<>();
    parts.forEach((name, guess) -> fields.add(Field.of(name, guess.type(depth))));
    return new Schema(fields);
  }
}
