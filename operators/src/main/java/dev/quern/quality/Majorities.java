package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.engine.Accumulator;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.SecondLook;
import dev.quern.statistics.HashCounts;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent y of each x that has several, of ties the one of the smallest hash; x and y by
 * their 64-bit hashes. Bounded by the groups that contradict themselves: 24 bytes each, and where
 * values are told the text of y.
 */
final class Majorities {
  private static final String GROUPS = "groups";
  private static final String VALUES = "values";
  private static final int LONGS = 3;

  private final long[] groups;
  private final List<@Nullable Object> values;

  private Majorities(long[] groups, List<@Nullable Object> values) {
    this.groups = groups;
    this.values = values;
  }

  /** Returns those of {@code pairs} (x, y); given {@code sources}, of x that have several. */
  static Fit fit(HashCounts pairs, Optional<HashCounts> sources) {
    Groups groups = new Groups(sources.map(Majorities::several));
    pairs.forEach(groups::add);
    groups.close();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * groups.found.size());
    groups.found.forEach(bytes::putLong);
    return new Fit(Map.of(GROUPS, Base64.getEncoder().encodeToString(bytes.array())));
  }

  /** Returns the first values of {@code pairs} that have several second ones. */
  private static Set<Long> several(HashCounts pairs) {
    Set<Long> seen = new HashSet<>();
    Set<Long> several = new HashSet<>();
    pairs.forEach(
        (x, source, count) -> {
          if (!seen.add(x)) {
            several.add(x);
          }
        });
    return several;
  }

  /** Takes pairs ascending, so that those of one x stand together. */
  private static final class Groups {
    private final Optional<Set<Long>> wanted;
    private final List<Long> found = new ArrayList<>();
    private long x;
    private long all;
    private long most;
    private long majority;

    Groups(Optional<Set<Long>> wanted) {
      this.wanted = wanted;
    }

    void add(long nextX, long y, long count) {
      if (nextX != x) {
        close();
        x = nextX;
      }
      all += count;
      if (count > most) {
        most = count;
        majority = y;
      }
    }

    void close() {
      if (all > most && (wanted.isEmpty() || wanted.get().contains(x))) {
        found.add(x);
        found.add(majority);
        found.add(Double.doubleToLongBits((double) most / all));
      }
      all = 0;
      most = 0;
    }
  }

  /** Returns what {@link #fit} told of. */
  static Majorities read(Fit fit) {
    byte[] bytes = Base64.getDecoder().decode(String.valueOf(fit.values().get(GROUPS)));
    long[] groups = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(groups);
    Object values = fit.values().get(VALUES);
    return new Majorities(groups, values == null ? List.of() : Json.list(values));
  }

  boolean isEmpty() {
    return groups.length == 0;
  }

  /** Returns the number of the group of {@code x}, negative if it has one y alone. */
  int group(long x) {
    int low = 0;
    int high = groups.length / LONGS - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(groups[LONGS * middle], x);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return -1;
  }

  /** Returns whether {@code y} is the most frequent of {@code group}. */
  boolean isMajority(int group, long y) {
    return groups[LONGS * group + 1] == y;
  }

  /** Returns the fraction of the samples of {@code group} that have its most frequent y. */
  double share(int group) {
    return Double.longBitsToDouble(groups[LONGS * group + 2]);
  }

  /** Returns the most frequent y of {@code group} as it is written, where it is known. */
  Optional<String> value(int group) {
    return group < values.size()
        ? Optional.ofNullable(values.get(group)).map(String::valueOf)
        : Optional.empty();
  }

  /** Returns the second look that finds the texts of the most frequent y, fields by position. */
  static SecondLook<Texts> texts(Fit fit, int[] x, int y) {
    Majorities majorities = read(fit);
    return new SecondLook<>() {
      @Override
      public Texts zero() {
        return new Texts(majorities, x, y);
      }

      @Override
      public Texts read(DataInput in) throws IOException {
        Texts texts = zero();
        texts.readState(in);
        return texts;
      }

      @Override
      public Fit completed(Texts state) {
        Map<String, @Nullable Object> all = new HashMap<>(fit.values());
        all.put(VALUES, new ArrayList<@Nullable Object>(Arrays.asList(state.texts)));
        return new Fit(all);
      }
    };
  }

  /** The texts of values: whichever sample tells one, it is the same. */
  static final class Texts implements Accumulator<Texts> {
    private static final int VERSION = 1;

    private final Majorities majorities;
    private final RowHash x;
    private final RowHash y;
    private final int position;
    private final ValueWriter writer = new ValueWriter();
    private final @Nullable String[] texts;

    private Texts(Majorities majorities, int[] x, int y) {
      this.majorities = majorities;
      this.x = new RowHash(x);
      this.y = new RowHash(y);
      this.position = y;
      this.texts = new String[majorities.groups.length / LONGS];
    }

    @Override
    public void add(Batch batch) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (x.compute(batch, row) && y.compute(batch, row)) {
          int group = majorities.group(x.value());
          if (group >= 0 && texts[group] == null && majorities.isMajority(group, y.value())) {
            texts[group] = writer.text(batch.column(position), row);
          }
        }
      }
    }

    @Override
    public void merge(Texts other) {
      for (int i = 0; i < texts.length; i++) {
        texts[i] = texts[i] == null ? other.texts[i] : texts[i];
      }
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte(VERSION);
      for (String text : texts) {
        out.writeBoolean(text != null);
        if (text != null) {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          out.writeInt(utf8.length);
          out.write(utf8);
        }
      }
    }

    private void readState(DataInput in) throws IOException {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("majorities: version of the state must be 1; found: " + version);
      }
      for (int i = 0; i < texts.length; i++) {
        if (in.readBoolean()) {
          byte[] utf8 = new byte[in.readInt()];
          in.readFully(utf8);
          texts[i] = new String(utf8, StandardCharsets.UTF_8);
        }
      }
    }
  }
}
