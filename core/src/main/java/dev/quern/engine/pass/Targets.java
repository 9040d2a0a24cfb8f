package dev.quern.engine.pass;

import dev.quern.engine.Writing;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the targets of a stage's tasks in the folder of a workbench. Safe for several threads. */
final class Targets {
  private final Ending ending;
  private final Workbench bench;
  private final @Nullable Writing writing;

  Targets(Ending ending, Workbench bench) {
    this.ending = ending;
    this.bench = bench;
    this.writing =
        ending instanceof Ending.Shards shards
            ? bench.resolver().writing(shards.writer(), shards.schema(), bench.run())
            : null;
  }

  /** Opens the target of the task {@code key}. */
  Target open(TaskLine.Key key) {
    PassFolder folder = bench.folder();
    if (ending instanceof Ending.Nowhere) {
      return new Target.Nowhere();
    }
    if (ending instanceof Ending.Blocks blocks) {
      Frames.Packing packing = blocks.isLast() ? Frames.Packing.ZSTD : Frames.Packing.RAW;
      return new FileTargets.Blocks(folder, key, blocks.schema(), packing);
    }
    if (ending instanceof Ending.Shards shards && writing != null) {
      return new FileTargets.Shards(folder, Path.of(shards.shards()), writing, key);
    }
    if (ending instanceof Ending.ForGroup group) {
      Ending.Grouped grouped = group.grouped();
      return ShuffleFile.Output.ofGroup(
          folder,
          key,
          grouped.inputs().get(group.input()),
          new GroupOrder(GroupLane.grouping(grouped, bench), grouped.inputs(), grouped.order()),
          group.input(),
          group.parts(),
          bench.workerBytes());
    }
    if (ending instanceof Ending.ForSort sort) {
      return ShuffleFile.Output.ofSort(
          folder,
          key,
          sort.schema(),
          new FieldOrder(sort.schema(), sort.keys()),
          sort.part(),
          bench.workerBytes());
    }
    if (ending instanceof Ending.ForConnect connect) {
      return new LinkFile.Output(
          folder,
          key,
          connect.input(),
          bench.resolver().linking(connect.task(), connect.input(), bench.run()));
    }
    throw new IllegalStateException("samples to be handed over must be given a target");
  }
}
