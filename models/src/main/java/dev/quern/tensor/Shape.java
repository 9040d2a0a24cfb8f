package dev.quern.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a value for one sample.
 *
 * @param leading what stands before {@code dims}
 * @param dims sizes, outermost first
 */
public record Shape(Leading leading, List<Integer> dims) {

  /** What stands before the dims. */
  public enum Leading {
    /** Nothing: a parameter. */
    NONE,
    /** The batch. */
    BATCH
  }

  public Shape {
    dims = List.copyOf(dims);
  }

  int width() {
    return dims.get(dims.size() - 1);
  }

  Shape withWidth(int width) {
    List<Integer> copy = new ArrayList<>(dims);
    copy.set(copy.size() - 1, width);
    return new Shape(leading, copy);
  }

  /** Values per sample, or of the parameter (floats). */
  long size() {
    return dims.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
