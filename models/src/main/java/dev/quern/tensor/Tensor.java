package dev.quern.tensor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Floats with a shape, row-major, and on a tape their gradient; or 32-bit ids. */
public final class Tensor {

  private final int[] shape;
  private final float[] values;
  private final int[] ids;
  private final boolean wanted;
  private final Gradients.@Nullable Rows rows;
  private float @Nullable [] gradient;
  private Gradients.@Nullable Dense dense;

  private Tensor(
      int[] shape,
      float[] values,
      int[] ids,
      boolean wanted,
      Gradients.@Nullable Dense dense,
      Gradients.@Nullable Rows rows) {
    this.shape = shape;
    this.values = values;
    this.ids = ids;
    this.wanted = wanted;
    this.dense = dense;
    this.rows = rows;
  }

  /** Floats of this shape, not copied. */
  public static Tensor of(float[] values, int... shape) {
    requireSize(values.length, shape);
    return new Tensor(shape, values, new int[0], false, null, null);
  }

  /** Ids of shape [rows, length], not copied; negative ones are padding. */
  public static Tensor ids(int[] ids, int... shape) {
    requireSize(ids.length, shape);
    return new Tensor(shape, new float[0], ids, false, null, null);
  }

  static Tensor result(float[] values, int[] shape, boolean wanted) {
    return new Tensor(shape, values, new int[0], wanted, null, null);
  }

  static Tensor parameter(float[] values, int[] shape, Gradients.@Nullable Dense dense) {
    return new Tensor(shape, values, new int[0], dense != null, dense, null);
  }

  static Tensor table(float[] values, int[] shape, Gradients.@Nullable Rows rows) {
    return new Tensor(shape, values, new int[0], rows != null, null, rows);
  }

  /** The live values. */
  public float[] values() {
    return values;
  }

  /** The live ids. */
  public int[] ids() {
    return ids;
  }

  /** Size of the last dimension. */
  public int width() {
    return shape[shape.length - 1];
  }

  /** Product of all dimensions but the last. */
  public int rows() {
    int rows = 1;
    for (int i = 0; i < shape.length - 1; i++) {
      rows *= shape[i];
    }
    return rows;
  }

  /** A copy of the sizes. */
  public int[] shape() {
    return shape.clone();
  }

  int[] shapeWithWidth(int width) {
    int[] copy = shape.clone();
    copy[copy.length - 1] = width;
    return copy;
  }

  /** Whether the tape should bring a gradient here. */
  boolean wanted() {
    return wanted;
  }

  Gradients.@Nullable Rows rowGradient() {
    return rows;
  }

  /** The gradient brought so far, or null where nothing depends on this tensor. */
  float @Nullable [] gradient() {
    return gradient;
  }

  /** Adds {@code delta}, which the caller gives up. */
  void addGradient(float[] delta) {
    if (dense != null) {
      dense.add(into -> System.arraycopy(delta, 0, into, 0, delta.length));
    } else if (rows != null) {
      throw new IllegalStateException("a table must be read by embeddingBag only");
    } else if (gradient == null) {
      gradient = delta;
    } else {
      Gradients.addInto(delta, gradient);
    }
  }

  /** Adds the gradient that {@code product} writes; a parameter takes it without a copy. */
  void addGradientOf(Consumer<float[]> product) {
    if (dense != null) {
      dense.add(product);
    } else {
      float[] delta = new float[values.length];
      product.accept(delta);
      addGradient(delta);
    }
  }

  private static void requireSize(int found, int[] shape) {
    long expected = 1;
    for (int dim : shape) {
      expected *= dim;
    }
    if (shape.length == 0 || expected != found) {
      throw new IllegalArgumentException(
          "tensor of shape "
              + Arrays.toString(shape)
              + " must hold "
              + expected
              + " values (elements); found: "
              + found);
    }
  }
}
