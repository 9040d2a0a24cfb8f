package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.engine.RunContext;
import dev.quern.engine.SampleFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task leaves for a shuffle: runs in order, as many as its memory made necessary, then a
 * frame with their index and the views of some samples drawn by weight, then the place of that
 * frame (8 bytes).
 *
 * @param runs the runs
 * @param drawn views of samples, from which the borders of parts are chosen; null for a group
 */
record ShuffleFile(List<SortedRun> runs, @Nullable Batch drawn) {
  /** So many samples are drawn for each part, about. */
  private static final int DRAWN = 32;

  /** Gathers a task's samples in memory, sorts and writes them. */
  static final class Output implements Target {
    private final PassFolder folder;
    private final String name;
    private final Schema schema;
    private final @Nullable Schema fenceSchema;
    private final int input;
    private final int parts;
    private final long drawnEach;
    private final long memory;
    private final RowSort sort;
    private final List<SortedRun> runs = new ArrayList<>();
    private final @Nullable BatchBuilder drawn;
    private final BatchCodec codec = new BatchCodec();
    private Frames.@Nullable Writer frames;
    private long samples;
    private long weight;

    private Output(
        PassFolder folder,
        TaskLine.Key key,
        Schema schema,
        @Nullable Schema fenceSchema,
        RowSort sort,
        int input,
        int parts,
        long drawnEach,
        long memory) {
      this.folder = folder;
      this.name = key.fileName() + ".shuffle";
      this.schema = schema;
      this.fenceSchema = fenceSchema;
      this.input = input;
      this.parts = parts;
      this.drawnEach = drawnEach;
      this.memory = memory;
      this.sort = sort;
      this.drawn = fenceSchema == null ? null : new BatchBuilder(fenceSchema);
    }

    /**
     * Returns the output of a task before a group.
     *
     * @param memory bytes to gather before a run is written
     */
    static Output ofGroup(
        PassFolder folder,
        TaskLine.Key key,
        Schema schema,
        GroupOrder order,
        int input,
        int parts,
        long memory) {
      RowSort sort = new RowSort(order, input);
      return new Output(folder, key, schema, null, sort, input, parts, 0, memory);
    }

    /**
     * Returns the output of a task before a sort.
     *
     * @param part wanted size of the parts, whose borders are chosen later, in bytes
     * @param memory bytes to gather before a run is written
     */
    static Output ofSort(
        PassFolder folder,
        TaskLine.Key key,
        Schema schema,
        FieldOrder order,
        long part,
        long memory) {
      RowSort sort = new RowSort(order, 0);
      long each = Math.max(1, part / DRAWN);
      return new Output(folder, key, schema, order.keySchema(), sort, 0, 1, each, memory);
    }

    @Override
    public void accept(Batch batch) throws IOException {
      sort.add(batch);
      if (sort.memory() >= memory) {
        run();
      }
    }

    private void run() throws IOException {
      if (frames == null) {
        frames = new Frames.Writer(folder.create(name), Frames.Packing.RAW);
      }
      SortedRun.Writer writer =
          new SortedRun.Writer(frames, folder.file(name), input, schema, fenceSchema);
      sort.drain(
          (prefix, batch, view, row) -> {
            draw(batch, view, row);
            int part = fenceSchema == null ? GroupOrder.part(prefix, parts) : 0;
            writer.add(prefix, batch, view, row, part);
          });
      runs.add(writer.finish());
      samples += writer.samples();
      weight += writer.weight();
    }

    /** Draws by the sample's id and size alone, so borders depend on the samples alone. */
    private void draw(Batch batch, Batch view, int row) {
      if (drawn != null) {
        long bits = RunContext.draw(0, batch.keys().idHigh(row), batch.keys().idLow(row));
        if (RunContext.unit(Hash128.mix(bits)) * drawnEach < codec.weight(batch, row)) {
          drawn.append(view, row);
        }
      }
    }

    @Override
    public TaskLine.@Nullable Made finish() throws IOException {
      if (sort.size() > 0) {
        run();
      }
      if (frames == null) {
        return null;
      }
      long place = frames.written();
      ByteSpace index = new ByteSpace();
      index.putInt(runs.size());
      runs.forEach(run -> run.encode(codec, index));
      if (drawn != null) {
        codec.encode(drawn.build(), index);
      }
      frames.write(index.bytes(), index.at(), runs.size());
      frames.writePlace(place);
      frames.finish();
      folder.publish(name);
      return new TaskLine.Made(name, frames.written(), "", samples, weight);
    }

    @Override
    public long spilled() {
      return frames == null ? 0 : frames.written();
    }

    @Override
    public void close() throws IOException {
      if (frames != null) {
        frames.close();
      }
    }
  }

  /** Reads the index of a file that {@link Output} wrote. */
  static ShuffleFile load(SampleFiles files, Path file, int input, @Nullable Schema fenceSchema)
      throws IOException {
    try (SampleFiles.Input content = files.open(file)) {
      long end = content.size() - Long.BYTES;
      long place =
          ByteBuffer.wrap(Frames.read(content, Math.max(0, end), Long.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN)
              .getLong();
      if (place < 0 || place > end) {
        throw Frames.damaged(file, end);
      }
      ByteSpace in = new ByteSpace(Frames.body(content, place, Frames.head(content, place)));
      BatchCodec codec = new BatchCodec();
      int count = in.takeInt();
      List<SortedRun> runs = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        runs.add(SortedRun.decode(file, input, fenceSchema, codec, in));
      }
      return new ShuffleFile(runs, fenceSchema == null ? null : codec.decode(fenceSchema, in));
    }
  }
}
