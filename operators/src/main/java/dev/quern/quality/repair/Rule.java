package dev.quern.quality.repair;

import java.util.Locale;

/** The kinds of evidence a cell is judged by. */
enum Rule {
  MISSING_TOKEN,
  FORMAT,
  UNIT,
  TYPO,
  LEAKAGE,
  DEPENDENCY,
  SWAPPED,
  OUTLIER,
  REVIEWED;

  /** Returns the name in traces and findings. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
