package dev.quern.privacy.recognise;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.StructColumn;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import java.util.ArrayList;
import java.util.List;

/**
 * The field of a dataset that holds what was found in its other fields: a list of {@code struct<
 * field: text, start: long, end: long, type: text, recogniser: text, score: double, length: long>},
 * sorted by field in the order of the schema, then start. A value within a list or struct is named
 * by its path, see {@link NestedValues}. Starts and ends are Unicode code points of the field's
 * text, see {@link CellText}, ends exclusive; a finding without an end behind its start is none.
 * The length is that of the text in code points: a text of another length is not the one that was
 * looked at.
 */
public final class Findings {
  private static final List<Field> PARTS =
      List.of(
          Field.of("field", Type.TEXT),
          Field.of("start", Type.LONG),
          Field.of("end", Type.LONG),
          Field.of("type", Type.TEXT),
          Field.of("recogniser", Type.TEXT),
          Field.of("score", Type.DOUBLE),
          Field.of("length", Type.LONG));

  /** The type of the field. */
  public static final Type TYPE = Type.list(Type.struct(new Schema(PARTS)));

  private final int position;

  private Findings(int position) {
    this.position = position;
  }

  /**
   * A finding as a place of a text.
   *
   * @param type what it is
   * @param recogniser what found it
   * @param start its first unit
   * @param end one behind its last unit
   * @param score how sure that is, in [0, 1]
   */
  public record Span(String type, String recogniser, int start, int end, double score) {}

  /**
   * Returns the reading of the field called {@code name} of {@code schema}.
   *
   * @param param the parameter that names it, for problems
   * @throws BindException if there is no such field or it holds no findings
   */
  public static Findings of(Schema schema, String param, String name) {
    int position = FieldChoice.position(schema, param, name);
    if (!isTyped(schema.field(position).type())) {
      throw new BindException(
          param,
          "must name a field of findings, as privacy.detect adds one; found: "
              + name
              + ", "
              + schema.field(position).type());
    }
    return new Findings(position);
  }

  /** What other tools or earlier versions have made may lack the length. */
  private static boolean isTyped(Type type) {
    return type.equals(TYPE)
        || type instanceof Type.ListOf list
            && list.element() instanceof Type.Struct struct
            && struct.schema().fields().equals(PARTS.subList(0, PARTS.size() - 1));
  }

  /**
   * Appends the findings in one field to a list that {@link ColumnBuilder#endList} will end.
   *
   * @param length of the text, in code points
   */
  public static void append(ColumnBuilder lists, String field, List<Finding> findings, int length) {
    ColumnBuilder structs = lists.elements();
    for (Finding finding : findings) {
      structs.part(0).appendText(field);
      structs.part(1).appendLong(finding.start());
      structs.part(2).appendLong(finding.end());
      structs.part(3).appendText(finding.type());
      structs.part(4).appendText(finding.recogniser());
      structs.part(5).appendDouble(finding.score());
      structs.part(6).appendLong(length);
      structs.endStruct();
    }
  }

  /** Returns the findings in {@code field} of the sample in {@code row}, in code points. */
  public List<Span> points(Batch batch, int row, String field) {
    List<Span> spans = new ArrayList<>();
    Column column = batch.column(position);
    if (column.isNull(row)) {
      return spans;
    }
    ListColumn lists = (ListColumn) column;
    StructColumn structs = (StructColumn) lists.elements();
    for (int i = lists.start(row); i < lists.end(row); i++) {
      if (field.equals(structs.part(0).textAt(i))) {
        spans.add(
            new Span(
                structs.part(3).textAt(i),
                structs.part(4).textAt(i),
                Math.toIntExact(structs.part(1).longAt(i)),
                Math.toIntExact(structs.part(2).longAt(i)),
                structs.part(5).doubleAt(i)));
      }
    }
    return spans;
  }

  /**
   * Returns the findings in {@code field} as places of its bytes: {@code text} must be that field's
   * value. Places behind its end are moved to the end; what is empty then is left out.
   */
  public List<Span> bytes(Batch batch, int row, String field, Slice text) {
    Steps bytes = new Steps(text);
    return placed(points(batch, row, field), bytes::byteAt);
  }

  /** Returns the findings in {@code field} as places of chars (UTF-16) of its value. */
  public List<Span> chars(Batch batch, int row, String field, String text) {
    int points = text.codePointCount(0, text.length());
    return placed(
        points(batch, row, field), point -> text.offsetByCodePoints(0, Math.min(point, points)));
  }

  private static List<Span> placed(List<Span> points, java.util.function.IntUnaryOperator place) {
    List<Span> placed = new ArrayList<>(points.size());
    for (Span span : points) {
      int start = place.applyAsInt(span.start());
      int end = place.applyAsInt(span.end());
      if (start < end) {
        placed.add(new Span(span.type(), span.recogniser(), start, end, span.score()));
      }
    }
    return placed;
  }

  /** Walks through UTF-8 by code points; asked in rising order it takes linear time. */
  private static final class Steps {
    private final Slice text;
    private int at;
    private int point;

    Steps(Slice text) {
      this.text = text;
      this.at = text.start;
    }

    int byteAt(int wanted) {
      if (wanted < point) {
        at = text.start;
        point = 0;
      }
      while (point < wanted && at < text.end) {
        at++;
        while (at < text.end && (text.bytes[at] & 0xC0) == 0x80) {
          at++;
        }
        point++;
      }
      return at;
    }
  }
}
