package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file a run of samples in shuffle order lies: frames of prefixes and a batch each. No
 * frame holds samples of two parts.
 *
 * @param file that holds it
 * @param input number of the input the samples come from
 * @param places of the frames
 * @param sizes of the frames in bytes
 * @param parts the part each frame belongs to, ascending
 * @param fencePrefixes prefix of the first sample of each frame
 * @param fences view of the first sample of each frame; null where parts were known when writing
 */
public record SortedRun(
    Path file,
    int input,
    long[] places,
    long[] sizes,
    long[] parts,
    long[] fencePrefixes,
    @Nullable Batch fences) {

  /** Returns this run's frames of {@code part}, or null if it has none. */
  @Nullable SortedRun part(int part) {
    int from = 0;
    while (from < parts.length && parts[from] < part) {
      from++;
    }
    int to = from;
    while (to < parts.length && parts[to] == part) {
      to++;
    }
    return from == to ? null : frames(from, to);
  }

  /** Returns the frames in [from, to). */
  SortedRun frames(int from, int to) {
    return new SortedRun(
        file,
        input,
        Arrays.copyOfRange(places, from, to),
        Arrays.copyOfRange(sizes, from, to),
        Arrays.copyOfRange(parts, from, to),
        Arrays.copyOfRange(fencePrefixes, from, to),
        null);
  }

  /** Writes one run into a file that may hold several. Not safe for several threads. */
  static final class Writer {
    /** Bytes of samples in a frame: what a merge holds of each run. */
    static final long FRAME = 128L << 10;

    private final Frames.Writer frames;
    private final Path file;
    private final int input;
    private final BatchCodec codec = new BatchCodec();
    private final ByteSpace space = new ByteSpace();
    private final ScatteredRows rows;
    private final @Nullable BatchBuilder fences;
    private long[] prefixes = new long[1024];
    private final List<long[]> index = new ArrayList<>();
    private long held;
    private int part;
    private long weight;
    private long samples;

    /**
     * Makes a writer.
     *
     * @param fenceSchema fields of views if the first one of each frame is to be kept, else null
     */
    Writer(
        Frames.Writer frames, Path file, int input, Schema schema, @Nullable Schema fenceSchema) {
      this.frames = frames;
      this.file = file;
      this.input = input;
      this.rows = new ScatteredRows(schema, codec);
      this.fences = fenceSchema == null ? null : new BatchBuilder(fenceSchema);
    }

    /** Appends the next sample in order; parts ascend. */
    void add(long prefix, Batch batch, Batch view, int row, int newPart) throws IOException {
      long size = codec.weight(batch, row);
      int count = rows.count();
      if (count > 0 && (newPart != part || held + size > FRAME)) {
        frame();
        count = 0;
      }
      part = newPart;
      if (count == 0 && fences != null) {
        fences.append(view, row);
      }
      if (count == prefixes.length) {
        prefixes = Arrays.copyOf(prefixes, 2 * count);
      }
      prefixes[count] = prefix;
      rows.add(batch, row);
      held += size;
      weight += size;
      samples++;
    }

    private void frame() throws IOException {
      int count = rows.count();
      long place = frames.written();
      space.reset();
      space.putLongs(prefixes, count);
      rows.encode(space);
      frames.write(space.bytes(), space.at(), count);
      index.add(new long[] {place, frames.written() - place, part, prefixes[0]});
      held = 0;
    }

    long weight() {
      return weight;
    }

    long samples() {
      return samples;
    }

    /** Completes the run and tells where it lies. */
    SortedRun finish() throws IOException {
      if (rows.count() > 0) {
        frame();
      }
      return new SortedRun(
          file,
          input,
          column(0),
          column(1),
          column(2),
          column(3),
          fences == null ? null : fences.build());
    }

    private long[] column(int position) {
      return index.stream().mapToLong(entry -> entry[position]).toArray();
    }
  }

  /** Appends this run's index. */
  void encode(BatchCodec codec, ByteSpace out) {
    out.putInt(places.length);
    out.putLongs(places, places.length);
    out.putLongs(sizes, places.length);
    out.putLongs(parts, places.length);
    out.putLongs(fencePrefixes, places.length);
    if (fences != null) {
      codec.encode(fences, out);
    }
  }

  /** Takes the index of a run. */
  static SortedRun decode(
      Path file, int input, @Nullable Schema fenceSchema, BatchCodec codec, ByteSpace in) {
    int size = in.takeInt();
    return new SortedRun(
        file,
        input,
        in.takeLongs(size),
        in.takeLongs(size),
        in.takeLongs(size),
        in.takeLongs(size),
        fenceSchema == null ? null : codec.decode(fenceSchema, in));
  }
}
