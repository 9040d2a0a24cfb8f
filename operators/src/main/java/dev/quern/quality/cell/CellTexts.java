package dev.quern.quality.cell;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.Outcome;
import org.jspecify.annotations.Nullable;

/** What was read of one text column: per text, which is a dictionary entry or a row. */
final class CellTexts {
  private final Column before;
  private final Column[] parts;
  private final @Nullable String[] faults;
  private final @Nullable String[] changes;
  private final double[] confidences;

  private CellTexts(
      Column before,
      Column[] parts,
      @Nullable String[] faults,
      @Nullable String[] changes,
      double[] confidences) {
    this.before = before;
    this.parts = parts;
    this.faults = faults;
    this.changes = changes;
    this.confidences = confidences;
  }

  static CellTexts read(Column before, CellTarget target, Otherwise otherwise) {
    Column texts = before instanceof DictionaryColumn coded ? coded.dictionary() : before;
    ColumnBuilder[] builders = new ColumnBuilder[target.parts().size()];
    for (int part = 0; part < builders.length; part++) {
      builders[part] = ColumnBuilder.of(target.parts().get(part).type());
    }
    @Nullable String[] faults = new @Nullable String[texts.size()];
    @Nullable String[] changes = new @Nullable String[texts.size()];
    double[] confidences = new double[texts.size()];
    CellReading reading = target.reading();
    Slice slice = new Slice();
    for (int text = 0; text < texts.size(); text++) {
      if (texts.isNull(text)) {
        missing(builders, 0);
        continue;
      }
      faults[text] = reading.read(texts.sliceAt(text, slice), builders);
      if (faults[text] == null) {
        changes[text] = reading.change();
        confidences[text] = reading.confidence();
      } else if (otherwise == Otherwise.KEEP && builders[0].type().equals(Type.TEXT)) {
        texts.sliceAt(text, slice);
        builders[0].appendSlice(slice.bytes, slice.start, slice.end);
        missing(builders, 1);
      } else {
        missing(builders, 0);
        changes[text] = otherwise == Otherwise.MISSING ? faults[text] : null;
        confidences[text] = 1;
      }
    }
    Column[] parts = new Column[builders.length];
    for (int part = 0; part < parts.length; part++) {
      parts[part] = builders[part].build();
    }
    return new CellTexts(before, parts, faults, changes, confidences);
  }

  private static void missing(ColumnBuilder[] builders, int from) {
    for (int part = from; part < builders.length; part++) {
      builders[part].appendNull();
    }
  }

  /** Returns the column of a part, row by row. */
  Column column(int part) {
    if (!(before instanceof DictionaryColumn coded)) {
      return parts[part];
    }
    return parts[part] instanceof TextColumn texts && texts.type().equals(Type.TEXT)
        ? coded(coded, texts)
        : spread(coded, parts[part]);
  }

  private static Column coded(DictionaryColumn coded, TextColumn texts) {
    Nulls.Builder nulls = new Nulls.Builder();
    int[] codes = new int[coded.size()];
    for (int row = 0; row < codes.length; row++) {
      boolean missing = coded.isNull(row) || texts.isNull(coded.code(row));
      codes[row] = missing ? -1 : coded.code(row);
      if (missing) {
        nulls.set(row);
      }
    }
    return new DictionaryColumn(texts, codes, codes.length, nulls.build());
  }

  private static Column spread(DictionaryColumn coded, Column values) {
    ColumnBuilder builder = ColumnBuilder.of(values.type());
    for (int row = 0; row < coded.size(); row++) {
      if (coded.isNull(row)) {
        builder.appendNull();
      } else {
        builder.append(values, coded.code(row));
      }
    }
    return builder.build();
  }

  /** Returns the rule that the text of {@code row} breaks, or null. */
  @Nullable String fault(int row) {
    return before.isNull(row) ? null : faults[text(row)];
  }

  /** Returns the rule by which the text of {@code row} was changed, or null. */
  @Nullable String change(int row) {
    return before.isNull(row) ? null : changes[text(row)];
  }

  /** Tells {@code out} of the change of {@code row}. */
  void tell(Batch batch, int row, String field, String rule, Outcome out) {
    int text = text(row);
    out.change(batch, row, field, rule, confidences[text], parts[0].valueAt(text));
  }

  private int text(int row) {
    return before instanceof DictionaryColumn coded ? coded.code(row) : row;
  }
}
