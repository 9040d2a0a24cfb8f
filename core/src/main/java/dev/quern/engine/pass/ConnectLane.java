package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Nulls;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The second half of a connect: reads the samples back and adds the name of their component. A part
 * is one file.
 */
final class ConnectLane implements Lane {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Origin.Connected origin;
  private final Workbench bench;
  private final StepOutcome outcome;

  ConnectLane(Origin.Connected origin, Workbench bench, Work work, Way next) {
    this.origin = origin;
    this.bench = bench;
    this.outcome = new StepOutcome(origin.label(), work, next);
  }

  @Override
  public Done run(Piece piece) throws IOException {
    StageFiles.Linked linked = bench.files().linked(origin.stage(), piece.ordinal());
    long end = LinkFile.load(bench.folder().files(), linked.file()).places()[0];
    int[] at = {0};
    BlockFile.read(
        bench.folder().files(),
        linked.file(),
        origin.input(),
        0,
        end,
        batch -> {
          Tally tally = outcome.tally();
          tally.read += batch.count();
          tally.begin();
          outcome.keep(named(batch, linked.names(), at[0]));
          tally.end(batch.count());
          at[0] += batch.count();
        });
    return new Done(new Reading.Read(end, 0, 0), 0);
  }

  /** Adds the component; {@code first} is the number of the batch's first sample in the file. */
  private Batch named(Batch batch, StageFiles.ComponentNames components, int first) {
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
    if (origin.field() == columns.size()) {
      columns.add(names);
    } else {
      columns.set(origin.field(), names);
    }
    return batch.with(origin.output(), columns);
  }

  private static void hex(long bits, byte[] into, int at) {
    for (int i = 0; i < 16; i++) {
      into[at + i] = DIGITS[(int) (bits >>> (60 - 4 * i)) & 15];
    }
  }
}
