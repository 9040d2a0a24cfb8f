package dev.quern.privacy.recognise;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Schema;
import dev.quern.data.StructColumn;
import dev.quern.data.Type;
import java.util.Map;

/**
 * Values within lists and structs, each with its path: {@code user.phone}, {@code
 * messages[0].content}. A part whose name holds a sign of paths stands as {@code ["name"]}.
 */
public final class NestedTexts {
  private NestedTexts() {}

  /** Takes a value that is not missing and neither list nor struct. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes the value in {@code row} of {@code column}.
     *
     * @param path where it stands, from the field on
     * @param name what it is called: its part, or the list it is an element of
     */
    void take(String path, String name, Column column, int row);
  }

  /** Returns whether {@code type} is a list or struct in which texts stand, and no findings. */
  public static boolean areIn(Type type) {
    return !type.isScalar() && !isFindings(type) && holdsText(type);
  }

  private static boolean holdsText(Type type) {
    if (type instanceof Type.ListOf list) {
      return holdsText(list.element());
    }
    return type instanceof Type.Struct struct
        ? struct.schema().fields().stream().anyMatch(part -> holdsText(part.type()))
        : type.equals(Type.TEXT);
  }

  private static boolean isFindings(Type type) {
    if (!(type instanceof Type.ListOf list) || !(list.element() instanceof Type.Struct struct)) {
      return false;
    }
    Schema parts = struct.schema();
    return parts.indexOf("field") >= 0
        && parts.indexOf("start") >= 0
        && parts.indexOf("end") >= 0
        && parts.indexOf("type") >= 0;
  }

  /** Hands each value in {@code row} of a field to {@code visitor}. */
  public static void each(Field field, Column column, int row, Visitor visitor) {
    each(field.name(), field.name(), column, row, visitor);
  }

  private static void each(String path, String name, Column column, int row, Visitor visitor) {
    if (column.isNull(row)) {
      return;
    }
    if (column instanceof ListColumn lists) {
      for (int i = lists.start(row); i < lists.end(row); i++) {
        each(element(path, i - lists.start(row)), name, lists.elements(), i, visitor);
      }
    } else if (column instanceof StructColumn structs) {
      Schema parts = ((Type.Struct) structs.type()).schema();
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.field(i).name();
        each(part(path, part), part, structs.part(i), row, visitor);
      }
    } else {
      visitor.take(path, name, column, row);
    }
  }

  /** Appends the value in {@code row} of a field, with the texts whose paths have another one. */
  public static void copy(
      Field field, Column column, int row, Map<String, String> texts, ColumnBuilder into) {
    copy(field.name(), column, row, texts, into);
  }

  private static void copy(
      String path, Column column, int row, Map<String, String> texts, ColumnBuilder into) {
    if (column.isNull(row)) {
      into.appendNull();
    } else if (column instanceof ListColumn lists) {
      for (int i = lists.start(row); i < lists.end(row); i++) {
        copy(element(path, i - lists.start(row)), lists.elements(), i, texts, into.elements());
      }
      into.endList();
    } else if (column instanceof StructColumn structs) {
      Schema parts = ((Type.Struct) structs.type()).schema();
      for (int i = 0; i < parts.size(); i++) {
        copy(part(path, parts.field(i).name()), structs.part(i), row, texts, into.part(i));
      }
      into.endStruct();
    } else {
      String text = texts.get(path);
      if (text == null) {
        into.append(column, row);
      } else {
        into.appendText(text);
      }
    }
  }

  private static String element(String path, int number) {
    return path + '[' + number + ']';
  }

  private static String part(String path, String name) {
    boolean plain = name.indexOf('.') < 0 && name.indexOf('[') < 0 && name.indexOf('"') < 0;
    return plain ? path + '.' + name : path + "[\"" + name.replace("\"", "\\\"") + "\"]";
  }
}
