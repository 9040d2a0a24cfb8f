package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.engine.ClearFiles;
import dev.quern.engine.SampleFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the runs that a task left for a shuffle, run by run and in order. Not safe for
 * several threads.
 */
public final class RunFrames implements Closeable {
  private final TaskLine.Key task;
  private final ShuffleFile shuffle;
  private final SampleFiles.Input content;
  private final @Nullable FieldOrder order;
  private final Ending ending;
  private final BatchCodec codec = new BatchCodec();
  private int run;
  private int frame;

  private RunFrames(
      TaskLine.Key task, ShuffleFile shuffle, Path file, Ending ending, @Nullable FieldOrder order)
      throws IOException {
    this.task = task;
    this.shuffle = shuffle;
    this.ending = ending;
    this.order = order;
    this.content = ClearFiles.CLEAR.open(file);
  }

  /** Opens what {@code task} of a stage with {@code ending} left in {@code file}. */
  public static RunFrames open(TaskLine.Key task, Path file, Ending ending) throws IOException {
    if (ending instanceof Ending.ForGroup group) {
      ShuffleFile shuffle = ShuffleFile.load(ClearFiles.CLEAR, file, group.input(), null);
      return new RunFrames(task, shuffle, file, ending, null);
    }
    Ending.ForSort sort = (Ending.ForSort) ending;
    FieldOrder order = new FieldOrder(sort.schema(), sort.keys());
    ShuffleFile shuffle = ShuffleFile.load(ClearFiles.CLEAR, file, 0, order.keySchema());
    return new RunFrames(task, shuffle, file, ending, order);
  }

  /** Returns the views of samples that the task drew, encoded; empty for a group. */
  public byte[] drawn() {
    if (shuffle.drawn() == null) {
      return new byte[0];
    }
    return encoded(shuffle.drawn());
  }

  /** Returns the views that {@link #drawn} encoded for a stage with {@code ending}. */
  public static Batch drawn(byte[] encoded, Ending.ForSort ending) {
    FieldOrder order = new FieldOrder(ending.schema(), ending.keys());
    return new BatchCodec().decode(order.keySchema(), new ByteSpace(encoded));
  }

  /** Returns the next frame, or null at the end. */
  public @Nullable RunFrame next() throws IOException {
    while (run < shuffle.runs().size() && frame == shuffle.runs().get(run).places().length) {
      run++;
      frame = 0;
    }
    if (run == shuffle.runs().size()) {
      return null;
    }
    SortedRun from = shuffle.runs().get(run);
    byte[] stored =
        Frames.read(content, from.places()[frame], Math.toIntExact(from.sizes()[frame]));
    long first = from.fencePrefixes()[frame];
    RunFrame next =
        order == null || from.fences() == null
            ? new RunFrame(
                task,
                run,
                frame,
                (int) from.parts()[frame],
                new long[] {first},
                new byte[0],
                stored)
            : between(from, from.fences(), order, stored);
    frame++;
    return next;
  }

  /** Before a sort: no sample lies behind the first one of the next frame, or the run's last. */
  private RunFrame between(SortedRun from, Batch fences, FieldOrder inOrder, byte[] stored)
      throws IOException {
    BatchBuilder views = new BatchBuilder(inOrder.keySchema());
    views.append(fences, frame);
    long[] prefixes = {from.fencePrefixes()[frame], 0};
    if (frame + 1 < from.places().length) {
      views.append(fences, frame + 1);
      prefixes[1] = from.fencePrefixes()[frame + 1];
    } else {
      Batch last = last(from.places()[frame], inOrder);
      views.append(last, last.rows() - 1);
      prefixes[1] = inOrder.prefix(0, last, last.rows() - 1);
    }
    return new RunFrame(task, run, frame, 0, prefixes, encoded(views.build()), stored);
  }

  private Batch last(long place, FieldOrder inOrder) throws IOException {
    Frames.Head head = Frames.head(content, place);
    ByteSpace in = new ByteSpace(Frames.body(content, place, head));
    in.takeLongs(head.rows());
    return inOrder.view(codec.decode(((Ending.ForSort) ending).schema(), in));
  }

  private byte[] encoded(Batch views) {
    ByteSpace out = new ByteSpace();
    codec.encode(views, out);
    return Arrays.copyOf(out.bytes(), out.at());
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
