package dev.quern.tensor;

/** Working memory of a {@link Kernels}, grown as needed; one per thread at a time. */
public final class Scratch {

  private float[] left = new float[0];
  private float[] right = new float[0];
  private float[] edge = new float[0];

  /** At least {@code size} floats of any content, for the packed left factor. */
  float[] left(int size) {
    if (left.length < size) {
      left = new float[size];
    }
    return left;
  }

  /** At least {@code size} floats of any content, for a panel of the right factor. */
  float[] right(int size) {
    if (right.length < size) {
      right = new float[size];
    }
    return right;
  }

  /** At least {@code size} floats of any content, for a tile that hangs over the edge. */
  float[] edge(int size) {
    if (edge.length < size) {
      edge = new float[size];
    }
    return edge;
  }
}
