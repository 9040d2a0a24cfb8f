package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/** Identity cards of Malaysia: day of birth, place of birth, four digits. */
final class MalaysianId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("my_nric", "MY_NRIC")
          .shape("\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])-\\d{2}-\\d{4}", 0.6)
          .shape("\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{6}", 0.15)
          .near("mykad,kad pengenalan,nric,ic number,identity card")
          .code(
              code -> {
                int place = CheckDigits.number(code, 6, 8);
                boolean known =
                    place >= 1
                            && place <= 59
                            && place != 17
                            && place != 18
                            && place != 19
                            && place != 20
                        || place >= 60 && place <= 93
                        || place >= 98;
                return Check.possible(
                    known
                        && Dates.isShortDay(
                            CheckDigits.number(code, 0, 2),
                            CheckDigits.number(code, 2, 4),
                            CheckDigits.number(code, 4, 6)));
              });

  private MalaysianId() {}
}
