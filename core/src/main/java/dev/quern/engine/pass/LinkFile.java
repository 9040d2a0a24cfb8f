package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.engine.Linking;
import dev.quern.engine.SampleFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task leaves for a connect: its samples as blocks, then a frame with their ids, one frame
 * for each number of link with (128-bit hash of the link, sample), a frame with the places of
 * those, and the place of that one (8 bytes).
 *
 * @param files reads it
 * @param path of the file
 * @param samples how many it holds
 * @param places of the frame of ids and of the frames of links; the samples end at the first
 */
record LinkFile(SampleFiles files, Path path, int samples, long[] places) {

  /** Growing pairs of hash and sample. */
  private static final class Links {
    private long[] high = new long[256];
    private long[] low = new long[256];
    private long[] sample = new long[256];
    private int size;

    void add(long newHigh, long newLow, long newSample) {
      if (size == high.length) {
        high = Arrays.copyOf(high, 2 * size);
        low = Arrays.copyOf(low, 2 * size);
        sample = Arrays.copyOf(sample, 2 * size);
      }
      high[size] = newHigh;
      low[size] = newLow;
      sample[size++] = newSample;
    }

    void encode(ByteSpace out) {
      out.putLongs(high, size);
      out.putLongs(low, size);
      out.putLongs(sample, size);
    }
  }

  /** Writes a task's samples and what links them. */
  static final class Output implements Target {
    private final PassFolder folder;
    private final String name;
    private final Schema schema;
    private final Linking linking;
    private final CanonicalForm form = new CanonicalForm();
    private final Hash128 hash = new Hash128();
    private final Links ids = new Links();
    private final List<Links> links = new ArrayList<>();
    private BlockFile.@Nullable Writer writer;

    Output(PassFolder folder, TaskLine.Key key, Schema schema, Linking linking) {
      this.folder = folder;
      this.name = key.fileName() + ".links";
      this.schema = schema;
      this.linking = linking;
      for (int i = 0; i < linking.links(); i++) {
        links.add(new Links());
      }
    }

    @Override
    public void accept(Batch batch) throws IOException {
      if (writer == null) {
        writer = new BlockFile.Writer(folder.create(name), schema, Frames.Packing.RAW);
      }
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        int sample = ids.size;
        ids.add(batch.keys().idHigh(row), batch.keys().idLow(row), sample);
        for (int number = 0; number < links.size(); number++) {
          if (linking.link(number, batch, row, form.reset())) {
            hash.hash(form.bytes(), 0, form.length(), 0);
            links.get(number).add(hash.high(), hash.low(), sample);
          }
        }
      }
      writer.write(batch);
    }

    @Override
    public TaskLine.@Nullable Made finish() throws IOException {
      if (writer == null) {
        return null;
      }
      writer.flush();
      ByteSpace bytes = new ByteSpace();
      long[] places = new long[links.size() + 1];
      for (int i = 0; i < places.length; i++) {
        Links part = i == 0 ? ids : links.get(i - 1);
        places[i] = writer.written();
        bytes.reset();
        part.encode(bytes);
        writer.append(bytes, part.size);
      }
      long index = writer.written();
      bytes.reset();
      bytes.putLongs(places, places.length);
      writer.append(bytes, places.length);
      writer.appendPlace(index);
      writer.finish();
      folder.publish(name);
      return new TaskLine.Made(name, writer.written(), "", writer.samples(), writer.weight());
    }

    @Override
    public long spilled() {
      return writer == null ? 0 : writer.written();
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }

  /** Opens a file that {@link Output} wrote. */
  static LinkFile load(SampleFiles files, Path path) throws IOException {
    try (SampleFiles.Input in = files.open(path)) {
      long end = in.size() - Long.BYTES;
      long index =
          ByteBuffer.wrap(Frames.read(in, Math.max(0, end), Long.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN)
              .getLong();
      if (index < 0 || index > end) {
        throw Frames.damaged(path, end);
      }
      Frames.Head head = Frames.head(in, index);
      long[] places = new ByteSpace(Frames.body(in, index, head)).takeLongs(head.rows());
      return new LinkFile(files, path, Frames.head(in, places[0]).rows(), places);
    }
  }

  /** Takes the links of one number. */
  interface Receiver {
    void receive(long high, long low, int sample);
  }

  /** Reads the ids of the samples, for {@code number} -1, or their links of {@code number}. */
  void read(int number, Receiver receiver) throws IOException {
    try (SampleFiles.Input in = files.open(path)) {
      long place = places[number + 1];
      Frames.Head head = Frames.head(in, place);
      ByteSpace links = new ByteSpace(Frames.body(in, place, head));
      long[] high = links.takeLongs(head.rows());
      long[] low = links.takeLongs(head.rows());
      long[] sample = links.takeLongs(head.rows());
      for (int i = 0; i < high.length; i++) {
        receiver.receive(high[i], low[i], (int) sample[i]);
      }
    }
  }

  /** Returns how many links of {@code number} there are. */
  long count(int number) throws IOException {
    try (SampleFiles.Input in = files.open(path)) {
      return Frames.head(in, places[number + 1]).rows();
    }
  }
}
