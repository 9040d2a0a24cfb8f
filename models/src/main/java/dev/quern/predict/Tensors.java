package dev.quern.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Type;
import dev.quern.feature.HashedNgrams;
import dev.quern.feature.Numbers;
import dev.quern.onnx.OnnxText;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/** The only maker of input tensors: a null in a string tensor would kill the process. */
final class Tensors {
  private Tensors() {}

  /** Returns the selected rows of {@code column} as [N,1]. */
  static OnnxTensor of(OrtEnvironment environment, Batch batch, Column column) throws OrtException {
    int n = batch.count();
    long[] shape = {n, 1};
    if (column.type().equals(Type.TEXT)) {
      String[] texts = new String[n];
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        texts[i] = OnnxText.encode(column.isNull(row) ? null : column.textAt(row));
      }
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = Numbers.at(column, batch.row(i));
    }
    return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers), shape);
  }

  /** Returns the ids of texts as [N, longest], -1 where there is none. */
  static OnnxTensor ids(OrtEnvironment environment, HashedNgrams.Rows rows) throws OrtException {
    int[] offsets = rows.offsets();
    int length = longest(offsets);
    int[] from = rows.ids();
    int[] padded = new int[rows.texts() * length];
    Arrays.fill(padded, -1);
    for (int i = 0; i < rows.texts(); i++) {
      System.arraycopy(from, offsets[i], padded, i * length, offsets[i + 1] - offsets[i]);
    }
    return OnnxTensor.createTensor(
        environment, IntBuffer.wrap(padded), new long[] {rows.texts(), length});
  }

  /** Returns the weights of the ids as [N, longest], 0 where there is none. */
  static OnnxTensor weights(OrtEnvironment environment, HashedNgrams.Rows rows)
      throws OrtException {
    int[] offsets = rows.offsets();
    int length = longest(offsets);
    float[] from = rows.weights();
    float[] padded = new float[rows.texts() * length];
    for (int i = 0; i < rows.texts(); i++) {
      System.arraycopy(from, offsets[i], padded, i * length, offsets[i + 1] - offsets[i]);
    }
    return OnnxTensor.createTensor(
        environment, FloatBuffer.wrap(padded), new long[] {rows.texts(), length});
  }

  private static int longest(int[] offsets) {
    int longest = 1;
    for (int i = 1; i < offsets.length; i++) {
      longest = Math.max(longest, offsets[i] - offsets[i - 1]);
    }
    return longest;
  }
}
