package dev.quern.quality.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 9999-99-99, date",
    "12.0 oz, 99.9_a+, number_with_unit",
    "97%, 99%, number_with_unit",
    "$1200, $9999, number_with_unit",
    "-1.5, -9.9, number",
    "1e5, 9a9, number",
    "123456, 9999+, number",
    "ann@example.org, a+@a+.a+, email",
    "https://example.org/x, a+://a+.a+/a, url",
    "12:30:00, 99:99:99, time",
    "Ann Li, Aa+_Aa, words",
    "北京 A, 文+_A, words",
    "Überraschung, Aa+, words"
  })
  void aTextIsKnownByItsCharacterClasses(String text, String mask, String format) {
    assertThat(mask(text)).isEqualTo(mask);
    assertThat(Formats.of(mask).written()).isEqualTo(format);
  }

  @Test
  void scriptsAreThoseOfTheLetters() {
    assertThat(read("Москва 7").scripts).isEqualTo(1 << Script.CYRILLIC.ordinal());
    assertThat(read("a東").scripts)
        .isEqualTo(1 << Script.LATIN.ordinal() | 1 << Script.HAN.ordinal());
    assertThat(read("カナ").scripts).isEqualTo(1 << Script.KANA.ordinal());
    assertThat(read("12 %").scripts).isZero();
  }

  @Test
  void flawsAreFound() {
    assertThat(read("MÃ¼nchen").flaws).isEqualTo(Mask.Flaw.MOJIBAKE.bit());
    assertThat(read("München").flaws).isZero();
    assertThat(read("itâ€™s").flaws).isEqualTo(Mask.Flaw.MOJIBAKE.bit());
    assertThat(read("a\u0007b").flaws).isEqualTo(Mask.Flaw.CONTROL.bit());
    assertThat(read("a\u200bb").flaws).isEqualTo(Mask.Flaw.CONTROL.bit());
    assertThat(read(" a").flaws).isEqualTo(Mask.Flaw.PADDED.bit());
    assertThat(read("  ").flaws).isEqualTo(Mask.Flaw.BLANK.bit());
  }

  @Test
  void aLongTextHasNoMaskAndIsLookedAtFromItsBeginning() {
    byte[] bytes = ("б".repeat(40) + "x".repeat(1000)).getBytes(StandardCharsets.UTF_8);
    Mask mask = new Mask();
    assertThat(mask.read(bytes, 0, bytes.length)).isFalse();
    assertThat(mask.length).isZero();
    assertThat(mask.scripts).isEqualTo(1 << Script.CYRILLIC.ordinal() | 1);
  }

  private static Mask read(String text) {
    Mask mask = new Mask();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mask.read(bytes, 0, bytes.length);
    return mask;
  }

  private static String mask(String text) {
    Mask mask = read(text);
    return new String(mask.bytes, 0, mask.length, StandardCharsets.UTF_8);
  }
}
