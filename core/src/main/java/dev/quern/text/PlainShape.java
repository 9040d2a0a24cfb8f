package dev.quern.text;

import dev.quern.data.BatchBuilder;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A type as {@link PlainJson} needs it: with names in UTF-8 and the builder of its column. */
final class PlainShape {
  private final Type.Kind kind;
  private final @Nullable ColumnBuilder out;
  private final @Nullable ValueParser parser;
  private final PlainShape[] parts;
  private final byte[][] names;

  /** Positions + 1 of names by hash, 0 where there is none; a power of two long. */
  private final int[] table;

  private PlainShape(
      Type.Kind kind, @Nullable ColumnBuilder out, PlainShape[] parts, Schema schema) {
    this.kind = kind;
    this.out = out;
    this.parser = out == null || kind == Type.Kind.TEXT ? null : ValueParser.of(out.type());
    this.parts = parts;
    this.names = new byte[schema.size()][];
    this.table = new int[Integer.highestOneBit(Math.max(1, schema.size())) << 2];
    for (int i = 0; i < names.length; i++) {
      names[i] = plain(schema.field(i).name());
      int place = hash(names[i], 0, names[i].length) & (table.length - 1);
      while (table[place] != 0) {
        place = (place + 1) & (table.length - 1);
      }
      table[place] = i + 1;
    }
  }

  /** Returns the shape of the samples that {@code batch} collects. */
  static PlainShape of(Schema schema, BatchBuilder batch) {
    PlainShape[] parts = new PlainShape[schema.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = of(schema.field(i).type(), batch.column(i));
    }
    return new PlainShape(Type.Kind.STRUCT, null, parts, schema);
  }

  private static PlainShape of(Type type, ColumnBuilder out) {
    Schema none = Schema.of();
    if (type instanceof Type.ListOf list) {
      PlainShape[] element = {of(list.element(), out.elements())};
      return new PlainShape(type.kind(), out, element, none);
    }
    if (type instanceof Type.Struct struct) {
      PlainShape[] parts = new PlainShape[struct.schema().size()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = of(struct.schema().field(i).type(), out.part(i));
      }
      return new PlainShape(type.kind(), out, parts, struct.schema());
    }
    return new PlainShape(type.kind(), out, new PlainShape[0], none);
  }

  /** Returns the bytes a name is written with, or some that no document holds. */
  private static byte[] plain(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    boolean plain = utf8.length <= 1000 && new String(utf8, StandardCharsets.UTF_8).equals(name);
    for (byte b : utf8) {
      plain &= b != '"' && b != '\\' && (b & 0xe0) != 0;
    }
    return plain ? utf8 : new byte[] {'"'};
  }

  Type.Kind kind() {
    return kind;
  }

  ColumnBuilder out() {
    if (out == null) {
      throw new IllegalStateException("the samples themselves have no column");
    }
    return out;
  }

  PlainShape part(int field) {
    return parts[field];
  }

  int size() {
    return names.length;
  }

  int nameLength(int field) {
    return names[field].length;
  }

  @Nullable String parse(byte[] bytes, int start, int end) {
    if (parser == null) {
      throw new IllegalStateException("texts are not parsed");
    }
    return parser.parse(bytes, start, end, out());
  }

  void appendMissing(int row) {
    for (PlainShape part : parts) {
      if (part.out().size() == row) {
        part.out().appendNull();
      }
    }
  }

  /**
   * Returns the field whose name begins at {@code start} and ends with a quote, or -1.
   *
   * @param expected the field it is most likely
   */
  int find(byte[] bytes, int start, int end, int expected) {
    if (expected < names.length && is(names[expected], bytes, start, end)) {
      return expected;
    }
    int stop = start;
    while (stop < end && bytes[stop] != '"') {
      stop++;
    }
    if (stop == end) {
      return -1;
    }
    int place = hash(bytes, start, stop) & (table.length - 1);
    while (table[place] != 0) {
      int field = table[place] - 1;
      if (is(names[field], bytes, start, end)) {
        return field;
      }
      place = (place + 1) & (table.length - 1);
    }
    return -1;
  }

  private static boolean is(byte[] name, byte[] bytes, int start, int end) {
    int stop = start + name.length;
    return stop < end
        && bytes[stop] == '"'
        && Arrays.equals(name, 0, name.length, bytes, start, stop);
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = 0;
    for (int at = start; at < end; at++) {
      hash = 31 * hash + bytes[at];
    }
    return hash ^ hash >>> 15;
  }
}
