package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.util.List;

/** The second half of a sort: merges what lies between two borders. */
final class SortLane implements Lane {
  private final Origin.Sorted origin;
  private final int stage;
  private final Workbench bench;
  private final Work work;
  private final Way next;
  private final FieldOrder order;
  private final Batch borders;

  SortLane(Origin.Sorted origin, int stage, Workbench bench, Work work, Way next) {
    this.origin = origin;
    this.stage = stage;
    this.bench = bench;
    this.work = work;
    this.next = next;
    this.order = new FieldOrder(origin.schema(), origin.keys());
    this.borders = origin.borders().views(order.keySchema());
  }

  @Override
  public Done run(Piece piece) throws IOException {
    int part = piece.ordinal();
    BatchBuilder builder = new BatchBuilder(origin.schema());
    String task = "s" + stage + "-merge-" + part;
    try (Merging merging =
        new Merging(bench.folder(), task, List.of(origin.schema()), order, bench.workerBytes())) {
      Merge merge =
          merging.open(
              bench.files().runs(origin.stage(), part),
              origin.borders().border(part - 1, borders),
              origin.borders().border(part, borders));
      while (merge.isOpen()) {
        builder.append(merge.batch(), merge.row());
        if (builder.isFull()) {
          work.proceed();
          next.accept(builder.build());
        }
        merge.advance();
      }
      if (builder.count() > 0) {
        next.accept(builder.build());
      }
      long bytes = merge.bytesRead() + merging.bytesRead();
      return new Done(new Reading.Read(bytes, 0, 0), merging.spilled());
    }
  }
}
