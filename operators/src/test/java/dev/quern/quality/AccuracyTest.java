package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Metric;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  private static final Schema TEXTS = Tried.schema("a", Type.TEXT, "b", Type.TEXT);

  private static Accuracy comparing(Accuracy.Compare compare, double limit) {
    return new Accuracy(List.of("a", "b"), compare, limit, limit, Accuracy.Basis.REFERENCE);
  }

  private static Batch pair(String a, String b) {
    return Tried.batch(TEXTS, new Object[] {a, b});
  }

  private static double accuracy(Accuracy accuracy, Batch batch) {
    return Tried.measured(accuracy, batch).get(0).value().orElseThrow();
  }

  @Test
  void normalisedTextsDifferNeitherByCaseNorWidthNorSpace() {
    Accuracy normalised = comparing(Accuracy.Compare.NORMALISED, 0);
    assertThat(accuracy(normalised, pair("  ＡＢＣ\u3000 dé ", "abc dé"))).isEqualTo(1);
    assertThat(accuracy(normalised, pair("abc", "ab c"))).isZero();
    assertThat(accuracy(comparing(Accuracy.Compare.EXACT, 0), pair("A", "a"))).isZero();
  }

  @Test
  void editSimilarityIsOneMinusDistanceOverTheLongerLength() {
    // kitten → sitting: distance 3, length 7: similarity 4/7.
    Batch kitten = pair("kitten", "sitting");
    assertThat(accuracy(comparing(Accuracy.Compare.EDIT, 4.0 / 7), kitten)).isEqualTo(1);
    assertThat(accuracy(comparing(Accuracy.Compare.EDIT, 0.58), kitten)).isZero();
    assertThat(accuracy(comparing(Accuracy.Compare.EDIT, 0.0), pair("abc", "xyz"))).isEqualTo(1);
    assertThat(accuracy(comparing(Accuracy.Compare.EDIT, 0.5), pair("😀a", "😀b"))).isEqualTo(1);
  }

  @Test
  void numbersOfDifferentTypesAreComparedByValueAndWithinATolerance() {
    Schema schema = Tried.schema("a", Type.LONG, "b", Type.DOUBLE);
    Batch batch = Tried.batch(schema, new Object[] {1L, 1.0}, new Object[] {1L, 1.25});
    assertThat(accuracy(comparing(Accuracy.Compare.EXACT, 0), batch)).isEqualTo(0.5);
    assertThat(accuracy(comparing(Accuracy.Compare.TOLERANCE, 0.25), batch)).isEqualTo(1);
    assertThat(accuracy(comparing(Accuracy.Compare.TOLERANCE, 0.2), batch)).isEqualTo(0.5);
  }

  @Test
  void aMissingValueBesideAReferenceIsWrongAndAMissingReferenceIsNotCompared() {
    Batch batch =
        Tried.batch(
            TEXTS,
            new Object[] {null, "x"},
            new Object[] {"x", null},
            new Object[] {"x", "x"},
            new Object[] {null, null});
    List<Metric> found = Tried.measured(comparing(Accuracy.Compare.EXACT, 0), batch);
    assertThat(found.get(0).numerator()).isEqualTo(1);
    assertThat(found.get(0).denominator()).isEqualTo(2);
    assertThat(found.get(0).basis()).isEqualTo(Metric.Basis.REFERENCE);
    assertThat(found.get(1).written()).isEqualTo("reference_coverage(a, b)");
    assertThat(found.get(1).value()).contains(0.5);
  }

  @Test
  void anAuditIsASampleWithWilsonsInterval() {
    Accuracy audit =
        new Accuracy(List.of("a", "b"), Accuracy.Compare.EXACT, 0, 0, Accuracy.Basis.AUDIT);
    Object[][] rows = new Object[10][];
    for (int i = 0; i < 10; i++) {
      rows[i] = new Object[] {i < 9 ? "same" : "other", "same"};
    }
    Metric found = Tried.measured(audit, Tried.batch(TEXTS, rows)).get(0);
    assertThat(found.precision()).isEqualTo(Metric.Precision.ESTIMATED);
    // Wilson's interval of 9 of 10 at 95 %: 0.5958 to 0.9821.
    assertThat(found.interval().orElseThrow().low()).isBetween(0.5957, 0.5959);
    assertThat(found.interval().orElseThrow().high()).isBetween(0.9820, 0.9822);
  }

  @Test
  void withoutAReferenceThereIsNoValueAndTheReasonIsTold() {
    Metric found = Tried.measured(comparing(Accuracy.Compare.EXACT, 0), pair("x", null)).get(0);
    assertThat(found.value()).isEmpty();
    assertThat(found.reason()).contains("no_evidence");
  }

  @Test
  void listsHaveNoComparison() {
    Schema lists = Tried.schema("a", Type.list(Type.LONG), "b", Type.list(Type.LONG));
    assertThatThrownBy(() -> comparing(Accuracy.Compare.EXACT, 0).check(lists))
        .hasMessage("must name scalar fields; found: a, list<long>");
  }
}
