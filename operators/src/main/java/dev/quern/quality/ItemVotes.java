package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Hash128;
import dev.quern.engine.Accumulator;
import dev.quern.label.Coincidences;
import dev.quern.operator.Finding;
import dev.quern.operator.SampleJudge;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The labels of each item, in a table with one sample for each label; items by 128-bit hash. */
final class ItemVotes implements Accumulator<ItemVotes> {
  private static final int VERSION = 1;

  private final int item;
  private final int label;
  private final TreeMap<Key, TreeMap<String, Long>> items = new TreeMap<>();
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();

  private record Key(long high, long low) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(high, other.high);
      return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
  }

  ItemVotes(int item, int label) {
    this.item = item;
    this.label = label;
  }

  Coincidences coincidences() {
    Coincidences all = new Coincidences();
    for (TreeMap<String, Long> labels : items.values()) {
      java.util.List<String> given = new java.util.ArrayList<>();
      labels.forEach(
          (name, number) -> {
            for (long i = 0; i < number; i++) {
              given.add(name);
            }
          });
      all.add(given);
    }
    return all;
  }

  /** Returns the items that got different labels, by their hashes. */
  HashCounts contested() {
    HashCounts contested = new HashCounts();
    items.forEach(
        (key, labels) -> {
          if (labels.size() > 1) {
            contested.add(key.high(), key.low(), 1);
          }
        });
    return contested;
  }

  /** Returns what tells of the labels of items that are among {@code contested}. */
  SampleJudge judge(HashCounts contested, Finding finding) {
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!isThere(batch, row)) {
          findings.notApplicable(row);
          continue;
        }
        Key key = key(batch, row);
        if (contested.contains(key.high(), key.low())) {
          findings.fail(row, finding);
        }
      }
    };
  }

  private boolean isThere(Batch batch, int row) {
    return AnnotatorVotes.vote(batch.column(label), row).isPresent()
        && !batch.column(item).isNull(row);
  }

  private Key key(Batch batch, int row) {
    form.reset().put(batch.column(item), row);
    hash.hash(form.bytes(), 0, form.length(), 0);
    return new Key(hash.high(), hash.low());
  }

  @Override
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (isThere(batch, row)) {
        add(key(batch, row), AnnotatorVotes.vote(batch.column(label), row).orElseThrow(), 1);
      }
    }
  }

  private void add(Key key, String name, long number) {
    items.computeIfAbsent(key, k -> new TreeMap<>()).merge(name, number, Long::sum);
  }

  @Override
  public void merge(ItemVotes other) {
    other.items.forEach((key, labels) -> labels.forEach((name, n) -> add(key, name, n)));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(items.size());
    for (Map.Entry<Key, TreeMap<String, Long>> entry : items.entrySet()) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      out.writeInt(entry.getValue().size());
      for (Map.Entry<String, Long> votes : entry.getValue().entrySet()) {
        byte[] utf8 = votes.getKey().getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
        out.writeLong(votes.getValue());
      }
    }
  }

  void readState(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("item votes: version of the state must be 1; found: " + version);
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Key key = new Key(in.readLong(), in.readLong());
      int labels = in.readInt();
      for (int j = 0; j < labels; j++) {
        byte[] utf8 = new byte[in.readInt()];
        in.readFully(utf8);
        add(key, new String(utf8, StandardCharsets.UTF_8), in.readLong());
      }
    }
  }
}
