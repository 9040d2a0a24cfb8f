package dev.quern.tensor;

import java.util.List;

/**
 * What an architecture is made of. A {@link Network} is written once against this interface and
 * interpreted: {@link TensorOps} computes and trains, {@link OnnxOps} emits nodes, {@link ShapeOps}
 * validates and counts.
 *
 * @param <T> what an interpreter passes from op to op
 */
public interface Ops<T> {

  /** A trained array; a name is declared once per network. */
  T param(String name, Start start, int... shape);

  /**
   * A trained table of which a sample reads few rows, for {@link #embeddingBag} alone. Its gradient
   * is kept by row.
   */
  T table(String name, Start start, int rows, int width);

  /** y = x·w + b with x [N, p], w [p, q], b [q]. */
  T linear(T x, T w, T b);

  /** max(x, 0), elementwise. */
  T relu(T x);

  /** 1 / (1 + e⁻ˣ), elementwise. */
  T sigmoid(T x);

  /** Hyperbolic tangent, elementwise. */
  T tanh(T x);

  /** a + b of equal shapes. */
  T add(T a, T b);

  /** s · x. */
  T scale(T x, float s);

  /** eˣ / Σ eˣ over the last dimension. */
  T softmax(T x);

  /**
   * Σₗ weights[n, l] · table[ids[n, l]], the way hashed n-grams of free text enter a network. A
   * negative id is padding and counts nothing, whatever its weight.
   *
   * @param table [V, E] from {@link #table}
   * @param ids [N, L]
   * @param weights [N, L]
   * @return [N, E]
   */
  T embeddingBag(T table, T ids, T weights);

  /** Parts of equal leading dimensions put together along the last one. */
  T concat(List<T> parts);
}
