package dev.quern.privacy.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapTest {
  private static Finding finding(String type, int start, int end, double score, boolean valid) {
    return new Finding(type, "r", start, end, score, valid);
  }

  private static List<String> settled(Finding... findings) {
    return Overlap.settled(List.of(findings)).stream()
        .map(one -> one.type() + " " + one.start() + "-" + one.end())
        .toList();
  }

  @Test
  void oneTypeThatTouchesOrOverlapsBecomesOne() {
    assertThat(settled(finding("A", 0, 3, 1, false), finding("A", 3, 5, 1, false)))
        .containsExactly("A 0-5");
    assertThat(settled(finding("A", 0, 3, 1, false), finding("A", 4, 5, 1, false)))
        .containsExactly("A 0-3", "A 4-5");
  }

  @Test
  void theConfirmedOneWinsThenTheScoreThenTheLength() {
    assertThat(settled(finding("A", 0, 9, 0.9, false), finding("B", 0, 9, 0.5, true)))
        .containsExactly("B 0-9");
    assertThat(settled(finding("A", 0, 9, 0.9, false), finding("B", 0, 9, 0.95, false)))
        .containsExactly("B 0-9");
    assertThat(settled(finding("A", 0, 9, 0.9, false), finding("B", 0, 8, 0.9, false)))
        .containsExactly("A 0-9");
  }

  @Test
  void betweenEqualsTheOrderOfTypesDecides() {
    assertThat(settled(finding("PHONE", 0, 9, 1, true), finding("CN_ID_CARD", 0, 9, 1, true)))
        .containsExactly("CN_ID_CARD 0-9");
  }

  @Test
  void whatSticksOutOfTheWinnerStaysCovered() {
    assertThat(settled(finding("A", 0, 10, 0.6, false), finding("B", 3, 5, 1, true)))
        .containsExactly("A 0-3", "B 3-5", "A 5-10");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noCoveredCharacterIsUncoveredAndNoneIsCoveredTwice(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      List<Finding> findings = new ArrayList<>();
      BitSet covered = new BitSet();
      for (int i = random.nextInt(1, 9); i > 0; i--) {
        int start = random.nextInt(30);
        int end = start + random.nextInt(1, 12);
        covered.set(start, end);
        String type = "ABC".substring(random.nextInt(3)).substring(0, 1);
        findings.add(finding(type, start, end, random.nextInt(3) / 2.0, random.nextBoolean()));
      }
      BitSet after = new BitSet();
      int characters = 0;
      for (Finding one : Overlap.settled(findings)) {
        after.set(one.start(), one.end());
        characters += one.length();
      }
      assertThat(after).isEqualTo(covered);
      assertThat(characters).isEqualTo(covered.cardinality());
    }
  }
}
