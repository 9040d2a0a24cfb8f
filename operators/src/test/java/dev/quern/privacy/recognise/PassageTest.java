package dev.quern.privacy.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void numbersInHanNumeralsAndCirclesAreDigitsInTheirPlaces() {
    Passage passage = new Passage().of("😀\u200B一三八-⓪零〇○壹③八。");
    assertThat(passage.text(0, passage.length())).isEqualTo("\uFFFD138-0000138。");
    assertThat(passage.place(1)).isEqualTo(2);
    assertThat(passage.placeAfter(12)).isEqualTo(13);
  }

  @Test
  void anyRunOfSevenIsFoundWhereverItBegins() {
    for (int before = 0; before < 14; before++) {
      for (String run : new String[] {"2013258", "2 0 1 3 2 5 8", "20 13 25 8"}) {
        StringBuilder written = new StringBuilder("中".repeat(before));
        run.chars()
            .map(c -> c == ' ' ? c : "〇一二三四五六七八九".charAt(c - '0'))
            .forEach(written::appendCodePoint);
        Passage passage = new Passage().of(written.toString());
        assertThat(passage.text(before, passage.length())).isEqualTo(run);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "二〇一三二五",
        "一二三四五六七八九十",
        "星期日 一 二 三 四 五 六",
        "①②③④⑤⑥⑦⑧⑨",
        "一一一一一一一一",
        "一二一二一二一",
        "三点一四一五九二六五",
        "①3800138000",
        "二〇二六年十一月二十八日",
      })
  void wordsAndMarksOfListsStay(String text) {
    Passage passage = new Passage().of(text);
    assertThat(passage.text(0, passage.length())).isEqualTo(text);
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
