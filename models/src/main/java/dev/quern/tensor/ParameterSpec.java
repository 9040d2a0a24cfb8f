package dev.quern.tensor;

import java.util.List;

/**
 * Declaration of one parameter.
 *
 * @param name unique in its network
 * @param kind how its gradient is kept
 * @param start how its values start
 * @param shape sizes, outermost first
 */
public record ParameterSpec(String name, Kind kind, Start start, List<Integer> shape) {

  /** How a parameter is read by a batch. */
  public enum Kind {
    /** As a whole. */
    DENSE(0),
    /** A few rows at a time: the gradient and the optimiser touch those rows only. */
    TABLE(1);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number of this kind in stored parameters. */
    int code() {
      return code;
    }

    static Kind of(int code) {
      return switch (code) {
        case 0 -> DENSE;
        case 1 -> TABLE;
        default ->
            throw new IllegalArgumentException(
                "kind of a parameter must be 0 or 1; found: " + code);
      };
    }
  }

  public ParameterSpec {
    shape = List.copyOf(shape);
    size(name, shape);
  }

  /** Number of values (floats). */
  public int size() {
    return size(name, shape);
  }

  private static int size(String name, List<Integer> shape) {
    long size = 1;
    for (int dim : shape) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "shape of parameter " + name + " must be >= 1 everywhere (floats); found: " + shape);
      }
      size = Math.multiplyExact(size, dim);
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "parameter " + name + " must have < 2^31 values (floats); found: " + shape);
    }
    return (int) size;
  }
}
