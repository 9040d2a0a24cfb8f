package dev.quern.privacy.transform;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.privacy.recognise.CellText;

/** Replaces the values of some fields as a whole. Missing stays missing. */
final class WholeMapping implements Mapping {
  private final int[] positions;
  private final Schema output;
  private final String rule;
  private final Replacement replacement;
  private final CellText cells = new CellText();

  WholeMapping(int[] positions, Schema output, String action, Replacement replacement) {
    this.positions = positions;
    this.output = output;
    this.rule = action;
    this.replacement = replacement;
  }

  @Override
  public void map(Batch batch, Outcome out) {
    Batch replaced = batch;
    for (int position : positions) {
      Field field = output.field(position);
      replaced = replaced.with(field, replaced(batch, position));
      out.changed(field.name(), rule, present(batch, batch.column(position)));
    }
    out.keep(replaced);
  }

  private static long present(Batch batch, Column column) {
    long present = 0;
    for (int i = 0; i < batch.count(); i++) {
      present += column.isNull(batch.row(i)) ? 0 : 1;
    }
    return present;
  }

  /** Rows that are not selected come out as missing: no value stays behind them. */
  private Column replaced(Batch batch, int position) {
    Column column = batch.column(position);
    ColumnBuilder builder = ColumnBuilder.of(Type.TEXT);
    int next = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      for (; next < row; next++) {
        builder.appendNull();
      }
      if (column.isNull(row)) {
        builder.appendNull();
      } else {
        Replacement.Place place = new Replacement.Place(batch, row, position, 0);
        builder.appendText(replacement.of(Replacement.FIELD, cells.written(column, row), place));
      }
      next++;
    }
    for (; next < batch.rows(); next++) {
      builder.appendNull();
    }
    return builder.build();
  }
}
