package dev.quern.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HashedNgramsTest {

  private static HashedNgrams.Rows rows(int longest, String... texts) {
    ColumnBuilder column = ColumnBuilder.of(Type.TEXT);
    for (String text : texts) {
      if (text == null) {
        column.appendNull();
      } else {
        column.appendText(text);
      }
    }
    var built = column.build();
    HashedNgrams hasher = new HashedNgrams(1 << 20, longest);
    HashedNgrams.Rows rows = new HashedNgrams.Rows();
    for (int i = 0; i < texts.length; i++) {
      hasher.append(built, i, rows);
    }
    return rows;
  }

  private static int[] counts(int longest, String... texts) {
    int[] offsets = rows(longest, texts).offsets();
    int[] counts = new int[texts.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = offsets[i + 1] - offsets[i];
    }
    return counts;
  }

  @Test
  void wordsGiveSinglesAndPairsAndIdeographsUpToThree() {
    // 3 words + 2 pairs; 4 + 3 + 2 characters; both sorts apart; nothing at all
    assertThat(counts(3, "Good morning all", "天气很好", "ok 天气", "", "?! \t", null))
        .containsExactly(5, 9, 1 + 3, 0, 0, 0);
    assertThat(counts(1, "Good morning all", "天气很好")).containsExactly(3, 4);
  }

  @Test
  void caseAndPunctuationBetweenWordsDoNotMatter() {
    HashedNgrams.Rows rows =
        rows(3, "Good  morning", "good, MORNING!", "goo dmorning", "天。气", "天气");
    int[] offsets = rows.offsets();
    int[] ids = rows.ids();
    int[] first = Arrays.copyOfRange(ids, offsets[0], offsets[1]);
    assertThat(Arrays.copyOfRange(ids, offsets[1], offsets[2])).isEqualTo(first);
    assertThat(Arrays.copyOfRange(ids, offsets[2], offsets[3])).doesNotContain(first);
    // A full stop ends a run of characters: no pair across it.
    assertThat(offsets[4] - offsets[3]).isEqualTo(2);
    assertThat(offsets[5] - offsets[4]).isEqualTo(3);
  }

  @Test
  void weightsAreRootsOfCountsAndOfUnitLength() {
    HashedNgrams.Rows rows = rows(2, "a a a a b");
    assertThat(rows.weights()).hasSize(2);
    float[] sorted = rows.weights();
    Arrays.sort(sorted);
    assertThat(sorted[1] / sorted[0]).isCloseTo(2f, offset(1e-6f));
    assertThat(sorted[0] * sorted[0] + sorted[1] * sorted[1]).isCloseTo(1f, offset(1e-6f));
  }

  @Test
  void bucketsMustBeAPowerOfTwo() {
    assertThatThrownBy(() -> new HashedNgrams(1000, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power of 2")
        .hasMessageContaining("found: 1000 and 3");
  }
}
