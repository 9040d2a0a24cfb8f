package dev.quern.tensor;

/**
 * A view of floats as a matrix: element (i, j) lies at {@code i · rowStride + j · columnStride}.
 *
 * @param values the floats, not copied
 * @param rows number of rows
 * @param columns number of columns
 * @param rowStride distance of two rows (floats)
 * @param columnStride distance of two columns (floats)
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record Matrix(float[] values, int rows, int columns, int rowStride, int columnStride) {

  /** A row-major matrix. */
  public static Matrix of(float[] values, int rows, int columns) {
    return new Matrix(values, rows, columns, columns, 1);
  }

  /** The same floats, rows and columns exchanged. */
  public Matrix transposed() {
    return new Matrix(values, columns, rows, columnStride, rowStride);
  }
}
