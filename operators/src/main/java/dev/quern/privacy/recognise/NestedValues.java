package dev.quern.privacy.recognise;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Schema;
import dev.quern.data.StructColumn;
import dev.quern.data.Type;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Values within lists and structs, each with its path: {@code user.phone}, {@code
 * messages[0].content}. A part whose name holds a sign of paths stands as {@code ["name"]}.
 */
public final class NestedValues {
  private NestedValues() {}

  /**
   * Where a value stands. Written only where somebody asks: most values have no findings.
   *
   * @param above what it is a part or an element of; null for a field
   * @param part its name; empty for an element
   * @param number of an element, from 0
   */
  public record Path(@Nullable Path above, String part, int number) {
    private Path part(String name) {
      return new Path(this, name, -1);
    }

    private Path element(int at) {
      return new Path(this, "", at);
    }

    /** Returns it as findings name it. */
    @Override
    public String toString() {
      return write(new StringBuilder(), true).toString();
    }

    /** Returns it without the numbers of elements, which are one then. */
    public String unnumbered() {
      return write(new StringBuilder(), false).toString();
    }

    private StringBuilder write(StringBuilder out, boolean numbered) {
      if (above == null) {
        return out.append(part);
      }
      above.write(out, numbered);
      if (number >= 0) {
        out.append('[');
        return (numbered ? out.append(number) : out).append(']');
      }
      boolean plain = part.indexOf('.') < 0 && part.indexOf('[') < 0 && part.indexOf('"') < 0;
      return plain
          ? out.append('.').append(part)
          : out.append("[\"").append(part.replace("\"", "\\\"")).append("\"]");
    }
  }

  /** Takes a value that is not missing and neither list nor struct. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes the value in {@code row} of {@code column}.
     *
     * @param path where it stands, from the field on
     * @param name what it is called: its part, or the list it is an element of
     */
    void take(Path path, String name, Column column, int row);
  }

  /** Appends a value in place of another. */
  @FunctionalInterface
  public interface Copier {
    /**
     * Appends what stands in place of the value in {@code row} of {@code column}.
     *
     * @return whether there is such; nothing is appended if not
     */
    boolean copy(Path path, Column column, int row, ColumnBuilder into);
  }

  /**
   * Returns whether {@code type} is a list or struct within which values of types that are {@code
   * wanted} stand, and no findings.
   */
  public static boolean areIn(Type type, Predicate<Type> wanted) {
    return !type.isScalar() && !isFindings(type) && holds(type, wanted);
  }

  private static boolean holds(Type type, Predicate<Type> wanted) {
    if (type instanceof Type.ListOf list) {
      return holds(list.element(), wanted);
    }
    return type instanceof Type.Struct struct
        ? struct.schema().fields().stream().anyMatch(part -> holds(part.type(), wanted))
        : wanted.test(type);
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
    each(new Path(null, field.name(), -1), field.name(), column, row, visitor);
  }

  private static void each(Path path, String name, Column column, int row, Visitor visitor) {
    if (column.isNull(row)) {
      return;
    }
    if (column instanceof ListColumn lists) {
      for (int i = lists.start(row); i < lists.end(row); i++) {
        each(path.element(i - lists.start(row)), name, lists.elements(), i, visitor);
      }
    } else if (column instanceof StructColumn structs) {
      Schema parts = ((Type.Struct) structs.type()).schema();
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.field(i).name();
        each(path.part(part), part, structs.part(i), row, visitor);
      }
    } else {
      visitor.take(path, name, column, row);
    }
  }

  /**
   * Appends the value in {@code row} of a field, with what {@code copier} puts in place of some.
   */
  public static void copy(Field field, Column column, int row, Copier copier, ColumnBuilder into) {
    copy(new Path(null, field.name(), -1), column, row, copier, into);
  }

  private static void copy(Path path, Column column, int row, Copier copier, ColumnBuilder into) {
    if (column.isNull(row)) {
      into.appendNull();
    } else if (column instanceof ListColumn lists) {
      for (int i = lists.start(row); i < lists.end(row); i++) {
        copy(path.element(i - lists.start(row)), lists.elements(), i, copier, into.elements());
      }
      into.endList();
    } else if (column instanceof StructColumn structs) {
      Schema parts = ((Type.Struct) structs.type()).schema();
      for (int i = 0; i < parts.size(); i++) {
        Path part = path.part(parts.field(i).name());
        copy(part, structs.part(i), row, copier, into.part(i));
      }
      into.endStruct();
    } else if (!copier.copy(path, column, row, into)) {
      into.append(column, row);
    }
  }
}
