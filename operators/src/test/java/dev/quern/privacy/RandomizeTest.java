package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomizeTest {
  private static final Mapper RANDOMIZE =
      Tried.operator(Mapper.class, Randomize.SPEC, "fields", List.of("t"));

  @Test
  void kindsOfCharactersStay() {
    String made = randomized("Ab-12 李Яяα한ア").get(0);
    assertThat(made)
        .matches("[A-Z][a-z]-\\d\\d \\p{IsHan}[А-Я][а-я]\\p{IsGreek}\\p{IsHangul}\\p{IsKatakana}");
  }

  @Test
  void lettersAndDigitsInCirclesAndTheLikeDoNotStay() {
    assertThat(randomized("①⓪Ⓐ⑴½Ⅻ").get(0)).matches("\\d\\d[a-zA-Z]\\d\\d[a-zA-Z]");
  }

  @Test
  void whatIsDrawnDependsOnTheSampleAndNotOnTheValue() {
    List<String> made = randomized("aaaa", "aaaa");
    assertThat(made.get(0)).isNotEqualTo(made.get(1));
    assertThat(randomized("zzzz", "zzzz")).isEqualTo(made);
  }

  private static List<String> randomized(String... values) {
    return Tried.map(RANDOMIZE, Tried.column("t", Type.TEXT, (Object[]) values)).values().stream()
        .map(String::valueOf)
        .toList();
  }
}
