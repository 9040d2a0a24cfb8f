package dev.quern.engine.local;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Nulls;
import dev.quern.data.Schema;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The second half of a connect: reads the samples back and adds the name of their component. A part
 * is one file.
 *
 * @param input fields without the component
 * @param output fields with it
 * @param position of the component's field in the output
 * @param label of the step's counts
 */
record ConnectParts(
    List<LinkFile> files,
    Components components,
    Schema input,
    Schema output,
    int position,
    String label)
    implements PartOrigin.Code {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Origin.Lane lane(Work work, Way next) {
    StepOutcome outcome = new StepOutcome(label, work, next);
    return piece -> {
      LinkFile file = files.get(piece.ordinal());
      int[] at = {0};
      for (int i = 0; i < piece.ordinal(); i++) {
        at[0] += files.get(i).samples();
      }
      long end = file.places()[0];
      BlockFile.read(
          file.path(),
          input,
          0,
          end,
          batch -> {
            Tally tally = outcome.tally();
            tally.read += batch.count();
            tally.begin();
            outcome.keep(named(batch, at[0]));
            tally.end(batch.count());
            at[0] += batch.count();
          });
      return new Origin.Done(new Reading.Read(end, 0, 0), 0);
    };
  }

  /** Adds the component; {@code first} is the number of the batch's first sample. */
  private Batch named(Batch batch, int first) {
    int rows = batch.rows();
    byte[] bytes = new byte[32 * rows];
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    for (int row = 0; row < rows; row++) {
      starts[row] = 32 * row;
      ends[row] = 32 * row + 32;
      hex(components.high(first + row), bytes, 32 * row);
      hex(components.low(first + row), bytes, 32 * row + 16);
    }
    List<Column> columns = new ArrayList<>(batch.columns());
    Column names = new TextColumn(Type.TEXT, bytes, starts, ends, rows, Nulls.NONE);
    if (position == columns.size()) {
      columns.add(names);
    } else {
      columns.set(position, names);
    }
    return batch.with(output, columns);
  }

  private static void hex(long bits, byte[] into, int at) {
    for (int i = 0; i < 16; i++) {
      into[at + i] = DIGITS[(int) (bits >>> (60 - 4 * i)) & 15];
    }
  }
}
