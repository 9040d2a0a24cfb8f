package dev.quern.tensor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The ops in double precision, as plainly as they can be written: what the engine is held to. */
final class ReferenceOps implements Ops<ReferenceOps.Rows> {

  /** A matrix, a vector as one row, or ids. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rows(double[][] values, int[][] ids) {
    int count() {
      return values.length;
    }

    int width() {
      return values[0].length;
    }
  }

  private final Map<String, double[]> parameters = new HashMap<>();

  ReferenceOps(Parameters parameters) {
    for (String name : parameters.names()) {
      float[] from = parameters.values(name);
      double[] to = new double[from.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = from[i];
      }
      this.parameters.put(name, to);
    }
  }

  /** The live values, to be moved by a small step. */
  double[] values(String name) {
    return parameters.getOrDefault(name, new double[0]);
  }

  static Rows of(Tensor tensor) {
    int width = tensor.width();
    double[][] values = new double[tensor.rows()][width];
    int[][] ids = new int[tensor.rows()][width];
    for (int i = 0; i < tensor.rows() * width; i++) {
      if (tensor.ids().length > 0) {
        ids[i / width][i % width] = tensor.ids()[i];
      } else {
        values[i / width][i % width] = tensor.values()[i];
      }
    }
    return new Rows(values, ids);
  }

  /** The mean-over-outputs losses, straight from their definitions. */
  static double loss(Loss loss, double[][] output, float[] targets) {
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      double[] y = output[i];
      int width = y.length;
      for (int j = 0; j < width; j++) {
        switch (loss) {
          case SQUARED_ERROR -> sum += Math.pow(y[j] - targets[i * width + j], 2) / width;
          case BINARY_CROSS_ENTROPY -> {
            double p = 1 / (1 + Math.exp(-y[j]));
            double t = targets[i * width + j];
            sum -= (t * Math.log(p) + (1 - t) * Math.log(1 - p)) / width;
          }
          case CATEGORICAL_CROSS_ENTROPY -> {
            if (j == (int) targets[i]) {
              sum -= Math.log(softmax(y)[j]);
            }
          }
        }
      }
    }
    return sum;
  }

  @Override
  public Rows param(String name, Start start, int... shape) {
    int width = shape[shape.length - 1];
    double[] flat = values(name);
    double[][] rows = new double[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return new Rows(rows, new int[0][]);
  }

  @Override
  public Rows table(String name, Start start, int rows, int width) {
    return param(name, start, rows, width);
  }

  @Override
  public Rows linear(Rows x, Rows w, Rows b) {
    double[][] y = new double[x.count()][w.width()];
    for (int i = 0; i < x.count(); i++) {
      for (int j = 0; j < w.width(); j++) {
        y[i][j] = b.values()[0][j];
        for (int p = 0; p < x.width(); p++) {
          y[i][j] += x.values()[i][p] * w.values()[p][j];
        }
      }
    }
    return rows(y);
  }

  @Override
  public Rows relu(Rows x) {
    return each(x, v -> v > 0 ? v : 0);
  }

  @Override
  public Rows sigmoid(Rows x) {
    return each(x, v -> 1 / (1 + Math.exp(-v)));
  }

  @Override
  public Rows tanh(Rows x) {
    return each(x, Math::tanh);
  }

  @Override
  public Rows scale(Rows x, float s) {
    return each(x, v -> s * v);
  }

  @Override
  public Rows add(Rows a, Rows b) {
    double[][] y = new double[a.count()][a.width()];
    for (int i = 0; i < a.count(); i++) {
      for (int j = 0; j < a.width(); j++) {
        y[i][j] = a.values()[i][j] + b.values()[i][j];
      }
    }
    return rows(y);
  }

  @Override
  public Rows softmax(Rows x) {
    double[][] y = new double[x.count()][];
    for (int i = 0; i < x.count(); i++) {
      y[i] = softmax(x.values()[i]);
    }
    return rows(y);
  }

  @Override
  public Rows embeddingBag(Rows table, Rows ids, Rows weights) {
    double[][] y = new double[ids.count()][table.width()];
    for (int i = 0; i < ids.count(); i++) {
      for (int l = 0; l < ids.width(); l++) {
        int id = ids.ids()[i][l];
        for (int e = 0; id >= 0 && e < table.width(); e++) {
          y[i][e] += weights.values()[i][l] * table.values()[id][e];
        }
      }
    }
    return rows(y);
  }

  @Override
  public Rows concat(List<Rows> parts) {
    int width = parts.stream().mapToInt(Rows::width).sum();
    double[][] y = new double[parts.get(0).count()][width];
    int at = 0;
    for (Rows part : parts) {
      for (int i = 0; i < part.count(); i++) {
        System.arraycopy(part.values()[i], 0, y[i], at, part.width());
      }
      at += part.width();
    }
    return rows(y);
  }

  private static double[] softmax(double[] x) {
    double[] y = new double[x.length];
    double sum = 0;
    for (double v : x) {
      sum += Math.exp(v);
    }
    for (int j = 0; j < x.length; j++) {
      y[j] = Math.exp(x[j]) / sum;
    }
    return y;
  }

  private static Rows each(Rows x, DoubleUnaryOperator f) {
    double[][] y = new double[x.count()][x.width()];
    for (int i = 0; i < x.count(); i++) {
      for (int j = 0; j < x.width(); j++) {
        y[i][j] = f.applyAsDouble(x.values()[i][j]);
      }
    }
    return rows(y);
  }

  private static Rows rows(double[][] values) {
    return new Rows(values, new int[0][]);
  }
}
