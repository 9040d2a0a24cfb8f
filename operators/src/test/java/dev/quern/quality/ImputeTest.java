package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.operator.Fitter;
import dev.quern.operator.Grouper;
import dev.quern.operator.Serving;
import dev.quern.trial.Tried;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImputeTest {

  @Test
  void meanOfLongsMakesADoubleField() {
    Tried tried = Tried.fit(impute("mean"), Tried.column("x", Type.LONG, 1L, null, 2L));
    assertThat(tried.values()).containsExactly(1.0, 1.5, 2.0);
    assertThat(tried.schema.field(0).type()).isEqualTo(Type.DOUBLE);
  }

  @Test
  void nanCountsAsMissing() {
    Tried tried = Tried.fit(impute("mean"), Tried.column("x", Type.DOUBLE, 1.0, Double.NaN, 3.0));
    assertThat(tried.values()).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void medianIsTheLowerMiddleOfLongsAndDates() {
    assertThat(Tried.fit(impute("median"), Tried.column("x", Type.LONG, 9L, 1L, null)).values())
        .containsExactly(9L, 1L, 1L);
    LocalDate early = LocalDate.of(2024, 1, 1);
    LocalDate late = LocalDate.of(2024, 1, 9);
    assertThat(
            Tried.fit(impute("median"), Tried.column("d", Type.DATE, late, early, null)).values())
        .containsExactly(late, early, early);
  }

  @Test
  void modeBreaksTiesBySmallest() {
    assertThat(Tried.fit(impute("mode"), Tried.column("a", Type.TEXT, "b", "a", null)).values())
        .containsExactly("b", "a", "a");
    assertThat(Tried.fit(impute("mode"), Tried.column("x", Type.LONG, 5L, -5L, null)).values())
        .containsExactly(5L, -5L, -5L);
    assertThat(
            Tried.fit(impute("mode"), Tried.column("b", Type.BOOL, true, true, false, null))
                .values())
        .containsExactly(true, true, false, true);
  }

  @Test
  void learnsFromWhatItIsFittedOnAlone() {
    Batch train = Tried.column("x", Type.DOUBLE, 10.0);
    Batch test = Tried.column("x", Type.DOUBLE, null, 1000.0);
    assertThat(Tried.fit(impute("mean"), train, test).values()).containsExactly(10.0, 1000.0);
  }

  @Test
  void aFieldWithoutValuesStaysMissing() {
    Tried tried = Tried.fit(impute("mean"), Tried.column("x", Type.DOUBLE, null, null));
    assertThat(tried.values()).containsExactly(null, null);
    assertThat(tried.learnt).isEmpty();
  }

  @Test
  void leavesLabelAndIdentifierAloneUnlessNamed() {
    Schema schema =
        Schema.of(
            Field.of("y", Type.LONG).with(Role.LABEL),
            Field.of("id", Type.LONG).with(Role.IDENTIFIER),
            Field.of("x", Type.LONG));
    Batch batch = Tried.batch(schema, new Object[] {null, null, null}, new Object[] {1L, 2L, 3L});
    assertThat(Tried.fit(impute("mode"), batch).rows.get(0)).containsExactly(null, null, 3L);
  }

  @Test
  void theConstantMustFitTheField() {
    Fitter<?> text = operator("with", "constant", "value", "none");
    assertThatThrownBy(
            () ->
                operator("with", "constant", "value", "none", "fields", List.of("x"))
                    .output(Tried.schema("x", Type.LONG)))
        .hasMessage("must be of the type of each field; found: string for x, long");
    assertThat(text.output(Tried.schema("a", Type.TEXT)).size()).isEqualTo(1);
    assertThatThrownBy(() -> operator("with", "constant"))
        .hasMessage(
            "quality.impute.value must be given for with: constant and only then; found: none");
    assertThatThrownBy(() -> operator("with", "mode", "by", List.of("s")))
        .hasMessage("quality.impute.by must be given for with: forward only; found: fields");
  }

  @Test
  void fieldsThatAGraphCannotHoldAreFilledOnTheHost() {
    assertThat(impute("mode").serving(Tried.schema("a", Type.TEXT), Serving.GRAPH))
        .isEqualTo(Serving.GRAPH);
    assertThat(impute("mode").serving(Tried.schema("d", Type.DATE), Serving.GRAPH))
        .isEqualTo(Serving.HOST);
  }

  @Test
  void forwardTakesTheValueBeforeWithinSeriesAndSplit() {
    Schema schema = Tried.schema("x", Type.LONG, "s", Type.TEXT);
    Batch batch =
        Tried.in(
            Tried.batch(
                schema,
                new Object[] {null, "a"},
                new Object[] {1L, "a"},
                new Object[] {null, "b"},
                new Object[] {null, "a"},
                new Object[] {null, "a"}),
            Split.TRAIN,
            Split.TRAIN,
            Split.TRAIN,
            Split.TRAIN,
            Split.TEST);
    Grouper forward =
        Tried.operator(Grouper.class, Impute.SPEC, "with", "forward", "by", List.of("s"));
    assertThat(Tried.group(forward, schema, batch).values())
        .containsExactly(null, 1L, null, 1L, null);
  }

  private static Impute impute(String with) {
    return operator("with", with);
  }

  private static Impute operator(Object... params) {
    return Tried.operator(Impute.class, Impute.SPEC, params);
  }
}
