package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.operator.Finding;
import dev.quern.operator.SampleJudge;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many samples carry each label, by their inputs; both as 128-bit hashes. */
final class InputLabels implements Accumulator<InputLabels> {
  private static final int VERSION = 1;

  private final int label;
  private final int[] inputs;
  private final Map<Key, TreeMap<Key, Long>> counts = new HashMap<>();
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();

  private record Key(long high, long low) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(high, other.high);
      return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
  }

  /**
   * What was found.
   *
   * @param groups groups of equal inputs with several labels
   * @param samples samples in these groups
   * @param repeated samples in groups of two and more
   * @param majority those of them with the most frequent label of their group
   */
  record Conflicts(long groups, long samples, long repeated, long majority) {}

  InputLabels(int label, int[] inputs) {
    this.label = label;
    this.inputs = inputs;
  }

  @Override
  public void add(Batch batch) {
    Column labels = batch.column(label);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!labels.isNull(row)) {
        Key key = input(batch, row);
        form.reset().put(labels, row);
        add(key, hashed(), 1);
      }
    }
  }

  private Key input(Batch batch, int row) {
    form.reset();
    for (int position : inputs) {
      form.put(batch.column(position), row);
    }
    return hashed();
  }

  private Key hashed() {
    hash.hash(form.bytes(), 0, form.length(), 0);
    return new Key(hash.high(), hash.low());
  }

  private void add(Key input, Key given, long samples) {
    counts.computeIfAbsent(input, k -> new TreeMap<>()).merge(given, samples, Long::sum);
  }

  @Override
  public void merge(InputLabels other) {
    other.counts.forEach((input, labels) -> labels.forEach((given, n) -> add(input, given, n)));
  }

  /** Returns the inputs that have several labels, by their hashes. */
  HashCounts conflicting() {
    HashCounts conflicting = new HashCounts();
    counts.forEach(
        (input, labels) -> {
          if (labels.size() > 1) {
            conflicting.add(input.high(), input.low(), 1);
          }
        });
    return conflicting;
  }

  /** Returns what tells of the samples whose inputs are among {@code conflicting}. */
  SampleJudge judge(HashCounts conflicting, Schema input) {
    Finding finding = Finding.of(List.of(input.field(label).name()), "label_conflict");
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (batch.column(label).isNull(row)) {
          findings.notApplicable(row);
          continue;
        }
        Key key = input(batch, row);
        if (conflicting.contains(key.high(), key.low())) {
          findings.fail(row, finding);
        }
      }
    };
  }

  Conflicts conflicts() {
    long groups = 0;
    long samples = 0;
    long repeated = 0;
    long majority = 0;
    for (TreeMap<Key, Long> labels : counts.values()) {
      long all = 0;
      long most = 0;
      for (long count : labels.values()) {
        all += count;
        most = Math.max(most, count);
      }
      groups += labels.size() > 1 ? 1 : 0;
      samples += labels.size() > 1 ? all : 0;
      repeated += all > 1 ? all : 0;
      majority += all > 1 ? most : 0;
    }
    return new Conflicts(groups, samples, repeated, majority);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(counts.size());
    for (Map.Entry<Key, TreeMap<Key, Long>> entry : new TreeMap<>(counts).entrySet()) {
      write(out, entry.getKey());
      out.writeInt(entry.getValue().size());
      for (Map.Entry<Key, Long> given : entry.getValue().entrySet()) {
        write(out, given.getKey());
        out.writeLong(given.getValue());
      }
    }
  }

  private static void write(DataOutput out, Key key) throws IOException {
    out.writeLong(key.high());
    out.writeLong(key.low());
  }

  void readState(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("input labels: version of the state must be 1; found: " + version);
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Key input = new Key(in.readLong(), in.readLong());
      int labels = in.readInt();
      for (int j = 0; j < labels; j++) {
        add(input, new Key(in.readLong(), in.readLong()), in.readLong());
      }
    }
  }
}
