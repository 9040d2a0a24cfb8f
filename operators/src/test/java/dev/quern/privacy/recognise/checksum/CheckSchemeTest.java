package dev.quern.privacy.recognise.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.recognise.Check;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckSchemeTest {
  private static final String DIGITS = "0123456789";

  /** Numbers of the standards or of their best known explanations. */
  @ParameterizedTest
  @CsvSource({
    "LUHN,79927398713",
    "VERHOEFF,2363",
    "DAMM,5724",
    "GS1,4006381333931",
    "GS1,73513537",
    "ISBN10,0306406152",
    "ISBN10,080442957X",
    "MOD11_2,0000000121032683",
    "MOD11_2,079X",
    "MOD11_10,07945",
    "MOD37_36,A12425GABC1234002M",
    "MOD97_10,79444"
  })
  void takesItsNumbersAndNoneWithOneOtherDigit(CheckScheme scheme, String code) {
    assertThat(scheme.says(code)).isIn(Check.LIKELY, Check.VALID);
    for (int at = 0; at < code.length(); at++) {
      for (char digit : DIGITS.toCharArray()) {
        if (digit != code.charAt(at) && Character.isDigit(code.charAt(at))) {
          String other = code.substring(0, at) + digit + code.substring(at + 1);
          assertThat(scheme.says(other)).as(other).isEqualTo(Check.WRONG);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LUHN,''", "DAMM,0", "GS1,A", "ISBN10,X306406152", "MOD11_2,X", "VERHOEFF,23X3"})
  void refusesWhatIsNoCode(CheckScheme scheme, String code) {
    assertThat(scheme.says(code)).isEqualTo(Check.WRONG);
  }
}
