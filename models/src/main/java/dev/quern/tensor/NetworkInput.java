package dev.quern.tensor;

/**
 * One input tensor of a network.
 *
 * @param name unique in the network
 * @param kind what it holds and so its shape
 * @param width values per sample (floats) of {@link Kind#DENSE}; of the others the rows of the
 *     table that ids point into
 */
public record NetworkInput(String name, Kind kind, int width) {

  /** What an input holds. */
  public enum Kind {
    /** Floats, [N, width]. */
    DENSE,
    /** 32-bit row numbers in [0, width), negative where padded, [N, L]. */
    IDS,
    /** The weights of the ids, floats, [N, L]. */
    WEIGHTS
  }
}
