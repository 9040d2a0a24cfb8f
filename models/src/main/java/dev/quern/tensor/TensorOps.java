package dev.quern.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes on floats. While recording, every op pushes onto a tape in two phases: a δ-closure
 * brings the gradient from the op's output to its inputs, a weight closure makes the gradients of
 * its parameters from it. All δ-closures run before the first weight closure, so that something
 * that needs the δ of whole samples, such as clipping, fits between them.
 *
 * <p>For one micro-batch and one thread.
 */
public final class TensorOps implements Ops<Tensor> {

  private final Kernels kernels;
  private final Parameters parameters;
  private final Scratch scratch;
  private final @Nullable Gradients gradients;
  private final List<Runnable> deltas = new ArrayList<>();
  private final List<Runnable> weights = new ArrayList<>();

  private TensorOps(
      Kernels kernels, Parameters parameters, Scratch scratch, @Nullable Gradients gradients) {
    this.kernels = kernels;
    this.parameters = parameters;
    this.scratch = scratch;
    this.gradients = gradients;
  }

  /** Computes without a tape. */
  public static TensorOps forward(Kernels kernels, Parameters parameters, Scratch scratch) {
    return new TensorOps(kernels, parameters, scratch, null);
  }

  /** Computes and records; {@link #backward} adds to {@code gradients}. */
  static TensorOps recording(
      Kernels kernels, Parameters parameters, Scratch scratch, Gradients gradients) {
    return new TensorOps(kernels, parameters, scratch, gradients);
  }

  /** Brings δ of the (summed) loss from {@code output} to every parameter. */
  void backward(Tensor output, float[] delta) {
    output.addGradient(delta);
    for (int i = deltas.size() - 1; i >= 0; i--) {
      deltas.get(i).run();
    }
    weights.forEach(Runnable::run);
    deltas.clear();
    weights.clear();
  }

  @Override
  public Tensor param(String name, Start start, int... shape) {
    float[] values = known(name, shape);
    return Tensor.parameter(
        values, shape.clone(), gradients == null ? null : gradients.dense().get(name));
  }

  @Override
  public Tensor table(String name, Start start, int rows, int width) {
    float[] values = known(name, rows, width);
    return Tensor.table(
        values, new int[] {rows, width}, gradients == null ? null : gradients.tables().get(name));
  }

  @Override
  public Tensor linear(Tensor x, Tensor w, Tensor b) {
    int n = x.rows();
    int p = x.width();
    int q = w.width();
    float[] y = new float[n * q];
    Matrix xs = Matrix.of(x.values(), n, p);
    Matrix ws = Matrix.of(w.values(), p, q);
    kernels.multiply(xs, ws, y, scratch);
    float[] bias = b.values();
    for (int i = 0; i < n; i++) {
      addRow(bias, y, i * q);
    }
    Tensor out = result(y, x.shapeWithWidth(q), x.wanted() || w.wanted() || b.wanted());
    if (x.wanted()) {
      onDelta(
          out,
          d ->
              x.addGradientOf(
                  dx -> kernels.multiply(Matrix.of(d, n, q), ws.transposed(), dx, scratch)));
    }
    if (w.wanted() || b.wanted()) {
      onWeights(
          out,
          d -> {
            w.addGradientOf(
                dw -> kernels.multiply(xs.transposed(), Matrix.of(d, n, q), dw, scratch));
            b.addGradientOf(db -> sumRows(d, n, db));
          });
    }
    return out;
  }

  @Override
  public Tensor relu(Tensor x) {
    float[] y = new float[x.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(x.values()[i], 0f);
    }
    return elementwise(
        x,
        y,
        (d, dx) -> {
          for (int i = 0; i < d.length; i++) {
            dx[i] = y[i] > 0 ? d[i] : 0f;
          }
        });
  }

  @Override
  public Tensor sigmoid(Tensor x) {
    float[] y = new float[x.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = Exponential.sigmoid(x.values()[i]);
    }
    return elementwise(
        x,
        y,
        (d, dx) -> {
          for (int i = 0; i < d.length; i++) {
            dx[i] = d[i] * y[i] * (1 - y[i]);
          }
        });
  }

  @Override
  public Tensor tanh(Tensor x) {
    float[] y = new float[x.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = Exponential.tanh(x.values()[i]);
    }
    return elementwise(
        x,
        y,
        (d, dx) -> {
          for (int i = 0; i < d.length; i++) {
            dx[i] = d[i] * (1 - y[i] * y[i]);
          }
        });
  }

  @Override
  public Tensor scale(Tensor x, float s) {
    float[] y = new float[x.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.values()[i] * s;
    }
    return elementwise(
        x,
        y,
        (d, dx) -> {
          for (int i = 0; i < d.length; i++) {
            dx[i] = d[i] * s;
          }
        });
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    float[] y = a.values().clone();
    Gradients.addInto(b.values(), y);
    Tensor out = result(y, a.shape(), a.wanted() || b.wanted());
    for (Tensor input : List.of(a, b)) {
      if (input.wanted()) {
        onDelta(out, d -> input.addGradient(d.clone()));
      }
    }
    return out;
  }

