package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShiftDatesTest {
  private static final Schema SCHEMA = Tried.schema("id", Type.TEXT, "on", Type.TEXT);

  @Test
  void whatLiesBetweenTheDatesOfAPersonStaysAndWhenItWasDoesNot() {
    Tried tried =
        shifted(
            new Object[] {"a", "2024-02-27"},
            new Object[] {"a", "2024-03-02"},
            new Object[] {"b", "2024-02-27"},
            new Object[] {"a", null});
    LocalDate first = LocalDate.parse((String) tried.rows.get(0).get(1));
    LocalDate second = LocalDate.parse((String) tried.rows.get(1).get(1));
    LocalDate other = LocalDate.parse((String) tried.rows.get(2).get(1));
    assertThat(ChronoUnit.DAYS.between(first, second)).isEqualTo(4);
    assertThat(first).isNotEqualTo(LocalDate.of(2024, 2, 27)).isNotEqualTo(other);
    assertThat(Math.abs(ChronoUnit.DAYS.between(LocalDate.of(2024, 2, 27), first)))
        .isBetween(1L, 365L);
    assertThat(tried.rows.get(3).get(1)).isNull();
  }

  @Test
  void whatIsNoDateOrNobodysGoesIntoQuarantine() {
    Tried tried = shifted(new Object[] {"a", "soon"}, new Object[] {null, "2024-03-02"});
    assertThat(tried.rows).isEmpty();
    assertThat(tried.quarantined).hasSize(2);
    assertThat(tried.quarantined.toString())
        .contains("not_a_date", "subject_missing")
        .doesNotContain("soon");
  }

  @Test
  void timestampsKeepTheTimeOfDay() {
    Batch batch =
        Tried.batch(
            Tried.schema("id", Type.TEXT, "at", Type.TIMESTAMP),
            new Object[] {"a", java.time.Instant.EPOCH.plusSeconds(12_345)});
    java.time.Instant shifted =
        (java.time.Instant)
            Tried.map(
                    Tried.operator(
                        Mapper.class,
                        ShiftDates.SPEC,
                        "fields",
                        List.of("at"),
                        "subject",
                        "id",
                        "key",
                        "env:K"),
                    batch)
                .rows
                .get(0)
                .get(1);
    assertThat(Math.floorMod(shifted.getEpochSecond(), 86_400L)).isEqualTo(12_345L);
    assertThat(shifted.getEpochSecond()).isNotEqualTo(12_345L);
  }

  @Test
  void somebodysDatesTheyMustBe() {
    Mapper nobody =
        Tried.operator(Mapper.class, ShiftDates.SPEC, "fields", List.of("on"), "key", "env:K");
    assertThatThrownBy(() -> nobody.output(SCHEMA))
        .hasMessage("must be given where no field has the role subject; found: none");
  }

  private static Tried shifted(Object[]... rows) {
    return Tried.map(
        Tried.operator(
            Mapper.class,
            ShiftDates.SPEC,
            "fields",
            List.of("on"),
            "subject",
            "id",
            "key",
            "env:K"),
        Tried.batch(SCHEMA, rows));
  }
}
