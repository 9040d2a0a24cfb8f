package dev.quern.quality.repair;

import dev.quern.data.Batch;
import dev.quern.data.Keys;
import dev.quern.data.SampleId;
import dev.quern.engine.Accumulator;
import dev.quern.engine.RunContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows with the smallest hashes of their ids: all of them up to a capacity, a uniform sample
 * beyond. Which rows are held depends on the ids alone, so any parts merge to the same rows.
 */
public final class SampledRows implements Accumulator<SampledRows> {
  /** Most rows held. */
  public static final int MOST_ROWS = 65_536;

  /** Most cells held. */
  public static final int MOST_CELLS = 4_000_000;

  private static final int VERSION = 1;
  private static final int INTERNED = 100_000;
  private static final Comparator<Row> BY_HASH =
      (a, b) -> {
        int order = Long.compareUnsigned(a.hash, b.hash);
        order = order != 0 ? order : Long.compareUnsigned(a.high, b.high);
        order = order != 0 ? order : Long.compareUnsigned(a.low, b.low);
        return order != 0 ? order : compareRank(a, b);
      };

  private final CellTexts cells;
  private final int capacity;
  private final Map<String, String> interned = new HashMap<>();
  private List<Row> rows = new ArrayList<>();
  private long bound = -1;

  private record Row(
      long hash,
      long high,
      long low,
      long origin,
      long position,
      long child,
      @Nullable String[] cells) {}

  /** Makes an empty sample of the given cells. */
  public SampledRows(CellTexts cells) {
    this.cells = cells;
    this.capacity = Math.max(1, Math.min(MOST_ROWS, MOST_CELLS / Math.max(1, cells.fields())));
  }

  /** Returns the sample that was written. */
  public static SampledRows read(DataInput in, CellTexts cells) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("sampled rows: version of the state must be 1; found: " + version);
    }
    SampledRows sample = new SampledRows(cells);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      long high = in.readLong();
      long low = in.readLong();
      long origin = in.readLong();
      long position = in.readLong();
      long child = in.readLong();
      @Nullable String[] texts = new @Nullable String[cells.fields()];
      for (int field = 0; field < texts.length; field++) {
        texts[field] = in.readBoolean() ? sample.intern(in.readUTF()) : null;
      }
      sample.rows.add(new Row(hash(high, low), high, low, origin, position, child, texts));
    }
    sample.trim(sample.capacity);
    return sample;
  }

  @Override
  public void add(Batch batch) {
    Keys keys = batch.keys();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long high = keys.idHigh(row);
      long low = keys.idLow(row);
      long hash = hash(high, low);
      if (Long.compareUnsigned(hash, bound) > 0) {
        continue;
      }
      @Nullable String[] texts = cells.texts(batch, row);
      for (int field = 0; field < texts.length; field++) {
        String text = texts[field];
        texts[field] = text == null ? null : intern(text);
      }
      rows.add(
          new Row(hash, high, low, keys.origin(row), keys.position(row), keys.child(row), texts));
      trim(2 * capacity);
    }
  }

  @Override
  public void merge(SampledRows other) {
    rows.addAll(other.rows);
    trim(capacity);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    trim(capacity);
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(BY_HASH);
    out.writeByte(VERSION);
    out.writeInt(sorted.size());
    for (Row row : sorted) {
      out.writeLong(row.high);
      out.writeLong(row.low);
      out.writeLong(row.origin);
      out.writeLong(row.position);
      out.writeLong(row.child);
      for (String text : row.cells) {
        out.writeBoolean(text != null);
        if (text != null) {
          out.writeUTF(text);
        }
      }
    }
  }

  /** Returns the ids in the order of {@link #inOrder}. */
  List<SampleId> idsInOrder() {
    return sorted().stream().map(row -> new SampleId(row.high, row.low)).toList();
  }

  private List<Row> sorted() {
    trim(capacity);
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(((Comparator<Row>) SampledRows::compareRank).thenComparing(BY_HASH));
    return sorted;
  }

  /** Returns the rows in the order of their ranks. */
  List<@Nullable String[]> inOrder() {
    List<@Nullable String[]> texts = new ArrayList<>();
    for (Row row : sorted()) {
      texts.add(row.cells);
    }
    return texts;
  }

  private void trim(int limit) {
    if (rows.size() > limit) {
      rows.sort(BY_HASH);
      rows = new ArrayList<>(rows.subList(0, Math.min(capacity, rows.size())));
      bound = rows.get(rows.size() - 1).hash;
    }
  }

  private String intern(String text) {
    if (interned.size() > INTERNED) {
      interned.clear();
    }
    String known = interned.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private static long hash(long high, long low) {
    return RunContext.draw(0, high, low);
  }

  private static int compareRank(Row a, Row b) {
    int order = Long.compare(a.origin, b.origin);
    order = order != 0 ? order : Long.compare(a.position, b.position);
    return order != 0 ? order : Long.compare(a.child, b.child);
  }
}