  @Override
  public Tensor softmax(Tensor x) {
    int width = x.width();
    float[] y = new float[x.values().length];
    double[] row = new double[width];
    for (int from = 0; from < y.length; from += width) {
      softmaxRow(x.values(), from, row);
      for (int j = 0; j < width; j++) {
        y[from + j] = (float) row[j];
      }
    }
    Tensor out = result(y, x.shape(), x.wanted());
    if (x.wanted()) {
      onDelta(
          out,
          d -> {
            float[] dx = new float[y.length];
            for (int from = 0; from < y.length; from += width) {
              double dot = 0;
              for (int j = from; j < from + width; j++) {
                dot += (double) d[j] * y[j];
              }
              for (int j = from; j < from + width; j++) {
                dx[j] = (float) (y[j] * (d[j] - dot));
              }
            }
            x.addGradient(dx);
          });
    }
    return out;
  }

  @Override
  public Tensor embeddingBag(Tensor table, Tensor ids, Tensor weights) {
    int n = ids.rows();
    int length = ids.width();
    int width = table.width();
    float[] y = new float[n * width];
    for (int i = 0; i < n * length; i++) {
      int id = ids.ids()[i];
      if (id >= table.rows()) {
        throw new IllegalArgumentException(
            "ids must be < " + table.rows() + " (table rows); found: " + id);
      }
      if (id >= 0) {
        addScaledRow(weights.values()[i], table.values(), id * width, y, i / length * width, width);
      }
    }
    Tensor out = result(y, new int[] {n, width}, table.wanted());
    Gradients.Rows rows = table.rowGradient();
    if (rows != null) {
      onWeights(out, d -> rows.addBag(ids.ids(), weights.values(), length, d));
    }
    return out;
  }

  @Override
  public Tensor concat(List<Tensor> parts) {
    int rows = parts.get(0).rows();
    int width = parts.stream().mapToInt(Tensor::width).sum();
    float[] y = new float[rows * width];
    Tensor out =
        result(y, parts.get(0).shapeWithWidth(width), parts.stream().anyMatch(Tensor::wanted));
    int column = 0;
    for (Tensor part : parts) {
      int at = column;
      int w = part.width();
      for (int i = 0; i < rows; i++) {
        System.arraycopy(part.values(), i * w, y, i * width + at, w);
      }
      if (part.wanted()) {
        onDelta(
            out,
            d -> {
              float[] dx = new float[rows * w];
              for (int i = 0; i < rows; i++) {
                System.arraycopy(d, i * width + at, dx, i * w, w);
              }
              part.addGradient(dx);
            });
      }
      column += w;
    }
    return out;
  }

  /** Writes the softmax of one row of x; the maximum goes first so that nothing overflows. */
  static void softmaxRow(float[] x, int from, double[] into) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < into.length; j++) {
      max = Math.max(max, x[from + j]);
    }
    double sum = 0;
    for (int j = 0; j < into.length; j++) {
      into[j] = Exponential.exp(x[from + j] - max);
      sum += into[j];
    }
    for (int j = 0; j < into.length; j++) {
      into[j] /= sum;
    }
  }

  private interface Derivative {
    /** Writes the gradient dx of the input, from d at the output; loops itself to be compiled. */
    void apply(float[] d, float[] dx);
  }

  private interface Backward {
    void apply(float[] d);
  }

  private Tensor elementwise(Tensor x, float[] y, Derivative derivative) {
    Tensor out = result(y, x.shape(), x.wanted());
    if (x.wanted()) {
      onDelta(
          out,
          d -> {
            float[] dx = new float[d.length];
            derivative.apply(d, dx);
            x.addGradient(dx);
          });
    }
    return out;
  }

  private Tensor result(float[] y, int[] shape, boolean wanted) {
    return Tensor.result(y, shape, wanted && gradients != null);
  }

  private void onDelta(Tensor out, Backward backward) {
    deltas.add(() -> Optional.ofNullable(out.gradient()).ifPresent(backward::apply));
  }

  private void onWeights(Tensor out, Backward backward) {
    weights.add(() -> Optional.ofNullable(out.gradient()).ifPresent(backward::apply));
  }

  private float[] known(String name, int... shape) {
    List<Integer> expected = IntStream.of(shape).boxed().toList();
    if (!parameters.shape(name).equals(expected)) {
      throw new IllegalArgumentException(
          "parameter "
              + name
              + " must have shape "
              + expected
              + " (floats); found: "
              + parameters.shape(name));
    }
    return parameters.values(name);
  }

  private static void addRow(float[] row, float[] into, int at) {
    for (int j = 0; j < row.length; j++) {
      into[at + j] += row[j];
    }
  }

  private static void addScaledRow(float s, float[] from, int fi, float[] into, int ti, int n) {
    for (int j = 0; j < n; j++) {
      into[ti + j] = Math.fma(s, from[fi + j], into[ti + j]);
    }
  }

  private static void sumRows(float[] d, int rows, float[] into) {
    Arrays.fill(into, 0f);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < into.length; j++) {
        into[j] += d[i * into.length + j];
      }
    }
  }
}
