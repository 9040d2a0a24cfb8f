package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CastTest {

  @Test
  void quarantinesWhatDoesNotFitWithoutTellingIt() {
    Batch batch = Tried.column("age", Type.TEXT, "39", "old man 7", null, " 41 ");
    Tried tried = Tried.map(cast("age", "long", "quarantine"), batch);
    assertThat(tried.values()).containsExactly(39L, null, 41L);
    assertThat(tried.quarantined)
        .containsExactly("1 age must be long; found: 9 bytes, mask aaa_aaa_9 (not_a_long)");
    assertThat(tried.schema.field(0).type()).isEqualTo(Type.LONG);
  }

  @Test
  void orMakesItMissing() {
    Tried tried =
        Tried.map(cast("x", "double", "missing"), Tried.column("x", Type.TEXT, "1e3", "x"));
    assertThat(tried.values()).containsExactly(1000.0, null);
    assertThat(tried.quarantined).isEmpty();
  }

  @Test
  void aSampleWithTwoFaultsIsQuarantinedOnce() {
    Batch batch =
        Tried.batch(
            Tried.schema("a", Type.TEXT, "b", Type.TEXT),
            new Object[] {"x", "y"},
            new Object[] {"1", "2"});
    Mapper cast =
        Tried.operator(Mapper.class, Cast.SPEC, "types", Map.of("a", "long", "b", "long"));
    Tried tried = Tried.map(cast, batch);
    assertThat(tried.quarantined).hasSize(1);
    assertThat(tried.rows).hasSize(1);
  }

  @Test
  void numbersAreConvertedOnlyWhereNothingIsLost() {
    Batch doubles = Tried.column("x", Type.DOUBLE, 2.0, 2.5, 0x1.0p63, -0x1.0p63, 1e300);
    assertThat(Tried.map(cast("x", "long", "missing"), doubles).values())
        .containsExactly(2L, null, null, Long.MIN_VALUE, null);
    assertThat(Tried.map(cast("x", "float", "missing"), doubles).values().get(4)).isNull();
    Batch decimals = Tried.column("x", Type.DOUBLE, 1.25, 1.255, 100.0);
    assertThat(Tried.map(cast("x", "decimal(4,2)", "missing"), decimals).values())
        .containsExactly(new BigDecimal("1.25"), null, null);
  }

  @Test
  void datesTimestampsAndBoolsHaveTheirWays() {
    Batch dates = Tried.column("t", Type.DATE, LocalDate.of(1969, 12, 31));
    assertThat(Tried.map(cast("t", "timestamp", "missing"), dates).values())
        .containsExactly(Instant.parse("1969-12-31T00:00:00Z"));
    Batch times = Tried.column("t", Type.TIMESTAMP, Instant.parse("1969-12-31T23:59:59Z"));
    assertThat(Tried.map(cast("t", "date", "missing"), times).values())
        .containsExactly(LocalDate.of(1969, 12, 31));
    Batch longs = Tried.column("b", Type.LONG, 0L, 1L, 2L);
    assertThat(Tried.map(cast("b", "bool", "missing"), longs).values())
        .containsExactly(false, true, null);
  }

  @Test
  void refusesAWayThatDoesNotExist() {
    assertThatThrownBy(() -> cast("x", "date", "missing").output(Tried.schema("x", Type.DOUBLE)))
        .hasMessage("must be types that values can take; found: date for x, double");
  }

  private static Mapper cast(String field, String type, String onError) {
    return Tried.operator(
        Mapper.class, Cast.SPEC, "types", Map.of(field, type), "on_error", onError);
  }
}
