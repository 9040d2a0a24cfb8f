package dev.quern.privacy.transform;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Schema;
import dev.quern.data.StructColumn;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the findings of a sample: a list of structs that have at least the parts field (text),
 * start and end (long; offsets in code points, end exclusive) and type (text), and may have the
 * part length (long) of the text they were found in.
 */
final class FindingSpans {
  /**
   * Where a value stands.
   *
   * @param field name of the field
   * @param start first code point, from 0
   * @param end one behind the last code point
   * @param type of the finding
   * @param length code points of the text it was found in, {@link #UNKNOWN} if nobody has said
   * @param element where the finding stands among the elements of the column
   */
  record Span(String field, long start, long end, String type, long length, int element) {
    Span at(long newStart, long newEnd) {
      return new Span(field, newStart, newEnd, type, length, element);
    }

    /** Returns it in a text of another length. */
    Span in(long newLength) {
      return length == UNKNOWN ? this : new Span(field, start, end, type, newLength, element);
    }

    /** Returns whether it may have been found in a text of so many code points. */
    boolean fits(long points) {
      return start >= 0 && end > start && end <= points;
    }

    /** Returns whether the text was of another length when it was found. */
    boolean isOfAnother(long points) {
      return length != UNKNOWN && length != points;
    }
  }

  private static final long UNKNOWN = -1;

  private final int field;
  private final int start;
  private final int end;
  private final int type;
  private final int length;

  private FindingSpans(Schema parts) {
    this.field = parts.indexOf("field");
    this.start = parts.indexOf("start");
    this.end = parts.indexOf("end");
    this.type = parts.indexOf("type");
    this.length = has(parts, "length", Type.LONG) ? parts.indexOf("length") : -1;
  }

  /**
   * Reads findings as they stand in {@code declared}.
   *
   * @throws BindException if the field holds no findings
   */
  static FindingSpans of(Field declared, String param) {
    if (declared.type() instanceof Type.ListOf list
        && list.element() instanceof Type.Struct struct) {
      Schema parts = struct.schema();
      if (has(parts, "field", Type.TEXT)
          && has(parts, "start", Type.LONG)
          && has(parts, "end", Type.LONG)
          && has(parts, "type", Type.TEXT)) {
        return new FindingSpans(parts);
      }
    }
    throw new BindException(
        param,
        "must name a field of findings, as privacy.detect adds it; found: "
            + declared.name()
            + " of type "
            + declared.type());
  }

  private static boolean has(Schema parts, String name, Type type) {
    int position = parts.indexOf(name);
    return position >= 0 && parts.field(position).type().equals(type);
  }

  /** Returns the findings of {@code row}, by field and start, longer ones first. */
  List<Span> read(Column column, int row) {
    if (column.isNull(row)) {
      return List.of();
    }
    ListColumn lists = (ListColumn) column;
    StructColumn elements = (StructColumn) lists.elements();
    List<Span> found = new ArrayList<>();
    for (int i = lists.start(row); i < lists.end(row); i++) {
      if (elements.isNull(i) || isIncomplete(elements, i)) {
        found.add(new Span("", -1, -1, "", UNKNOWN, i));
      } else {
        found.add(
            new Span(
                elements.part(field).textAt(i),
                elements.part(start).longAt(i),
                elements.part(end).longAt(i),
                elements.part(type).textAt(i),
                length < 0 || elements.part(length).isNull(i)
                    ? UNKNOWN
                    : elements.part(length).longAt(i),
                i));
      }
    }
    found.sort(
        Comparator.comparing(Span::field)
            .thenComparingLong(Span::start)
            .thenComparing(Comparator.comparingLong(Span::end).reversed())
            .thenComparing(Span::type));
    return found;
  }

  private boolean isIncomplete(StructColumn elements, int i) {
    return elements.part(field).isNull(i)
        || elements.part(start).isNull(i)
        || elements.part(end).isNull(i)
        || elements.part(type).isNull(i);
  }

  /** Appends the finding of {@code span} to {@code into} at the place the span gives. */
  void append(StructColumn elements, Span span, ColumnBuilder into) {
    int parts = ((Type.Struct) elements.type()).schema().size();
    for (int part = 0; part < parts; part++) {
      if (part == start) {
        into.part(part).appendLong(span.start());
      } else if (part == end) {
        into.part(part).appendLong(span.end());
      } else if (part == length && span.length() != UNKNOWN) {
        into.part(part).appendLong(span.length());
      } else {
        into.part(part).append(elements.part(part), span.element());
      }
    }
    into.endStruct();
  }
}
