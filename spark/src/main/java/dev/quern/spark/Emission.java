package dev.quern.spark;

import dev.quern.engine.pass.PassFolder;
import dev.quern.engine.pass.RunFrame;
import dev.quern.engine.pass.RunFrames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Does tasks before a shuffle: their results go to the driver, the frames of their runs on.
 *
 * @param parcel the stage
 */
record Emission(Broadcast<byte[]> parcel, Results results)
    implements FlatMapFunction<Iterator<Input>, RunFrame> {

  @Override
  public Iterator<RunFrame> call(Iterator<Input> inputs) throws IOException {
    Input input = inputs.next();
    StageTasks tasks = StageTasks.of(parcel, input.ticket().seal());
    PassFolder scratch = StageTasks.scratch();
    TaskResult result = tasks.run(input, scratch);
    results.add(result);
    if (result.line() == null || result.line().file() == null) {
      return Collections.emptyIterator();
    }
    return new Frames(
        RunFrames.open(
            result.key(), scratch.file(result.line().file().name()), tasks.stage().ending()));
  }

  /** Frames as they are asked for. */
  private static final class Frames implements Iterator<RunFrame> {
    private final RunFrames frames;
    private @Nullable RunFrame next;

    Frames(RunFrames frames) {
      this.frames = frames;
      this.next = read();
    }

    private @Nullable RunFrame read() {
      try {
        RunFrame frame = frames.next();
        if (frame == null) {
          frames.close();
        }
        return frame;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public RunFrame next() {
      RunFrame frame = next;
      if (frame == null) {
        throw new NoSuchElementException("frames are at their end");
      }
      next = read();
      return frame;
    }
  }
}
