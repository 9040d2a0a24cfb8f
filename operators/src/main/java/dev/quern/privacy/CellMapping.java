package dev.quern.privacy;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the cells of some fields; a sample with a cell that cannot be changed is set aside. */
final class CellMapping implements Mapping {
  private final Schema output;
  private final int[] positions;
  private final List<CellChange> changes = new ArrayList<>();
  private final String rule;

  /** What becomes of a cell that is not missing. One instance serves one thread. */
  interface CellChange {
    /**
     * Appends the new value of the cell in {@code row}, or nothing if there is a fault.
     *
     * @return what is wrong with the cell, null if nothing
     */
    @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into);

    /** Returns whether the value appended last is another than it was. */
    default boolean isAltered() {
      return true;
    }
  }

  /** Makes the change of a field. */
  interface Maker {
    CellChange change(int position);
  }

  /**
   * Makes a mapping.
   *
   * @param rule what is done to the cells, for the counts of changed ones
   */
  CellMapping(Schema output, int[] positions, String rule, Maker maker) {
    this.output = output;
    this.positions = positions;
    this.rule = rule;
    for (int position : positions) {
      changes.add(maker.change(position));
    }
  }

  @Override
  public void map(Batch batch, Outcome out) {
    boolean[] lost = new boolean[batch.rows()];
    int left = batch.count();
    Batch changed = batch;
    for (int i = 0; i < positions.length; i++) {
      String field = output.field(positions[i]).name();
      Column before = batch.column(positions[i]);
      ColumnBuilder builder = ColumnBuilder.of(output.field(positions[i]).type());
      long cells = 0;
      int next = 0;
      for (int at = 0; at < batch.count(); at++) {
        int row = batch.row(at);
        // Rows that are not selected are nobody's samples: no work is done for them.
        for (; next < row; next++) {
          builder.appendNull();
        }
        next = row + 1;
        Fault fault =
            before.isNull(row) || lost[row]
                ? null
                : changes.get(i).apply(before, row, batch.keys(), builder);
        if (fault != null) {
          lost[row] = true;
          left--;
          out.quarantine(batch, row, field, fault);
        }
        if (builder.size() < next) {
          builder.appendNull();
        } else {
          cells += changes.get(i).isAltered() ? 1 : 0;
        }
      }
      for (; next < batch.rows(); next++) {
        builder.appendNull();
      }
      out.changed(field, rule, cells);
      changed = changed.with(output.field(positions[i]), builder.build());
    }
    out.keep(left == batch.count() ? changed : changed.select(rest(batch, lost, left), left));
  }

  private static int[] rest(Batch batch, boolean[] lost, int left) {
    int[] rows = new int[left];
    int size = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (!lost[batch.row(i)]) {
        rows[size++] = batch.row(i);
      }
    }
    return Arrays.copyOf(rows, size);
  }
}
