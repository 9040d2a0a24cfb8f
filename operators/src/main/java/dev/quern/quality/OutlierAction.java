package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import java.util.List;
import java.util.Optional;

/** What happens to an outlier. */
enum OutlierAction {
  /** Its sample is dropped as {@code outlier}; measured: the score. */
  DROP,
  /** The value becomes missing. */
  MISSING,
  /** The value becomes the bound it crossed. */
  CLIP,
  /** A field NAME_outlier tells it. */
  FLAG;

  static final String SUFFIX = "_outlier";

  /** Returns the positions of the number fields that are judged. */
  static int[] positions(Schema input, Optional<List<String>> fields) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "long, double or float",
        field ->
            switch (field.type().kind()) {
              case LONG, DOUBLE, FLOAT -> true;
              case TEXT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
            },
        field ->
            !field.is(Role.LABEL)
                && !field.is(Role.IDENTIFIER)
                && !field.is(Role.SUBJECT)
                && !field.is(Role.GROUP)
                && !field.is(Role.EVENT_TIME));
  }

  /** Returns {@code input} with the fields that flags make. */
  Schema output(Schema input, int[] positions) {
    Schema output = input;
    if (this == FLAG) {
      for (int position : positions) {
        Field flag = Field.of(input.field(position).name() + SUFFIX, Type.BOOL);
        if (output.indexOf(flag.name()) >= 0) {
          throw new BindException(
              "action", "flag must make fields that are not there; found: " + flag.name());
        }
        output = output.with(flag);
      }
    }
    return output;
  }

  /** Returns the value that {@code bound} makes of the one in {@code row}, whole where that is. */
  static Object clipped(Column column, int row, double bound) {
    return switch (column.type().kind()) {
      case LONG ->
          (Object) (long) (column.doubleAt(row) > bound ? Math.floor(bound) : Math.ceil(bound));
      case FLOAT -> (Object) (float) bound;
      case DOUBLE, TEXT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> (Object) bound;
    };
  }

  /** Returns how sure a verdict is: ½ at the limit, towards 1 far beyond it. */
  static double confidence(double score, double limit) {
    return Double.isInfinite(score) ? 1 : score / (score + limit);
  }
}
