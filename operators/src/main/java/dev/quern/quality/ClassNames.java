package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The classes of a label field by number: texts, whole numbers or bools in written form. */
final class ClassNames {
  private final List<String> names;
  private final byte[][] sorted;
  private final int[] numbers;

  /** Numbers {@code names} in the order given. */
  ClassNames(List<String> names) {
    this.names = List.copyOf(names);
    Integer[] order = new Integer[names.size()];
    byte[][] utf8 = new byte[order.length][];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      utf8[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
    }
    Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(utf8[a], utf8[b]));
    sorted = new byte[order.length][];
    numbers = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      sorted[i] = utf8[order[i]];
      numbers[i] = order[i];
    }
  }

  /** Returns {@code names} in the order of their values: numbers ascending, texts by UTF-8. */
  static List<String> ordered(Collection<String> names, Type type) {
    List<String> ordered = new ArrayList<>(names);
    if (type.equals(Type.LONG)) {
      ordered.sort(Comparator.comparingLong(Long::parseLong));
    } else {
      ordered.sort(
          (a, b) ->
              Arrays.compareUnsigned(
                  a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    }
    return ordered;
  }

  /** Returns whether a field of {@code type} can hold classes. */
  static boolean fits(Type type) {
    return type.equals(Type.TEXT) || type.equals(Type.LONG) || type.equals(Type.BOOL);
  }

  /** Points {@code into} at the written form of the class in {@code row}, which is not null. */
  static Slice written(Column column, int row, Slice into) {
    if (column.type().equals(Type.TEXT)) {
      return column.sliceAt(row, into);
    }
    String text =
        column.type().equals(Type.BOOL)
            ? Boolean.toString(column.boolAt(row))
            : Long.toString(column.longAt(row));
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    return into.set(ascii, 0, ascii.length);
  }

  List<String> names() {
    return names;
  }

  int size() {
    return names.size();
  }

  /** Returns the number of the class in {@code row}, which is not null; -1 for an unknown one. */
  int numberOf(Column column, int row, Slice scratch) {
    return numberOf(written(column, row, scratch));
  }

  /** Returns the number of the class written as {@code found}; -1 for an unknown one. */
  int numberOf(Slice found) {
    int low = 0;
    int high = sorted.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] name = sorted[middle];
      int order = Arrays.compareUnsigned(name, 0, name.length, found.bytes, found.start, found.end);
      if (order == 0) {
        return numbers[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Appends class {@code number} to a column of the labels' type. */
  void append(ColumnBuilder column, int number) {
    String name = names.get(number);
    if (column.type().equals(Type.LONG)) {
      column.appendLong(Long.parseLong(name));
    } else if (column.type().equals(Type.BOOL)) {
      column.appendBool(Boolean.parseBoolean(name));
    } else {
      column.appendText(name);
    }
  }
}
