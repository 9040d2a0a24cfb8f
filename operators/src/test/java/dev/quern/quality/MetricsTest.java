package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.trial.Tried;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Batch NOTHING = Tried.column("x", Type.DOUBLE);

  @Test
  void blankNullAndNanAreNotComplete() {
    Batch texts = Tried.column("a", Type.TEXT, "x", null, "", "\u3000");
    assertThat(Tried.metrics(new Completeness(Optional.empty()), texts))
        .containsExactly("completeness(a) = 0.25");
    Batch doubles = Tried.column("x", Type.DOUBLE, 1.0, Double.NaN, null, 2.0);
    assertThat(Tried.metrics(new Completeness(Optional.empty()), doubles))
        .containsExactly("completeness(x) = 0.5");
  }

  @Test
  void withoutEvidenceThereIsNoValue() {
    assertThat(Tried.metrics(new Completeness(Optional.empty()), NOTHING))
        .containsExactly("completeness(x) = none");
    assertThat(Tried.metrics(new Uniqueness(List.of("x"), Optional.empty()), NOTHING))
        .containsExactly("uniqueness(x) = none", "distinctness(x) = none");
    assertThat(Tried.metrics(new Mean("x", Optional.empty()), NOTHING))
        .containsExactly("mean(x) = none");
    assertThat(Tried.metrics(new Quantile("x", 0.5, Optional.empty()), NOTHING))
        .containsExactly("quantile(x)[0.5] = none");
    assertThat(Tried.metrics(new Count(Optional.empty()), NOTHING))
        .containsExactly("count() = 0.0");
  }

  @Test
  void uniquenessIsToldApartFromDistinctness() {
    Batch batch = Tried.column("x", Type.DOUBLE, 1.0, 2.0, 2.0, null);
    assertThat(Tried.metrics(new Uniqueness(List.of("x"), Optional.empty()), batch))
        .containsExactly("uniqueness(x) = " + 1.0 / 3, "distinctness(x) = " + 2.0 / 3);
    assertThat(Tried.metrics(new Distinct(List.of("x"), Optional.empty()), batch))
        .containsExactly("distinct(x) = 2.0");
  }

  @Test
  void quantilesAreExact() {
    Batch batch = Tried.column("x", Type.LONG, 3L, 1L, null, 2L, 10L);
    assertThat(Tried.metrics(new Quantile("x", 0.5, Optional.empty()), batch))
        .containsExactly("quantile(x)[0.5] = 2.5");
    assertThat(Tried.metrics(new Mean("x", Optional.empty()), batch))
        .containsExactly("mean(x) = 4.0");
  }

  @Test
  void topValuesNeverTellWhatFewShare() {
    Object[] values = new Object[14];
    for (int i = 0; i < 14; i++) {
      values[i] = i < 5 ? "five" : i < 10 ? "also five" : "four";
    }
    assertThat(Tried.metrics(new TopValues("a", 10), Tried.column("a", Type.TEXT, values)))
        .containsExactly("top_values(a)[also five] = 5.0", "top_values(a)[five] = 5.0");
    Batch longs = Tried.column("n", Type.LONG, 7L, 7L, 7L, 7L, 7L, 8L);
    assertThat(Tried.metrics(new TopValues("n", 10), longs))
        .containsExactly("top_values(n)[7] = 5.0");
  }

  @Test
  void topValuesRefuseFieldsWhoseValuesAreNeverTold() {
    for (Role role : List.of(Role.SENSITIVE, Role.IDENTIFIER, Role.SUBJECT)) {
      Schema schema = Schema.of(Field.of("a", Type.TEXT).with(role));
      assertThatThrownBy(() -> new TopValues("a", 10).check(schema))
          .hasMessage(
              "must not be sensitive, an identifier or a subject, whose values are never told;"
                  + " found: a, "
                  + role.written());
    }
  }

  @Test
  void numbersAreNeededForAMean() {
    assertThatThrownBy(() -> new Mean("a", Optional.empty()).check(Tried.schema("a", Type.TEXT)))
        .hasMessage("must name fields that are numbers or bools; found: a, text");
  }
}
