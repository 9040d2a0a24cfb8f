package dev.quern.tensor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The gradient of every parameter, summed over the samples of one micro-batch or batch. */
final class Gradients {

  private final Map<String, Dense> dense = new LinkedHashMap<>();
  private final Map<String, Rows> tables = new LinkedHashMap<>();

  Gradients(Parameters parameters) {
    for (String name : parameters.names()) {
      switch (parameters.kind(name)) {
        case DENSE -> dense.put(name, new Dense(parameters.values(name).length));
        case TABLE -> tables.put(name, new Rows(parameters.shape(name).get(1)));
      }
    }
  }

  Map<String, Dense> dense() {
    return dense;
  }

  Map<String, Rows> tables() {
    return tables;
  }

  private Dense dense(String name) {
    return Objects.requireNonNull(dense.get(name), name);
  }

  private Rows table(String name) {
    return Objects.requireNonNull(tables.get(name), name);
  }

  /** Back to zero; the memory is kept. */
  void clear() {
    dense.values().forEach(Dense::clear);
    tables.values().forEach(Rows::clear);
  }

  /** Adds another gradient of the same parameters. */
  void add(Gradients other) {
    dense.forEach((name, mine) -> mine.add(other.dense(name)));
    tables.forEach((name, mine) -> mine.add(other.table(name)));
  }

  static void addInto(float[] from, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += from[i];
    }
  }

  /** Gradient of a parameter that is read as a whole. */
  static final class Dense {
    private final float[] values;
    private boolean zero = true;

    private Dense(int size) {
      values = new float[size];
    }

    /** The sum; zeros where nothing was added. */
    float[] values() {
      if (zero) {
        Arrays.fill(values, 0f);
        zero = false;
      }
      return values;
    }

    /** Adds what {@code product} writes into the array it is given. */
    void add(Consumer<float[]> product) {
      if (zero) {
        product.accept(values);
        zero = false;
      } else {
        float[] more = new float[values.length];
        product.accept(more);
        addInto(more, values);
      }
    }

    private void add(Dense other) {
      if (!other.zero) {
        if (zero) {
          System.arraycopy(other.values, 0, values, 0, values.length);
          zero = false;
        } else {
          addInto(other.values, values);
        }
      }
    }

    private void clear() {
      zero = true;
    }
  }

  /** Gradient of a table: rising row numbers, and as many rows of values. */
  static final class Rows {
    private final int width;
    private int[] rows = new int[0];
    private float[] values = new float[0];

    private Rows(int width) {
      this.width = width;
    }

    int width() {
      return width;
    }

    int[] rows() {
      return rows;
    }

    float[] values() {
      return values;
    }

    /**
     * Adds weights[n, l] · delta[n] to row ids[n, l], in the order of n and l.
     *
     * @param length ids per sample
     * @param delta [N, width]
     */
    void addBag(int[] ids, float[] weights, int length, float[] delta) {
      // Sorted by row and, within a row, by place: the sums run in the order of n and l.
      long[] places = new long[ids.length];
      int count = 0;
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] >= 0) {
          places[count++] = ((long) ids[i] << Integer.SIZE) | i;
        }
      }
      Arrays.sort(places, 0, count);
      Rows more = new Rows(width);
      more.rows = new int[count];
      more.values = new float[count * width];
      int last = -1;
      for (int p = 0; p < count; p++) {
        int row = (int) (places[p] >>> Integer.SIZE);
        int place = (int) places[p];
        if (last < 0 || more.rows[last] != row) {
          more.rows[++last] = row;
        }
        addScaled(weights[place], delta, place / length * width, more.values, last * width);
      }
      more.rows = Arrays.copyOf(more.rows, last + 1);
      more.values = Arrays.copyOf(more.values, (last + 1) * width);
      add(more);
    }

    private void addScaled(float s, float[] from, int fi, float[] into, int ti) {
      for (int e = 0; e < width; e++) {
        into[ti + e] = Math.fma(s, from[fi + e], into[ti + e]);
      }
    }

    private void add(Rows other) {
      if (rows.length == 0) {
        rows = other.rows;
        values = other.values.clone();
        return;
      }
      int[] mergedRows = new int[rows.length + other.rows.length];
      float[] merged = new float[mergedRows.length * width];
      int count = 0;
      int i = 0;
      int j = 0;
      while (i < rows.length || j < other.rows.length) {
        boolean mine = j == other.rows.length || (i < rows.length && rows[i] <= other.rows[j]);
        boolean theirs = i == rows.length || (j < other.rows.length && other.rows[j] <= rows[i]);
        mergedRows[count] = mine ? rows[i] : other.rows[j];
        for (int e = 0; e < width; e++) {
          merged[count * width + e] =
              (mine ? values[i * width + e] : 0f) + (theirs ? other.values[j * width + e] : 0f);
        }
        i += mine ? 1 : 0;
        j += theirs ? 1 : 0;
        count++;
      }
      rows = Arrays.copyOf(mergedRows, count);
      values = Arrays.copyOf(merged, count * width);
    }

    private void clear() {
      rows = new int[0];
      values = new float[0];
    }
  }
}
