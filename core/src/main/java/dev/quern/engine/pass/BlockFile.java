package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import dev.quern.engine.SampleFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A file of encoded batches, one frame each, in order. */
final class BlockFile {
  /** Batches from this many samples on become a frame of their own; smaller ones are gathered. */
  private static final int OWN_FRAME = 1024;

  private BlockFile() {}

  /** Writes batches. Not safe for several threads. */
  static final class Writer implements Closeable {
    private final Frames.Writer frames;
    private final BatchCodec codec = new BatchCodec();
    private final ByteSpace space = new ByteSpace();
    private final BatchBuilder small;
    private long samples;
    private long weight;

    Writer(SampleFiles.Output out, Schema schema, Frames.Packing packing) {
      this.frames = new Frames.Writer(out, packing);
      this.small = new BatchBuilder(schema);
    }

    void write(Batch batch) throws IOException {
      samples += batch.count();
      weight += codec.weight(batch);
      if (batch.count() >= OWN_FRAME) {
        flush();
        frame(batch);
        return;
      }
      for (int i = 0; i < batch.count(); i++) {
        small.append(batch, batch.row(i));
        if (small.isFull()) {
          flush();
        }
      }
    }

    long samples() {
      return samples;
    }

    /** Returns the size of the samples, see {@link BatchCodec#weight}. */
    long weight() {
      return weight;
    }

    long written() {
      return frames.written();
    }

    void flush() throws IOException {
      if (small.count() > 0) {
        frame(small.build());
      }
    }

    /** Appends bytes that are no batch; call {@link #flush} before. */
    void append(ByteSpace bytes, int rows) throws IOException {
      frames.write(bytes.bytes(), bytes.at(), rows);
    }

    void appendPlace(long place) throws IOException {
      frames.writePlace(place);
    }

    /** Completes the file and forces it to the disk. */
    void finish() throws IOException {
      flush();
      frames.finish();
    }

    private void frame(Batch batch) throws IOException {
      space.reset();
      codec.encode(batch, space);
      frames.write(space.bytes(), space.at(), batch.count());
    }

    @Override
    public void close() throws IOException {
      frames.close();
    }
  }

  /** Takes the batches of a file. */
  interface Receiver {
    void receive(Batch batch);
  }

  /**
   * Reads the frames in [from, to) of {@code file}.
   *
   * @throws dev.quern.engine.DataException if the file is damaged; the message names it
   */
  static void read(
      SampleFiles files, Path file, Schema schema, long from, long to, Receiver receiver)
      throws IOException {
    BatchCodec codec = new BatchCodec();
    try (SampleFiles.Input in = files.open(file)) {
      long place = from;
      while (place < to) {
        Frames.Head head = Frames.head(in, place);
        byte[] body = Frames.body(in, place, head);
        receiver.receive(codec.decode(schema, new ByteSpace(body)));
        place += head.size();
      }
    }
  }
}
