package dev.quern.engine.local;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The second half of a sort: merges what lies between two borders.
 *
 * @param borders between the parts, one less than parts
 * @param memory bytes a worker may hold
 * @param order makes the order for a worker
 */
record SortParts(
    PassFolder folder,
    int stage,
    List<SortedRun> runs,
    Schema schema,
    long memory,
    List<Merge.Border> borders,
    Supplier<FieldOrder> order)
    implements PartOrigin.Code {

  @Override
  public Origin.Lane lane(Work work, Way next) {
    FieldOrder own = order.get();
    return piece -> run(piece.ordinal(), own, work, next);
  }

  private Merge.@Nullable Border border(int number) {
    return number < 0 || number >= borders.size() ? null : borders.get(number);
  }

  private Origin.Done run(int part, FieldOrder own, Work work, Way next) throws IOException {
    BatchBuilder builder = new BatchBuilder(schema);
    String task = "s" + stage + "-merge-" + part;
    try (Merging merging = new Merging(folder, task, List.of(schema), own, memory)) {
      Merge merge = merging.open(runs, border(part - 1), border(part));
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
      return new Origin.Done(new Reading.Read(bytes, 0, 0), merging.spilled());
    }
  }
}
