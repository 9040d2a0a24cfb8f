package dev.quern.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron over a dense part and any number of embedding bags, put together in this
 * order. Without hidden layers it is a linear model.
 *
 * @param denseWidth values per sample of the dense part (floats), 0 for none
 * @param bags the sparse parts
 * @param hidden widths of the hidden layers, from the input on
 * @param activation after each hidden layer
 * @param outputs width of the output: 1 for a number or two classes, else the number of classes
 */
public record Mlp(
    int denseWidth, List<Bag> bags, List<Integer> hidden, Activation activation, int outputs)
    implements Network {

  /**
   * A sparse part: the weighted sum of table rows.
   *
   * @param name unique in the network
   * @param rows rows of the table, the number of hash buckets or words
   * @param width values per row (floats)
   */
  public record Bag(String name, int rows, int width) {
    public Bag {
      requirePositive("rows of bag " + name, "rows", rows);
      requirePositive("width of bag " + name, "floats", width);
    }
  }

  public Mlp {
    bags = List.copyOf(bags);
    hidden = List.copyOf(hidden);
    if (denseWidth < 0 || (denseWidth == 0 && bags.isEmpty())) {
      throw new IllegalArgumentException(
          "dense_width must be >= 1, or 0 with a bag (floats); found: " + denseWidth);
    }
    hidden.forEach(width -> requirePositive("hidden", "floats", width));
    requirePositive("outputs", "floats", outputs);
  }

  /** A linear model of a dense input. */
  public static Mlp linear(int denseWidth, int outputs) {
    return new Mlp(denseWidth, List.of(), List.of(), Activation.RELU, outputs);
  }

  @Override
  public List<NetworkInput> inputs() {
    List<NetworkInput> inputs = new ArrayList<>();
    if (denseWidth > 0) {
      inputs.add(new NetworkInput("dense", NetworkInput.Kind.DENSE, denseWidth));
    }
    for (Bag bag : bags) {
      inputs.add(new NetworkInput(bag.name() + ".ids", NetworkInput.Kind.IDS, bag.rows()));
      inputs.add(new NetworkInput(bag.name() + ".weights", NetworkInput.Kind.WEIGHTS, bag.rows()));
    }
    return List.copyOf(inputs);
  }

  @Override
  public <T> T apply(Ops<T> ops, List<T> inputs) {
    List<T> parts = new ArrayList<>();
    int next = 0;
    int width = denseWidth;
    if (denseWidth > 0) {
      parts.add(inputs.get(next++));
    }
    for (Bag bag : bags) {
      T table = ops.table(bag.name() + ".table", Start.TABLE, bag.rows(), bag.width());
      parts.add(ops.embeddingBag(table, inputs.get(next), inputs.get(next + 1)));
      next += 2;
      width += bag.width();
    }
    T x = parts.size() == 1 ? parts.get(0) : ops.concat(parts); // [N, width]
    int layer = 1;
    for (int units : hidden) {
      x =
          activation.apply(
              ops, layer(ops, x, "layer" + layer++, activation.start(width), width, units));
      width = units;
    }
    return layer(ops, x, "output", Start.fanIn(width), width, outputs); // [N, outputs]
  }

  private static <T> T layer(Ops<T> ops, T x, String name, Start start, int inputs, int outputs) {
    T w = ops.param(name + ".w", start, inputs, outputs);
    T b = ops.param(name + ".b", Start.ZERO, outputs);
    return ops.linear(x, w, b);
  }

  private static void requirePositive(String where, String unit, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(where + " must be >= 1 (" + unit + "); found: " + value);
    }
  }
}
