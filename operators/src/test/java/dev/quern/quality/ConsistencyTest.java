package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.trial.Tried;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsistencyTest {
  private static final Schema SCHEMA =
      Tried.schema("x", Type.LONG, "y", Type.TEXT, "from", Type.TEXT);

  private static Consistency of(Consistency.Of of, String... fields) {
    return new Consistency(Optional.of(List.of(fields)), of, Optional.of("from"), Optional.empty());
  }

  /** The definition, pair by pair. */
  private static double pairByPair(Object[][] rows, boolean acrossSources) {
    double agreeing = 0;
    double pairs = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        if (rows[i][0].equals(rows[j][0]) && (!acrossSources || !rows[i][2].equals(rows[j][2]))) {
          pairs++;
          agreeing += rows[i][1].equals(rows[j][1]) ? 1 : 0;
        }
      }
    }
    return agreeing / pairs;
  }

  private static Object[][] rows(int count) {
    Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = new Object[] {(long) (i * i % 7), "v" + i % 3, "s" + i % 4};
    }
    return rows;
  }

  @Test
  void pairsAreCountedAsIfEachWereLookedAt() {
    Batch batch = Tried.batch(SCHEMA, rows(60));
    assertThat(Tried.measured(of(Consistency.Of.DEPENDENCY, "x", "y"), batch).get(0).value())
        .contains(pairByPair(rows(60), false));
    assertThat(Tried.measured(of(Consistency.Of.SOURCE, "x", "y"), batch).get(0).value())
        .contains(pairByPair(rows(60), true));
  }

  @Test
  void manyValuesOfOneDeterminantStayFast() {
    // 200,000 different pairs of one x: a table that looked at x alone would need 2·10^10 steps.
    Object[][] rows = new Object[200_000][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new Object[] {1L, "v" + i, "s"};
    }
    assertThat(Tried.metrics(of(Consistency.Of.MAJORITY, "x", "y"), Tried.batch(SCHEMA, rows)))
        .containsExactly("consistency(x, y)[majority] = 5.0E-6", "consistency(x, y) = 0.0");
  }

  @Test
  void withoutTwoSamplesOfOneDeterminantThereIsNoEvidence() {
    Batch batch = Tried.batch(SCHEMA, new Object[] {1L, "a", "s"}, new Object[] {2L, "a", "s"});
    assertThat(Tried.metrics(of(Consistency.Of.DEPENDENCY, "x", "y"), batch))
        .containsExactly("consistency(x, y) = none", "consistency(x, y)[majority] = 1.0");
    assertThat(Tried.metrics(of(Consistency.Of.LABEL, "x", "y"), batch))
        .containsExactly("consistency(x, y)[label] = none");
  }

  @Test
  void masksTellRunsOnce() {
    Batch batch =
        Tried.column("t", Type.TEXT, "12-345", "1-2", "a1", null, "李雷 3", "韩梅梅 44", "9-9");
    assertThat(Tried.metrics(of(Consistency.Of.FORMAT, "t"), batch))
        .containsExactly("consistency(t)[format] = 0.5");
  }

  @Test
  void orphansHaveNoOneToReferTo() {
    Schema schema = Tried.schema("parent", Type.LONG, "id", Type.LONG);
    Batch batch =
        Tried.batch(
            schema,
            new Object[] {null, 1L},
            new Object[] {1L, 2L},
            new Object[] {1L, 3L},
            new Object[] {7L, 4L});
    assertThat(Tried.metrics(of(Consistency.Of.REFERENCE, "parent", "id"), batch))
        .containsExactly("consistency(parent, id)[reference] = " + 2.0 / 3);
  }

  @Test
  void whatAKindNeedsIsAsked() {
    assertThatThrownBy(() -> of(Consistency.Of.DEPENDENCY, "x").check(SCHEMA))
        .hasMessage("must name at least two fields for this kind; found: 1");
    assertThatThrownBy(() -> of(Consistency.Of.FORMAT, "x", "y").check(SCHEMA))
        .hasMessage("must name one field for this kind; found: 2");
    assertThatThrownBy(() -> of(Consistency.Of.REFERENCE, "x", "y").check(SCHEMA))
        .hasMessage(
            "must name two fields of one type, whose values are references and whose are referred"
                + " to; found: 2 fields, long and text");
    assertThatThrownBy(() -> of(Consistency.Of.RULE).check(SCHEMA))
        .hasMessage("must be given for this kind; found: nothing");
  }
}
