package dev.quern.privacy.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PassageTest {

  @Test
  void foldsWidthAndLeavesOutWhatHasNone() {
    Passage passage = new Passage().of("１３８\u200B0，Ａ＠ｂ\u00A0x\uFEFF");
    assertThat(passage.text(0, passage.length())).isEqualTo("1380，A@b x");
    assertThat(passage.place(2)).isEqualTo(2);
    assertThat(passage.place(3)).isEqualTo(4);
    assertThat(passage.placeAfter(4)).isEqualTo(5);
    assertThat(passage.placeAfter(passage.length())).isEqualTo(11);
  }

  @Test
  void countsCodePointsAndFoldsMathematicalDigits() {
    Passage passage = new Passage().of("😀a𝟏𝟗b");
    assertThat(passage.text(0, passage.length())).isEqualTo("\uFFFDa19b");
    assertThat(passage.place(4)).isEqualTo(4);
  }

  @Test
  void bytesThatAreNoTextCountAsJavaDecodesThem() {
    SplittableRandom random = new SplittableRandom(3);
    Passage passage = new Passage();
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(3) == 0 ? (byte) ('0' + random.nextInt(10)) : bytes[i];
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      passage.of(bytes, 0, bytes.length);
      assertThat(passage.place(passage.length())).isEqualTo(text.codePointCount(0, text.length()));
    }
  }

  @Test
  void digitsOfAllScriptsAndMarksOfDirectionHideNothing() {
    Passage passage = new Passage().of("\u2067\u0661\u0968\u0E53\uFE0F\u061C4\u2069");
    assertThat(passage.text(0, passage.length())).isEqualTo("1234");
    assertThat(passage.place(0)).isEqualTo(1);
    assertThat(passage.place(3)).isEqualTo(6);
    assertThat(passage.placeAfter(4)).isEqualTo(7);
  }

  @Test
  void validTextOfAnyPlaneKeepsItsCodePoints() {
    SplittableRandom random = new SplittableRandom(4);
    Passage passage = new Passage();
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(9); i > 0; i--) {
        text.appendCodePoint(new int[] {'a', 'é', '中', 0x1F600, '٣'}[random.nextInt(5)]);
      }
      passage.of(text.toString());
      assertThat(passage.length()).isEqualTo(text.codePointCount(0, text.length()));
      for (int at = 0; at < passage.length(); at++) {
        assertThat(passage.place(at)).isEqualTo(at);
      }
    }
  }
}
