package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.Scalars;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many samples, and how many of each group, have which score: what is kept at each threshold
 * follows from it. Scores are counted in {@value #BINS} bins of 0.01, rounded down, with an own bin
 * for 1; groups up to {@value #GROUPS} values of a field, none of a field that has more.
 */
public final class KeepCurve implements Accumulator<KeepCurve> {
  private static final int VERSION = 1;
  private static final int BINS = 101;
  private static final int GROUPS = 100;

  /** Samples that must share a group before it is named. */
  private static final int SHARED = 5;

  /** Every fifth bin is a threshold: 0, 0.05 … 1. */
  private static final int STEP = 5;

  private final int score;
  private final int[] positions;
  private final long[] all = new long[BINS];
  private final List<Map<String, long[]>> groups = new ArrayList<>();
  private final boolean[] many;
  private final ValueWriter writer = new ValueWriter();
  private long missing;

  /**
   * Makes a curve that has seen nothing.
   *
   * @param score position of the score
   * @param positions fields whose values are groups
   */
  public KeepCurve(int score, int[] positions) {
    this.score = score;
    this.positions = positions.clone();
    this.many = new boolean[positions.length];
    for (int i = 0; i < positions.length; i++) {
      groups.add(new TreeMap<>());
    }
  }

  /** Returns the bin of {@code value}: the last whose begin, as it is written, it reaches. */
  private static int bin(double value) {
    double inside = Math.min(1, Math.max(0, value));
    int bin = (int) (inside * (BINS - 1));
    // The product may round to either side: 0.29 · 100 is 28.999….
    if (bin < BINS - 1 && begin(bin + 1) <= inside) {
      return bin + 1;
    }
    return begin(bin) > inside ? bin - 1 : bin;
  }

  private static double begin(int bin) {
    return bin / (BINS - 1.0);
  }

  @Override
  public void add(Batch batch) {
    Column scores = batch.column(score);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (Scalars.isMissing(scores, row)) {
        missing++;
        continue;
      }
      int bin = bin(scores.doubleAt(row));
      all[bin]++;
      for (int g = 0; g < positions.length; g++) {
        Column column = batch.column(positions[g]);
        if (!many[g] && !Scalars.isMissing(column, row)) {
          counts(g, writer.text(column, row))[bin]++;
          forgetIfMany(g);
        }
      }
    }
  }

  private long[] counts(int group, String value) {
    return groups.get(group).computeIfAbsent(value, text -> new long[BINS]);
  }

  /** Depends on the set of values alone. */
  private void forgetIfMany(int group) {
    if (groups.get(group).size() > GROUPS) {
      many[group] = true;
      groups.get(group).clear();
    }
  }

  @Override
  public void merge(KeepCurve other) {
    missing += other.missing;
    plus(all, other.all);
    for (int g = 0; g < positions.length; g++) {
      many[g] |= other.many[g];
      if (many[g]) {
        groups.get(g).clear();
        continue;
      }
      int group = g;
      other.groups.get(g).forEach((value, bins) -> plus(counts(group, value), bins));
      forgetIfMany(g);
    }
  }

  private static void plus(long[] mine, long[] more) {
    for (int i = 0; i < mine.length; i++) {
      mine[i] += more[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(missing);
    write(out, all);
    for (int g = 0; g < positions.length; g++) {
      out.writeBoolean(many[g]);
      out.writeInt(groups.get(g).size());
      for (Map.Entry<String, long[]> group : groups.get(g).entrySet()) {
        byte[] bytes = group.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
        write(out, group.getValue());
      }
    }
  }

  private static void write(DataOutput out, long[] bins) throws IOException {
    for (long count : bins) {
      out.writeLong(count);
    }
  }

  /** Adds what was written to this curve, which has seen nothing, and returns it. */
  public KeepCurve read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("keep curve: version of the state must be 1; found: " + version);
    }
    missing = in.readLong();
    read(in, all);
    for (int g = 0; g < positions.length; g++) {
      many[g] = in.readBoolean();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        read(in, counts(g, new String(bytes, java.nio.charset.StandardCharsets.UTF_8)));
      }
    }
    return this;
  }

  private static void read(DataInput in, long[] bins) throws IOException {
    for (int i = 0; i < bins.length; i++) {
      bins[i] = in.readLong();
    }
  }

  /**
   * Returns the curve as plain values: thresholds, samples kept at each, and by field of groups the
   * balance H / ln K (1: equal shares), the effective number exp H, the representativeness 1 − ½ Σ
   * |p − q| (q the shares of all samples), and the samples kept of each group that may be named; H
   * in nats over the K groups of all samples.
   */
  public Map<String, @Nullable Object> plain(Schema input) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    List<Double> thresholds = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin += STEP) {
      thresholds.add(begin(bin));
    }
    plain.put("thresholds", thresholds);
    plain.put("samples", kept(all)[0] + missing);
    plain.put("without_score", missing);
    plain.put("kept", list(kept(all)));
    List<Object> fields = new ArrayList<>();
    for (int g = 0; g < positions.length; g++) {
      if (groups.get(g).size() > 1) {
        fields.add(groups(input.field(positions[g]), groups.get(g)));
      }
    }
    plain.put("groups", fields);
    return plain;
  }

  /** Returns for each threshold the samples that reach it. */
  private static long[] kept(long[] bins) {
    long[] kept = new long[(BINS - 1) / STEP + 1];
    long sum = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      sum += bins[bin];
      if (bin % STEP == 0) {
        kept[bin / STEP] = sum;
      }
    }
    return kept;
  }

  private static List<Long> list(long[] values) {
    List<Long> list = new ArrayList<>();
    for (long value : values) {
      list.add(value);
    }
    return list;
  }

  private static Map<String, @Nullable Object> groups(Field field, Map<String, long[]> groups) {
    List<long[]> kept = groups.values().stream().map(KeepCurve::kept).toList();
    List<@Nullable Double> balance = new ArrayList<>();
    List<@Nullable Double> effective = new ArrayList<>();
    List<@Nullable Double> representative = new ArrayList<>();
    double[] whole = shares(kept, 0);
    for (int at = 0; at < kept.get(0).length; at++) {
      double[] shares = shares(kept, at);
      boolean none = Double.isNaN(shares[0]);
      double entropy = entropy(shares);
      balance.add(none ? null : entropy / StrictMath.log(shares.length));
      effective.add(none ? null : StrictMath.exp(entropy));
      representative.add(none ? null : likeness(shares, whole));
    }
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("field", field.name());
    plain.put("balance", balance);
    plain.put("effective", effective);
    plain.put("representativeness", representative);
    boolean hidden =
        field.is(Role.SENSITIVE) || field.is(Role.IDENTIFIER) || field.is(Role.SUBJECT);
    List<Object> named = new ArrayList<>();
    if (!hidden) {
      groups.forEach(
          (value, bins) -> {
            long[] ofGroup = kept(bins);
            if (ofGroup[0] >= SHARED) {
              named.add(group(value, list(ofGroup)));
            }
          });
    }
    plain.put("named", named);
    return plain;
  }

  private static double[] shares(List<long[]> kept, int at) {
    double sum = 0;
    for (long[] group : kept) {
      sum += group[at];
    }
    double[] shares = new double[kept.size()];
    for (int g = 0; g < shares.length; g++) {
      shares[g] = kept.get(g)[at] / sum;
    }
    return shares;
  }

  private static double entropy(double[] shares) {
    double entropy = 0;
    for (double share : shares) {
      entropy -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return entropy;
  }

  private static double likeness(double[] p, double[] q) {
    double different = 0;
    for (int i = 0; i < p.length; i++) {
      different += Math.abs(p[i] - q[i]);
    }
    return 1 - different / 2;
  }

  /** In this order: a map of Map.of has another one in each process. */
  private static Map<String, @Nullable Object> group(Object value, Object kept) {
    Map<String, @Nullable Object> group = new LinkedHashMap<>();
    group.put("group", value);
    group.put("kept", kept);
    return group;
  }
}
