package dev.quern.train;

import dev.quern.tensor.Network;
import java.util.List;

/** Makes the network for inputs that are known only when the data have been seen. */
interface Architecture {

  /**
   * Returns the network.
   *
   * @param denseWidth floats of the dense part, 0 for none
   * @param texts free texts
   * @param outputs width of the output
   */
  Network network(int denseWidth, List<TextTable> texts, int outputs);
}
