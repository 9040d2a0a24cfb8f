package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Type;
import dev.quern.operator.Fitter;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairTyposTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Bostno, Boston",
    "Bosto, Boston",
    "Boxton, Boston",
    "boston, Boston",
    "B0ston, Boston",
    "Birminghma, Birmingham",
    "Birmxnghxm, Birmingham",
    "Bxrxingxam, Bxrxingxam",
    "Austin, Austin",
    "Rome, Rome",
    "Room 12, Room 12",
    "Room 21, Room 21",
    "Rooom 13, Room 13",
    "北京市海锭区, 北京市海淀区"
  })
  void aTextNearToOneRightValueBecomesIt(String text, String expected) {
    Fitter<?> typos = operator("vocabulary", List.of("Boston", "Birmingham", "Room 13", "北京市海淀区"));
    assertThat(Tried.fit(typos, Tried.column("a", Type.TEXT, text)).values())
        .containsExactly(expected);
  }

  @Test
  void aTextEquallyNearToTwoStays() {
    Fitter<?> typos = operator("vocabulary", List.of("Dublin North", "Dublin Korth"));
    assertThat(Tried.fit(typos, Tried.column("a", Type.TEXT, "Dublin Xorth")).values())
        .containsExactly("Dublin Xorth");
  }

  @Test
  void frequentValuesCorrectRareOnesOnly() {
    List<@Nullable Object> values = new ArrayList<>();
    values.addAll(Collections.nCopies(60, "north"));
    values.addAll(Collections.nCopies(12, "forth"));
    values.addAll(Collections.nCopies(3, "norht"));
    values.add("northx");
    values.add(null);
    Tried tried = Tried.fit(operator(), Tried.column("a", Type.TEXT, values.toArray()));
    assertThat(tried.values().subList(60, 77)).containsExactlyElementsOf(expected());
    assertThat(tried.changed).hasSize(4).contains("75 a typo 0.9");
  }

  private static List<@Nullable Object> expected() {
    List<@Nullable Object> expected = new ArrayList<>(Collections.nCopies(12, "forth"));
    expected.addAll(Collections.nCopies(4, "north"));
    expected.add(null);
    return expected;
  }

  @Test
  void whatWasLearntCorrectsTextsNotSeenBefore() {
    Object[] train = Collections.nCopies(20, "north").toArray();
    Tried tried =
        Tried.fit(
            operator(),
            Tried.column("a", Type.TEXT, train),
            Tried.column("a", Type.TEXT, "nrth", "south", "north"));
    assertThat(tried.values()).containsExactly("north", "south", "north");
  }

  @Test
  void aFieldOfRareValuesHasNoVocabulary() {
    Tried tried = Tried.fit(operator(), Tried.column("a", Type.TEXT, "Anna B", "Anna C", "Anne B"));
    assertThat(tried.changed).isEmpty();
  }

  private static Fitter<?> operator(Object... params) {
    Object[] all = new Object[params.length + 2];
    all[0] = "fields";
    all[1] = List.of("a");
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Fitter.class, RepairTypos.SPEC, all);
  }
}
