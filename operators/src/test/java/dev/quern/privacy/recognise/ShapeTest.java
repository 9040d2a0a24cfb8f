package dev.quern.privacy.recognise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab?c",
        "\\d{2,4}",
        "(?:a|bc){1,3}\\d",
        "[a-c1-3]{2}(\\.|-)?[a-z.]",
        "a{0,2}b{2}",
        "(a|ab)(c|bcd)?",
        "1[3-9]\\d(?:\\d{2}|-\\d-\\d| \\d \\d)",
        "[ab-]{3}",
        "[^a1-2]{2,3}",
        "a.{0,4}c",
        "(?i)A[B-C]{1,2}",
        "\\w{2}\\s\\w"
      })
  void matchesWhatJavaMatches(String expression) {
    Pattern oracle = Pattern.compile(expression);
    Automaton automaton = new Automaton(List.of(Shape.parse(expression)), 1000);
    SplittableRandom random = new SplittableRandom(7);
    String letters = "abc123.- ";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(1, 9); i > 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      int state = 1;
      for (int i = 0; i < text.length(); i++) {
        state = automaton.next(state, text.charAt(i));
      }
      assertThat(automaton.accepted(state).length > 0)
          .as(expression + " on " + text)
          .isEqualTo(oracle.matcher(text).matches());
    }
  }

  @Test
  void severalShapesAreToldApart() {
    Automaton both = new Automaton(List.of(Shape.parse("\\d{2}"), Shape.parse("1\\d")), 1000);
    assertThat(both.accepted(both.next(both.next(1, '1'), '5'))).containsExactly(0, 1);
    assertThat(both.accepted(both.next(both.next(1, '2'), '5'))).containsExactly(0);
    assertThat(both.next(1, 'x')).isZero();
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsBuilt() {
    assertThatThrownBy(() -> Shape.parse("((ab){100}){100}"))
        .hasMessageContaining("matches of at most 400 characters");
    assertThatThrownBy(() -> new Automaton(List.of(Shape.parse(".{0,30}a.{30}")), 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patterns must give an automaton of at most 1000 states; found: more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a*", "a+", "(a", "a)", "[a", "[]", "a{3", "a{2,1}", "a{1000}", "\\q", "(){3}", "a(?=b)"
      })
  void refusesWhatIsNotOfTheLanguage(String expression) {
    assertThatThrownBy(() -> Shape.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shape must have");
  }
}
