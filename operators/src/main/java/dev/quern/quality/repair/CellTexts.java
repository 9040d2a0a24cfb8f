package dev.quern.quality.repair;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of some fields as trimmed texts, and back. Missing are null, NaN, blank texts, and
 * texts that are too long to be looked at.
 *
 * @param positions positions of the fields in the schema
 * @param kinds the types of the fields
 */
public record CellTexts(List<Integer> positions, List<Type.Kind> kinds) {
  /** Longer texts (UTF-16 units) are documents and not looked at. */
  public static final int LONGEST = 512;

  /** Returns the cells of the fields at {@code positions} of {@code schema}. */
  public static CellTexts of(Schema schema, int[] positions) {
    List<Integer> all = java.util.Arrays.stream(positions).boxed().toList();
    return new CellTexts(all, all.stream().map(p -> schema.field(p).type().kind()).toList());
  }

  /** Returns whether fields of this type can be looked at. */
  public static boolean fits(Field field) {
    return switch (field.type().kind()) {
      case TEXT, LONG, DOUBLE -> true;
      case FLOAT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  /** Returns the number of fields. */
  public int fields() {
    return positions.size();
  }

  /** Returns the cells of {@code row}. */
  public @Nullable String[] texts(Batch batch, int row) {
    @Nullable String[] texts = new @Nullable String[fields()];
    for (int field = 0; field < texts.length; field++) {
      texts[field] = text(batch.column(positions.get(field)), row);
    }
    return texts;
  }

  private static @Nullable String text(Column column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.type().kind()) {
      case LONG -> Long.toString(column.longAt(row));
      case DOUBLE -> {
        double value = column.doubleAt(row);
        yield Double.isNaN(value) || Double.isInfinite(value)
            ? null
            : Measure.plain(BigDecimal.valueOf(value));
      }
      default -> {
        String text = column.textAt(row).strip();
        yield text.isEmpty() || text.length() > LONGEST ? null : text;
      }
    };
  }

  /** Returns whether the field can hold {@code text}. */
  boolean holds(int field, String text) {
    return switch (kinds.get(field)) {
      case LONG -> text.matches("-?[0-9]{1,18}");
      case DOUBLE -> Measure.isNumber(text);
      default -> true;
    };
  }

  /** Returns {@code text} as a value of the field, which can hold it. */
  public Object value(int field, String text) {
    return switch (kinds.get(field)) {
      case LONG -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      default -> text;
    };
  }
}
