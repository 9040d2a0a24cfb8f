package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import org.junit.jupiter.api.Test;

class TrimTest {

  @Test
  void removesEveryWhiteSpaceOfUnicodeAtBothEnds() {
    StringBuilder white = new StringBuilder();
    for (int c = 0; c <= 0xffff; c++) {
      // White_Space of Unicode: the separators of Java and the controls that are white.
      boolean control = c >= 9 && c <= 13 || c == 0x85;
      if (control || Character.isSpaceChar(c)) {
        white.appendCodePoint(c);
      }
    }
    assertThat(white).hasSize(25);
    assertThat(values("keep", white + "x" + white + "y" + white)).isEqualTo("x" + white + "y");
  }

  @Test
  void keepsWhatOnlyLooksLikeWhiteSpace() {
    // Zero width space, word joiner, braille blank, byte order mark.
    String text = "\u200bx\u2060\u2800\ufeff";
    assertThat(values("keep", text)).isEqualTo(text);
  }

  @Test
  void aBlankTextBecomesEmpty() {
    assertThat(values("keep", " \u3000 ")).isEqualTo("");
    assertThat(values("single", "\n")).isEqualTo("");
  }

  @Test
  void runsBecomeOneSpace() {
    assertThat(values("single", " a\u3000b \t c d ")).isEqualTo("a b c d");
    assertThat(values("single", "a b")).isEqualTo("a b");
    assertThat(values("single", "数据\u3000质量 ")).isEqualTo("数据 质量");
  }

  @Test
  void missingStaysMissing() {
    assertThat(Tried.map(trim("keep"), Tried.column("a", Type.TEXT, null, " x")).values())
        .containsExactly(null, "x");
  }

  private static Object values(String collapse, String text) {
    // A neighbour in front makes a copy of the column necessary or not.
    return Tried.map(trim(collapse), Tried.column("a", Type.TEXT, "n", text)).values().get(1);
  }

  private static Mapper trim(String collapse) {
    return Tried.operator(Mapper.class, Trim.SPEC, "collapse", collapse);
  }
}
