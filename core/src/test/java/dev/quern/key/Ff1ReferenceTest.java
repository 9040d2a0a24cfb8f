package dev.quern.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nine samples of NIST's FF1 examples (SP 800-38G). */
class Ff1ReferenceTest {
  private static final String K1 = "2B7E151628AED2A6ABF7158809CF4F3C";
  private static final String K2 = K1 + "EF4359D8D580AA4F";
  private static final String K3 = K2 + "7F036D6F04FC6A94";
  private static final String T2 = "39383736353433323130";
  private static final String T3 = "3737373770717273373737";
  private static final Alphabet RADIX_36 = Alphabet.of("0123456789abcdefghijklmnopqrstuvwxyz");

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    K1 + ",'',0123456789,2433477484",
    K1 + "," + T2 + ",0123456789,6124200773",
    K1 + "," + T3 + ",0123456789abcdefghi,a9tv40mll9kdu509eum",
    K2 + ",'',0123456789,2830668132",
    K2 + "," + T2 + ",0123456789,2496655549",
    K2 + "," + T3 + ",0123456789abcdefghi,xbj3kv35jrawxv32ysr",
    K3 + ",'',0123456789,6657667009",
    K3 + "," + T2 + ",0123456789,1001623463",
    K3 + "," + T3 + ",0123456789abcdefghi,xs8a0azh2avyalyzuwd"
  })
  void givesTheSamplesOfTheStandardBothWays(String key, String tweak, String plain, String cipher)
      throws Exception {
    Alphabet alphabet = plain.length() == 10 ? Alphabet.DIGITS : RADIX_36;
    Ff1 ff1 = new Ff1(HexFormat.of().parseHex(key), alphabet);
    byte[] bytes = HexFormat.of().parseHex(tweak);

    assertThat(ff1.encrypt(plain, bytes)).isEqualTo(cipher);
    assertThat(ff1.decrypt(cipher, bytes)).isEqualTo(plain);
  }

  @Test
  void refusesTextsOfWhichThereAreFewerThanAMillion() {
    Ff1 ff1 = new Ff1(HexFormat.of().parseHex(K3), Alphabet.DIGITS);

    assertThat(Alphabet.DIGITS.minLength()).isEqualTo(6);
    assertThat(Alphabet.of("01").minLength()).isEqualTo(20);
    assertThat(refused(ff1, "12345")).isEqualTo(Ff1.Refused.DOMAIN_TOO_SMALL);
    assertThat(refused(ff1, "")).isEqualTo(Ff1.Refused.DOMAIN_TOO_SMALL);
    assertThat(refused(ff1, "12345x")).isEqualTo(Ff1.Refused.OUTSIDE_ALPHABET);
    assertThat(refused(ff1, "1234567\ud83d\ude00")).isEqualTo(Ff1.Refused.OUTSIDE_ALPHABET);
  }

  private static Ff1.Refused refused(Ff1 ff1, String text) {
    Ff1.RefusedException thrown =
        catchThrowableOfType(Ff1.RefusedException.class, () -> ff1.encrypt(text, new byte[0]));
    return thrown.why();
  }

  @Test
  void keepsTheFormatOfAlphabetsOfAnySize() throws Exception {
    StringBuilder han = new StringBuilder();
    for (int point = 0x4e00; point < 0x4e00 + 20_000; point++) {
      han.appendCodePoint(point);
    }
    for (Alphabet alphabet :
        new Alphabet[] {
          Alphabet.of("01"),
          Alphabet.of(han.substring(0, 256)),
          Alphabet.of(han.substring(0, 257)),
          Alphabet.of(han.toString())
        }) {
      Ff1 ff1 = new Ff1(HexFormat.of().parseHex(K3), alphabet);
      String text =
          alphabet.text(new int[] {1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0});
      byte[] tweak = "phone".getBytes(StandardCharsets.UTF_8);

      String encrypted = ff1.encrypt(text, tweak);

      assertThat(encrypted).isNotEqualTo(text).hasSameSizeAs(text);
      assertThat(alphabet.numbers(encrypted)).isNotNull();
      assertThat(ff1.decrypt(encrypted, tweak)).isEqualTo(text);
      assertThat(ff1.decrypt(encrypted, new byte[] {1})).isNotEqualTo(text);
    }
  }
}
