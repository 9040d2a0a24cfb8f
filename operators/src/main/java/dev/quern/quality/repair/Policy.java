package dev.quern.quality.repair;

/**
 * Which findings change cells.
 *
 * @param confidence least confidence of a change, in [0, 1]
 * @param unrepaired what becomes of wrong cells whose right value is not known
 */
public record Policy(double confidence, Unrepaired unrepaired) {
  /** Findings that are less certain are not told. */
  static final double TOLD = 0.5;

  /** What becomes of cells that are wrong, but nobody knows what is right. */
  public enum Unrepaired {
    /** They stay. */
    KEEP,
    /** What is no value of its field at all becomes missing; what is only unlikely stays. */
    IMPOSSIBLE,
    /** They become missing. */
    MISSING
  }
}
