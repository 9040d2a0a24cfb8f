package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.drift.CategoryCounts;
import dev.quern.drift.Shape;
import dev.quern.format.json.Json;
import dev.quern.statistics.ExactQuantiles;
import dev.quern.statistics.OrderedBits;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Not an outlier: 1 / (1 + Σ d) over number and text fields. Of a number d = max(0, distance to the
 * quartiles in interquartile ranges − 1.5) (Tukey 1977). Of a text d = (5 − c) / 4 where c < 5
 * samples have its value, in fields whose values five samples share on average; its shape in
 * others.
 *
 * @param positions number and text fields; others are left alone
 */
public record Outliers(int[] positions) implements Factor {
  /** Samples that make a value usual. */
  private static final int USUAL = 5;

  private static final double FENCE = 1.5;

  private static final class Collected implements State {
    private final int[] positions;
    private final List<Object> fields = new ArrayList<>();
    private final Slice slice = new Slice();
    private final Shape shape = new Shape();

    /** A text field by value and by shape. */
    private record Texts(CategoryCounts values, CategoryCounts shapes) {}

    Collected(int[] positions, Schema input) {
      this.positions = positions;
      for (int position : positions) {
        boolean text = input.field(position).type().kind() == Type.Kind.TEXT;
        fields.add(
            text ? new Texts(new CategoryCounts(), new CategoryCounts()) : new ExactQuantiles());
      }
    }

    @Override
    public void add(Batch batch) {
      for (int f = 0; f < positions.length; f++) {
        Column column = batch.column(positions[f]);
        for (int i = 0; i < batch.count(); i++) {
          int row = batch.row(i);
          if (!column.isNull(row)) {
            add(fields.get(f), column, row);
          }
        }
      }
    }

    private void add(Object field, Column column, int row) {
      if (field instanceof Texts texts) {
        column.sliceAt(row, slice);
        texts.values().add(slice.bytes, slice.start, slice.end, 1);
        texts.shapes().add(shape.of(slice).mask(), 1);
      } else if (Double.isFinite(column.doubleAt(row))) {
        ((ExactQuantiles) field).add(OrderedBits.of(column.doubleAt(row)));
      }
    }

    @Override
    public void merge(State other) {
      List<Object> others = ((Collected) other).fields;
      for (int f = 0; f < fields.size(); f++) {
        if (fields.get(f) instanceof Texts texts) {
          texts.values().merge(((Texts) others.get(f)).values());
          texts.shapes().merge(((Texts) others.get(f)).shapes());
        } else {
          ((ExactQuantiles) fields.get(f)).merge((ExactQuantiles) others.get(f));
        }
      }
    }

    @Override
    public void write(DataOutput out) throws IOException {
      for (Object field : fields) {
        if (field instanceof Texts texts) {
          texts.values().write(out);
          texts.shapes().write(out);
        } else {
          ((ExactQuantiles) field).write(out);
        }
      }
    }

    void read(DataInput in) throws IOException {
      for (int f = 0; f < fields.size(); f++) {
        Object field =
            fields.get(f) instanceof Texts
                ? new Texts(CategoryCounts.read(in), CategoryCounts.read(in))
                : ExactQuantiles.read(in);
        fields.set(f, field);
      }
    }
  }

  @Override
  public State zero(Schema input) {
    return new Collected(positions, input);
  }

  @Override
  public State read(DataInput in, Schema input) throws IOException {
    Collected state = new Collected(positions, input);
    state.read(in);
    return state;
  }

  @Override
  public Map<String, @Nullable Object> fit(State state, Schema input) {
    Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    for (int f = 0; f < positions.length; f++) {
      Object field = ((Collected) state).fields.get(f);
      Map<String, @Nullable Object> one =
          field instanceof Collected.Texts texts ? usual(texts) : quartiles((ExactQuantiles) field);
      if (!one.isEmpty()) {
        learnt.put(input.field(positions[f]).name(), one);
      }
    }
    return learnt;
  }

