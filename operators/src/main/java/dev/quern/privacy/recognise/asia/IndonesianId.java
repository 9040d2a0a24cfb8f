package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Identity numbers of Indonesia (NIK): place, day of birth (40 more for women), serial: only beside
 * words that speak for them.
 */
final class IndonesianId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("id_nik", "ID_NIK")
          .shape("[1-9]\\d{15}", 0.2)
          .near("nik,ktp,nomor induk,kependudukan")
          .code(
              code -> {
                int day = CheckDigits.number(code, 6, 8) % 40;
                return Check.possible(
                    CheckDigits.number(code, 0, 2) <= 96
                        && Dates.isShortDay(
                            CheckDigits.number(code, 10, 12),
                            CheckDigits.number(code, 8, 10),
                            day));
              });

  private IndonesianId() {}
}
