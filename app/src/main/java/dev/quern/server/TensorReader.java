package dev.quern.server;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueParser;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the data of one input tensor, flat or nested, straight into a column. JSON null is a
 * missing value for every datatype; BYTES are parsed as a reader parses text.
 */
final class TensorReader {
  private final String where;
  private final Type type;
  private final DataType datatype;
  private final ColumnBuilder out;
  private final ValueParser values;
  private final Utf8Buffer text = new Utf8Buffer();
  private boolean flat;
  private boolean nested;

  /**
   * Makes a reader.
   *
   * @param where the place in the request, for messages
   */
  TensorReader(String where, Type type, DataType datatype, ColumnBuilder out) {
    this.where = where;
    this.type = type;
    this.datatype = datatype;
    this.out = out;
    this.values = ValueParser.of(type);
  }

  /** Returns whether elements stood in lists of their own: {@code [[1], [2]]}. */
  boolean isNested() {
    return nested;
  }

  /** Reads the list that {@code parser} stands on, up to its end. */
  void read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw bad(" must be a list; found: " + kind(parser.currentToken()));
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        flat = true;
        value(parser);
        continue;
      }
      nested = true;
      if (parser.nextToken() == JsonToken.END_ARRAY) {
        throw badElement("must hold one value; found: an empty list");
      }
      int element = out.size();
      value(parser);
      if (parser.nextToken() != JsonToken.END_ARRAY) {
        throw bad("[" + element + "] must hold one value; found: more");
      }
    }
    if (flat && nested) {
      throw bad(" must be flat or nested; found: both");
    }
  }

  private void value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    switch (token) {
      case VALUE_NULL -> out.appendNull();
      case VALUE_TRUE, VALUE_FALSE -> {
        require(datatype == DataType.BOOL, token);
        out.appendBool(token == JsonToken.VALUE_TRUE);
      }
      case VALUE_STRING -> {
        require(datatype == DataType.BYTES, token);
        bytes(parser);
      }
      case VALUE_NUMBER_INT -> {
        require(datatype.isInteger() || datatype.isFloating(), token);
        if (datatype.isInteger()) {
          integer(parser);
        } else {
          floating(parser);
        }
      }
      case VALUE_NUMBER_FLOAT -> {
        require(datatype.isFloating(), token);
        floating(parser);
      }
      case START_ARRAY,
          START_OBJECT,
          NOT_AVAILABLE,
          END_ARRAY,
          END_OBJECT,
          PROPERTY_NAME,
          VALUE_EMBEDDED_OBJECT ->
          throw wrong(token);
    }
  }

  private void require(boolean fits, JsonToken token) {
    if (!fits) {
      throw wrong(token);
    }
  }

  private Refusal wrong(JsonToken token) {
    return badElement("must be " + expected() + " or null; found: " + kind(token));
  }

  private String expected() {
    return switch (datatype) {
      case BOOL -> "true, false";
      case BYTES -> "a text";
      case FP32, FP64 -> "a number";
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> "a whole number";
    };
  }

  private void integer(JsonParser parser) {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw outOfRange();
    }
    long value = parser.getLongValue();
    if (value < datatype.min() || value > datatype.max()) {
      throw outOfRange();
    }
    if (type.kind() == Type.Kind.DECIMAL) {
      written(parser);
    } else {
      out.appendLong(value);
    }
  }

  private Refusal outOfRange() {
    return badElement(
        "must be in ["
            + datatype.min()
            + ", "
            + datatype.max()
            + "] ("
            + datatype
            + "); found: a number beyond");
  }

  private void floating(JsonParser parser) {
    double written = parser.getDoubleValue();
    double value = datatype == DataType.FP32 ? (float) written : written;
    boolean overflows =
        Double.isInfinite(value)
            || (type.kind() == Type.Kind.FLOAT && Float.isInfinite((float) value));
    if (overflows) {
      throw badElement("must be finite (" + datatype + "); found: a number too large");
    }
    switch (type.kind()) {
      case DOUBLE, FLOAT -> out.appendDouble(value);
      case LONG -> {
        // Tools that know missing values in floating columns only send whole numbers as such.
        if (value != Math.rint(value) || value < -0x1p63 || value >= 0x1p63) {
          throw badElement("must be a whole number of 64 bits; found: another number");
        }
        out.appendLong((long) value);
      }
      case DECIMAL -> written(parser);
      case TEXT, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT ->
          throw new IllegalStateException("datatype must fit the field; found: " + datatype);
    }
  }

  /** Takes the number as it was written, so that a decimal loses nothing. */
  private void written(JsonParser parser) {
    text.reset().putAscii(parser.getString());
    parse();
  }

  private void bytes(JsonParser parser) {
    char[] chars = parser.getStringCharacters();
    int start = parser.getStringOffset();
    if (!text.reset().putChars(chars, start, start + parser.getStringLength())) {
      throw badElement("must be Unicode; found: half of a surrogate pair");
    }
    if (text.length() == 0 && type.kind() != Type.Kind.TEXT) {
      out.appendNull();
    } else {
      parse();
    }
  }

  private void parse() {
    int row = out.size();
    @Nullable String rule = values.parse(text.bytes(), 0, text.length(), out);
    if (rule != null) {
      Fault fault = Fault.of(rule, type.toString(), text.bytes(), 0, text.length());
      throw Refusal.bad(where + ".data[" + row + "] " + fault);
    }
  }

  private Refusal bad(String message) {
    return Refusal.bad(where + ".data" + message);
  }

  private Refusal badElement(String message) {
    return Refusal.bad(where + ".data[" + out.size() + "] " + message);
  }

  static String kind(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "a list";
      case VALUE_STRING, PROPERTY_NAME -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or exponent";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
    };
  }
}
