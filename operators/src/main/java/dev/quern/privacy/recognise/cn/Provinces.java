package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.checksum.CheckDigits;
import java.util.Set;

/** The first two digits of GB/T 2260 codes: provinces, municipalities, regions. */
final class Provinces {
  private static final Set<Integer> CODES =
      Set.of(
          11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
          51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83);

  private Provinces() {}

  /** Returns whether {@code code} begins with one. */
  static boolean isProvince(String code) {
    return CODES.contains(CheckDigits.number(code, 0, 2));
  }
}
