package dev.quern.quality.cell;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Slice;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of some fields, once per dictionary entry where a column has a dictionary. A text
 * that cannot be read stays, becomes missing or puts its sample into quarantine; every change is
 * told to the outcome. Missing stays missing.
 */
public final class CellMapping implements Mapping {
  private final List<CellTarget> targets;
  private final Otherwise otherwise;
  private final Slice slice = new Slice();

  /** Makes a mapping that reads {@code targets}. */
  public CellMapping(List<CellTarget> targets, Otherwise otherwise) {
    this.targets = List.copyOf(targets);
    this.otherwise = otherwise;
  }

  @Override
  public void map(Batch batch, Outcome out) {
    List<CellTexts> texts = new ArrayList<>();
    Batch read = batch;
    for (CellTarget target : targets) {
      CellTexts cells = CellTexts.read(batch.column(target.position()), target, otherwise);
      texts.add(cells);
      for (int part = 0; part < target.parts().size(); part++) {
        read = read.with(target.parts().get(part), cells.column(part));
      }
    }
    int[] rows = new int[batch.count()];
    int left = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (isKept(batch, batch.row(i), texts, out)) {
        rows[left++] = batch.row(i);
      }
    }
    out.keep(left == batch.count() ? read : read.select(rows, left));
  }

  private boolean isKept(Batch batch, int row, List<CellTexts> texts, Outcome out) {
    if (otherwise == Otherwise.QUARANTINE) {
      for (int i = 0; i < texts.size(); i++) {
        String rule = texts.get(i).fault(row);
        if (rule != null) {
          Column before = batch.column(targets.get(i).position());
          Fault fault = Fault.of(rule, targets.get(i).expected(), before.sliceAt(row, slice));
          out.quarantine(batch, row, name(batch, i), fault);
          return false;
        }
      }
    }
    for (int i = 0; i < texts.size(); i++) {
      tell(batch, row, i, texts.get(i), out);
    }
    return true;
  }

  private void tell(Batch batch, int row, int target, CellTexts texts, Outcome out) {
    @Nullable String rule = texts.change(row);
    if (rule != null) {
      texts.tell(batch, row, name(batch, target), rule, out);
    }
  }

  private String name(Batch batch, int target) {
    return batch.schema().field(targets.get(target).position()).name();
  }
}
