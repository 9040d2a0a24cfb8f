package dev.quern.tensor;

import java.util.List;

/** An architecture: data that can say how its output comes from its inputs. */
public interface Network {

  /** The inputs in the order in which {@link #apply} takes them. */
  List<NetworkInput> inputs();

  /**
   * The output before the function of the loss (logits), [N, outputs]. Calls the ops in the same
   * order for every interpreter.
   */
  <T> T apply(Ops<T> ops, List<T> inputs);

  /** Fresh parameters, the same for the same seed everywhere. */
  default Parameters start(long seed) {
    return Parameters.start(ShapeOps.of(this).parameters(), seed);
  }
}
