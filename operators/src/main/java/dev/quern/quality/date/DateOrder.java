package dev.quern.quality.date;

/** The order of day, month and year in a date of three numbers whose year is not the first. */
public enum DateOrder {
  /** Day, month, year. */
  DMY,
  /** Month, day, year. */
  MDY,
  /** Year, month, day, the year of two digits. */
  YMD;

  /** Returns the bit of this order in a set of orders. */
  public int bit() {
    return 1 << ordinal();
  }
}
