package dev.quern.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the written form of a {@link Type} by recursive descent. */
final class TypeParser {
  private final String written;
  private int at;

  TypeParser(String written) {
    this.written = written;
  }

  Type parse() {
    Type type = type(0);
    skipSpace();
    if (at != written.length()) {
      throw wrong();
    }
    return type;
  }

  private Type type(int depth) {
    if (depth > Type.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "type must have at most "
              + Type.MAX_DEPTH
              + " lists and structs within each other; found: more; deeper values may be text");
    }
    skipSpace();
    int start = at;
    while (at < written.length() && Character.isLetter(written.charAt(at))) {
      at++;
    }
    return switch (written.substring(start, at).toLowerCase(Locale.ROOT)) {
      case "text", "string" -> Type.TEXT;
      case "long", "int", "integer" -> Type.LONG;
      case "double", "number" -> Type.DOUBLE;
      case "float" -> Type.FLOAT;
      case "bool", "boolean" -> Type.BOOL;
      case "timestamp" -> Type.TIMESTAMP;
      case "date" -> Type.DATE;
      case "bytes" -> Type.BYTES;
      case "decimal" -> decimal();
      case "list" -> list(depth);
      case "struct" -> struct(depth);
      default -> throw wrong();
    };
  }

  private Type decimal() {
    expect('(');
    int precision = integer();
    expect(',');
    int scale = integer();
    expect(')');
    try {
      return new Type.Decimal(precision, scale);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
  }

  private Type list(int depth) {
    expect('<');
    Type element = type(depth + 1);
    expect('>');
    return new Type.ListOf(element);
  }

  private Type struct(int depth) {
    expect('<');
    List<Field> fields = new ArrayList<>();
    skipSpace();
    while (at < written.length() && written.charAt(at) != '>') {
      if (!fields.isEmpty()) {
        expect(',');
        skipSpace();
      }
      int start = at;
      while (at < written.length() && written.charAt(at) != ':') {
        at++;
      }
      String name = written.substring(start, at).strip();
      expect(':');
      fields.add(Field.of(name, type(depth + 1)));
      skipSpace();
    }
    expect('>');
    return new Type.Struct(new Schema(fields));
  }

  private int integer() {
    skipSpace();
    int start = at;
    while (at < written.length() && Character.isDigit(written.charAt(at)) && at - start < 3) {
      at++;
    }
    if (start == at) {
      throw wrong();
    }
    return Integer.parseInt(written.substring(start, at));
  }

  private void expect(char c) {
    skipSpace();
    if (at >= written.length() || written.charAt(at) != c) {
      throw wrong();
    }
    at++;
  }

  private void skipSpace() {
    while (at < written.length() && written.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "type must be text, long, double, float, decimal(p,s), bool, timestamp, date, bytes,"
            + " list<…> or struct<name: …>; found: "
            + written);
  }
}
