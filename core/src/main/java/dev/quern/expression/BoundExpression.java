package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.Type;
import dev.quern.onnx.OnnxGraph;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An expression that knows its fields: evaluated by column, or added to an ONNX graph. One instance
 * serves one thread, because it keeps what it computed for the last dictionary.
 */
public final class BoundExpression {
  private final Bound root;
  private final Set<String> fields;
  private final List<Leaves.Once> shared;

  BoundExpression(Bound root, Set<String> fields, List<Leaves.Once> shared) {
    this.root = root;
    this.fields = Collections.unmodifiableSet(new LinkedHashSet<>(fields));
    this.shared = List.copyOf(shared);
  }

  /** Returns the type of the values. */
  public Type type() {
    return root.type;
  }

  /** Returns the fields that the values depend on, in the order they stand. */
  public Set<String> fields() {
    return fields;
  }

  /**
   * Returns the values of the physical rows of {@code batch}, which has the schema this was bound
   * to; they are defined for the selected rows only.
   */
  public Column evaluate(Batch batch) {
    try {
      return root.evaluate(batch);
    } finally {
      shared.forEach(Leaves.Once::forget);
    }
  }

  /**
   * Puts the selected rows of {@code batch} for which this condition is true, neither false nor
   * missing, into {@code rows}, ascending.
   *
   * @param rows receives physical rows; as long as the batch's count at least
   * @return how many there are
   */
  public int test(Batch batch, int[] rows) {
    BoolColumn column = (BoolColumn) evaluate(batch);
    boolean[] values = column.values();
    int n = batch.count();
    int kept = 0;
    if (column.nulls().any()) {
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        rows[kept] = row;
        kept += values[row] && !column.isNull(row) ? 1 : 0;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        rows[kept] = row;
        kept += values[row] ? 1 : 0;
      }
    }
    return kept;
  }

  /**
   * Returns whether an ONNX graph can compute this: arithmetic, comparisons, logic, CASE and the
   * like over numbers and bools, and comparisons of texts with constants.
   */
  public boolean emittable() {
    return !fields.isEmpty() && root.isEmittableAll();
  }

  /**
   * Adds this expression to {@code graph}. Numbers and bools are double [N,1] with NaN for missing,
   * so longs beyond 2^53 are not exact there; texts are string [N,1] as {@code OnnxText} encodes
   * them.
   *
   * @param tensors gives the tensor of a field by its name
   * @return the tensor of the values, [N,1]
   * @throws IllegalStateException if this is not {@link #emittable}
   */
  public String emit(OnnxGraph graph, UnaryOperator<String> tensors) {
    if (!emittable()) {
      throw new IllegalStateException("expression must be emittable to be added to a graph");
    }
    return new Emission(graph, tensors).value(root);
  }
}
