package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Slice;
import dev.quern.engine.Accumulator;
import dev.quern.engine.DataException;
import dev.quern.engine.RunContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Labels with the probabilities of their samples: of those whose ids hash to the smallest numbers,
 * a uniform sample that does not depend on order or parts; and which labels there are at all.
 */
public final class LabelledRows implements Accumulator<LabelledRows> {
  private static final int VERSION = 1;
  private static final int MOST_CLASSES = 10_000;

  /** Hashes of ids are told apart from those of other draws; any constant does. */
  private static final long SALT = 0x6c61_6265_6c73L;

  private final int label;
  private final ProbabilityFields probabilities;
  private final int most;
  private final Slice slice = new Slice();
  private final TreeSet<String> labels = new TreeSet<>();
  private final TreeMap<Key, Row> rows = new TreeMap<>();
  private long samples;

  private record Row(String label, double[] p) {}

  /** Orders samples by the hash of their id, then by the id. */
  private record Key(long draw, long idHigh, long idLow) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(draw, other.draw);
      if (order == 0) {
        order = Long.compareUnsigned(idHigh, other.idHigh);
      }
      return order == 0 ? Long.compareUnsigned(idLow, other.idLow) : order;
    }
  }

  LabelledRows(int label, ProbabilityFields probabilities, int most) {
    this.label = label;
    this.probabilities = probabilities;
    this.most = most;
  }

  /** Takes what was written into this, which must be empty. */
  LabelledRows filled(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("labelled rows: version of the state must be 1; found: " + version);
    }
    samples = in.readLong();
    int names = in.readInt();
    for (int i = 0; i < names; i++) {
      labels.add(text(in));
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Key key = new Key(in.readLong(), in.readLong(), in.readLong());
      String name = text(in);
      double[] p = new double[in.readInt()];
      for (int j = 0; j < p.length; j++) {
        p[j] = in.readDouble();
      }
      rows.put(key, new Row(name, p));
    }
    return this;
  }

  private static String text(DataInput in) throws IOException {
    byte[] utf8 = new byte[in.readInt()];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static void write(String text, DataOutput out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  /** Returns how many samples have a label and probabilities. */
  long samples() {
    return samples;
  }

  /** Returns the labels there are, of all samples. */
  TreeSet<String> labels() {
    return labels;
  }

  /** Hands out the labels and probabilities that were kept. */
  void forEach(BiConsumer<String, double[]> receiver) {
    rows.values().forEach(row -> receiver.accept(row.label(), row.p().clone()));
  }

  @Override
  public void add(Batch batch) {
    Column column = batch.column(label);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Optional<double[]> p = column.isNull(row) ? Optional.empty() : probabilities.read(batch, row);
      if (p.isEmpty()) {
        continue;
      }
      samples++;
      String name = ClassNames.written(column, row, slice).text();
      name(name);
      long high = batch.keys().idHigh(row);
      long low = batch.keys().idLow(row);
      put(new Key(RunContext.draw(SALT, high, low), high, low), new Row(name, p.get()));
    }
  }

  private void name(String name) {
    if (labels.add(name) && labels.size() > MOST_CLASSES) {
      throw new DataException(
          "too_many_classes",
          "quality.label_accuracy: label must have at most "
              + MOST_CLASSES
              + " classes; found: more; choose another label or group its values");
    }
  }

  /** Of samples with one id, which should not be, the smaller stays whatever their order. */
  private void put(Key key, Row row) {
    rows.merge(key, row, (a, b) -> compare(a, b) <= 0 ? a : b);
    if (rows.size() > most) {
      rows.pollLastEntry();
    }
  }

  private static int compare(Row a, Row b) {
    int order = a.label().compareTo(b.label());
    return order == 0 ? Arrays.compare(a.p(), b.p()) : order;
  }

  @Override
  public void merge(LabelledRows other) {
    samples += other.samples;
    other.labels.forEach(this::name);
    other.rows.forEach(this::put);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(samples);
    out.writeInt(labels.size());
    for (String name : labels) {
      write(name, out);
    }
    out.writeInt(rows.size());
    for (Map.Entry<Key, Row> row : rows.entrySet()) {
      out.writeLong(row.getKey().draw());
      out.writeLong(row.getKey().idHigh());
      out.writeLong(row.getKey().idLow());
      write(row.getValue().label(), out);
      out.writeInt(row.getValue().p().length);
      for (double p : row.getValue().p()) {
        out.writeDouble(p);
      }
    }
  }
}