  /** In this order: a map of Map.of has another one in each process. */
  private static Map<String, @Nullable Object> ordered(
      String first, Object value, String second, Object other) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(first, value);
    map.put(second, other);
    return map;
  }

  private static Map<String, @Nullable Object> quartiles(ExactQuantiles numbers) {
    if (numbers.count() == 0) {
      return Map.of();
    }
    return ordered("low", numbers.quantile(0.25), "high", numbers.quantile(0.75));
  }

  /** Nothing is learnt where neither values nor shapes are shared. */
  private static Map<String, @Nullable Object> usual(Collected.Texts texts) {
    if (isShared(texts.values())) {
      return ordered("by", "value", "counts", counts(texts.values()));
    }
    return isShared(texts.shapes())
        ? ordered("by", "shape", "counts", counts(texts.shapes()))
        : Map.of();
  }

  private static boolean isShared(CategoryCounts counts) {
    return counts.isGiven()
        && counts.counts().total() > 0
        && (long) USUAL * counts.counts().distinct() <= counts.counts().total();
  }

  private static Map<String, Object> counts(CategoryCounts counts) {
    Map<String, Object> plain = new TreeMap<>();
    Hash128 hash = new Hash128();
    counts
        .counts()
        .forEach(
            (bytes, start, end, n) ->
                plain.put(
                    RowHashes.written(hash.hash(bytes, start, end, 0).high()), Math.min(n, USUAL)));
    return plain;
  }

  @Override
  public Judging bind(Schema input, Map<String, @Nullable Object> fit) {
    List<Surprise> surprises = new ArrayList<>();
    for (int position : positions) {
      Object learnt = fit.get(input.field(position).name());
      if (learnt != null) {
        surprises.add(surprise(position, Json.object(learnt)));
      }
    }
    return (batch, scores) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        double sum = 0;
        for (Surprise surprise : surprises) {
          sum += surprise.of(batch, row);
        }
        scores[row] = 1 / (1 + sum);
      }
    };
  }

  /** How unusual a field of a sample is, at least 0. */
  private interface Surprise {
    double of(Batch batch, int row);
  }

  private static Surprise surprise(int position, Map<String, @Nullable Object> learnt) {
    if (learnt.get("counts") != null) {
      boolean byValue = "value".equals(learnt.get("by"));
      return ofText(position, byValue, Json.object(learnt.get("counts")));
    }
    double low = number(learnt.get("low"));
    double high = number(learnt.get("high"));
    double range = high - low;
    return (batch, row) -> {
      Column column = batch.column(position);
      if (column.isNull(row) || range == 0 || Double.isNaN(column.doubleAt(row))) {
        return 0;
      }
      double value = column.doubleAt(row);
      return Math.max(0, Math.max(low - value, value - high) / range - FENCE);
    };
  }

  private static double number(@Nullable Object plain) {
    if (plain instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("fit must hold numbers; found: none");
  }

  private static Surprise ofText(
      int position, boolean byValue, Map<String, @Nullable Object> counts) {
    Slice slice = new Slice();
    Shape shape = new Shape();
    Hash128 hash = new Hash128();
    return (batch, row) -> {
      Column column = batch.column(position);
      if (column.isNull(row)) {
        return 0;
      }
      column.sliceAt(row, slice);
      if (byValue) {
        hash.hash(slice.bytes, slice.start, slice.end, 0);
      } else {
        byte[] mask = shape.of(slice).mask().getBytes(StandardCharsets.UTF_8);
        hash.hash(mask, 0, mask.length, 0);
      }
      Object n = counts.get(RowHashes.written(hash.high()));
      // A value that was not learnt is as rare as one that was seen once.
      long shared = n instanceof Number number ? number.longValue() : 1;
      return (USUAL - shared) / (USUAL - 1.0);
    };
  }
}
