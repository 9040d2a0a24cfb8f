package dev.quern.train;

import dev.quern.tensor.Network;
import dev.quern.tensor.NetworkInput;
import dev.quern.tensor.Ops;
import dev.quern.tensor.Start;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer over the dense part, plus for each n-gram a row of weights, which start at 0 so that
 * n-grams never seen say nothing.
 */
record LinearNetwork(int denseWidth, List<TextTable> texts, int outputs) implements Network {

  static LinearNetwork of(int denseWidth, List<TextTable> texts, int outputs) {
    return new LinearNetwork(denseWidth, texts, outputs);
  }

  @Override
  public List<NetworkInput> inputs() {
    List<NetworkInput> inputs = new ArrayList<>();
    if (denseWidth > 0) {
      inputs.add(new NetworkInput("dense", NetworkInput.Kind.DENSE, denseWidth));
    }
    for (TextTable text : texts) {
      inputs.add(new NetworkInput(text.name() + ".ids", NetworkInput.Kind.IDS, text.rows()));
      inputs.add(
          new NetworkInput(text.name() + ".weights", NetworkInput.Kind.WEIGHTS, text.rows()));
    }
    return inputs;
  }

  @Override
  public <T> T apply(Ops<T> ops, List<T> inputs) {
    List<T> terms = new ArrayList<>();
    int next = 0;
    if (denseWidth > 0) {
      terms.add(layer(ops, inputs.get(next++), denseWidth));
    }
    for (TextTable text : texts) {
      T table = ops.table(text.name() + ".table", Start.ZERO, text.rows(), outputs);
      T sum = ops.embeddingBag(table, inputs.get(next), inputs.get(next + 1));
      // Without a dense part the layer brings the constant term.
      terms.add(terms.isEmpty() ? layer(ops, sum, outputs) : sum);
      next += 2;
    }
    T all = terms.get(0);
    for (T term : terms.subList(1, terms.size())) {
      all = ops.add(all, term);
    }
    return all;
  }

  private <T> T layer(Ops<T> ops, T x, int width) {
    T w = ops.param("output.w", Start.fanIn(width), width, outputs);
    T b = ops.param("output.b", Start.ZERO, outputs);
    return ops.linear(x, w, b);
  }
}
