package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Filter;
import dev.quern.operator.Fitter;
import dev.quern.operator.Grouper;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conflicts, agreement and resolved labels; confident learning has tests in core and testkit. */
class LabelsTest {
  private static final Schema JUDGED =
      Schema.of(
          Field.of("label_quality", Type.DOUBLE),
          Field.of("label_issue", Type.TEXT),
          Field.of("suggested_label", Type.TEXT),
          Field.of("suggested_confidence", Type.DOUBLE),
          Field.of("y", Type.TEXT).with(Role.LABEL));

  private static Batch judged() {
    return Tried.batch(
        JUDGED,
        new Object[] {0.1, "low_margin", "b", 0.9, "a"},
        new Object[] {0.4, "low_margin", "b", 0.5, "a"},
        new Object[] {0.9, null, null, null, "a"},
        new Object[] {null, null, null, null, null});
  }

  @Test
  void dropsWhatIsToBeReviewedWithItsQuality() {
    Tried all = Tried.filter(Tried.operator(Filter.class, DropLabelErrors.SPEC), judged());
    assertThat(all.dropped).containsExactly("0 label_error 0.1", "1 label_error 0.4");
    Tried worst =
        Tried.filter(
            Tried.operator(Filter.class, DropLabelErrors.SPEC, "max_quality", 0.2), judged());
    assertThat(worst.dropped).containsExactly("0 label_error 0.1");
  }

  @Test
  void aStepBehindLabelErrorsIsToldWhereItBelongs() {
    Filter filter = Tried.operator(Filter.class, DropLabelErrors.SPEC);
    assertThatThrownBy(() -> filter.check(Tried.schema("y", Type.TEXT)))
        .isInstanceOf(BindException.class)
        .hasMessage(
            "must stand behind quality.label_errors, which makes label_quality, double; found:"
                + " none");
  }

  @Test
  void followsSuggestionsFromTheDeclaredConfidenceOn() {
    Tried tried =
        Tried.map(Tried.operator(Mapper.class, Relabel.SPEC, "min_confidence", 0.9), judged());
    assertThat(tried.rows.stream().map(row -> row.get(4))).containsExactly("b", "a", "a", null);
    assertThatThrownBy(() -> Tried.operator(Mapper.class, Relabel.SPEC))
        .hasMessageContaining("min_confidence");
  }

  private static Batch conflicts() {
    return Tried.batch(
        Tried.schema("x", Type.LONG, "y", Type.TEXT),
        new Object[] {1L, "a"},
        new Object[] {1L, "a"},
        new Object[] {1L, "b"},
        new Object[] {2L, "a"},
        new Object[] {2L, "b"},
        new Object[] {2L, null},
        new Object[] {3L, "a"});
  }

  @Test
  void conflictsAreCountedAndTheirMinorityDropped() {
    Analyzer<?> analyzer = Tried.operator(Analyzer.class, LabelConflicts.SPEC, "label", "y");
    assertThat(Tried.metrics(analyzer, conflicts()))
        .containsExactly(
            "label_conflicts(y) = 5.0",
            "label_conflicts(y)[consistency] = 0.6",
            "label_conflicts(y)[groups] = 2.0");
    Grouper grouper = Tried.operator(Grouper.class, DropLabelConflicts.SPEC, "label", "y");
    Tried tried = Tried.group(grouper, conflicts().schema(), conflicts());
    assertThat(tried.dropped)
        .containsExactlyInAnyOrder(
            "2 label_conflict 0.3333333333333333", "3 label_conflict 0.5", "4 label_conflict 0.5");
  }

  @Test
  void fourObserversOfTwelveUnits() {
    String[] rows = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};
    Object[][] units = new Object[12][4];
    for (int unit = 0; unit < 12; unit++) {
      for (int k = 0; k < 4; k++) {
        char value = rows[k].charAt(unit);
        units[unit][k] = value == '.' ? null : (Object) (long) (value - '0');
      }
    }
    Batch batch =
        Tried.batch(
            Tried.schema("a", Type.LONG, "b", Type.LONG, "c", Type.LONG, "d", Type.LONG), units);
    Analyzer<?> alpha =
        Tried.operator(
            Analyzer.class,
            Agreement.SPEC,
            "fields",
            List.of("a", "b", "c", "d"),
            "difference",
            "ordinal");
    assertThat(Tried.metrics(alpha, batch).get(0)).startsWith("agreement(a, b, c, d) = 0.815387");
    Analyzer<?> cohen =
        Tried.operator(
            Analyzer.class, Agreement.SPEC, "fields", List.of("a", "b"), "measure", "cohen_kappa");
    assertThat(Tried.metrics(cohen, batch).get(1)).isEqualTo("agreement(a, b)[items] = 9.0");
  }

  @Test
  void parametersOfAgreementThatContradictAreRefused() {
    assertThatThrownBy(() -> Tried.operator(Analyzer.class, Agreement.SPEC))
        .hasMessageContaining("must name either fields, one per annotator, or unit and label");
    assertThatThrownBy(
            () ->
                Tried.operator(
                    Analyzer.class,
                    Agreement.SPEC,
                    "fields",
                    List.of("a", "b", "c"),
                    "measure",
                    "cohen_kappa"))
        .hasMessageContaining("must name two annotators; found: 3");
  }

  @Test
  void theBetterAnnotatorDecidesWhereVotesAreEven() {
    Object[][] rows = new Object[41][];
    for (int i = 0; i < 40; i++) {
      String truth = i % 2 == 0 ? "x" : "y";
      String other = i % 2 == 0 ? "y" : "x";
      // The third is wrong every other time, the first two never.
      rows[i] = new Object[] {truth, truth, i % 4 < 2 ? truth : other};
    }
    rows[40] = new Object[] {"x", null, "y"};
    Batch batch = Tried.batch(Tried.schema("a", Type.TEXT, "b", Type.TEXT, "c", Type.TEXT), rows);
    Fitter<?> fitter =
        Tried.operator(Fitter.class, ResolveAnnotations.SPEC, "fields", List.of("a", "b", "c"));
    Tried tried = Tried.fit(fitter, batch);
    assertThat(tried.rows.get(40).get(3)).isEqualTo("x");
    assertThat((Double) tried.rows.get(40).get(4)).isGreaterThan(.9);
    Tried majority =
        Tried.map(
            Tried.operator(
                Mapper.class,
                ResolveAnnotations.SPEC,
                "fields",
                List.of("a", "b", "c"),
                "by",
                "majority"),
            batch);
    assertThat(majority.rows.get(40)).isEqualTo(Arrays.asList("x", null, "y", null, 0.5));
  }
}
