package dev.quern.engine;

/** What a pass keeps of the cells its steps change; they are counted by rule in any case. */
public enum ChangedCells {
  /** Their number, by rule and field. */
  NONE,
  /** Sample, field, rule and confidence as well. */
  IDS,
  /** The value before and after as well. */
  VALUES
}
