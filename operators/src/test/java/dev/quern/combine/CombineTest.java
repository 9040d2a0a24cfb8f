package dev.quern.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Grouper;
import dev.quern.trial.Tried;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombineTest {
  private static final Schema CITIES = Tried.schema("city", Type.TEXT, "zip", Type.LONG);
  private static final Batch REFERENCE =
      Tried.batch(
          CITIES,
          new Object[] {"x", 1L},
          new Object[] {"x", 2L},
          new Object[] {null, 3L},
          new Object[] {"unused", 4L});
  private static final Batch SAMPLES = Tried.column("city", Type.TEXT, "y", "x", null, "x");

  @Test
  void unionUnitesByNameAndWidens() {
    Schema first = Schema.of(Field.of("a", Type.LONG).with(Role.LABEL), Field.of("t", Type.DATE));
    Schema second = Tried.schema("t", Type.TIMESTAMP, "b", Type.TEXT, "a", Type.FLOAT);
    Schema common = new Union().output(List.of(first, second));
    assertThat(common).hasToString("struct<a: double, t: timestamp, b: text>");
    assertThat(common.field(0).is(Role.LABEL)).isTrue();
    Batch batch = Tried.batch(first, new Object[] {7L, LocalDate.of(1970, 1, 2)});
    Tried tried = new Tried();
    new Union().bind(first, common, Tried.STEP).map(batch, tried);
    assertThat(tried.rows)
        .containsExactly(Arrays.asList(7.0, Instant.parse("1970-01-02T00:00:00Z"), null));
  }

  @Test
  void unionRefusesTypesThatDoNotUnite() {
    assertThatThrownBy(
            () ->
                new Union()
                    .output(List.of(Tried.schema("a", Type.LONG), Tried.schema("a", Type.TEXT))))
        .hasMessage(
            "fields of one name must have types that unite; found: a, long and text; use"
                + " quality.cast or quality.rename in an input");
  }

  @Test
  void lookupTakesTheFirstReferenceAndSetsDuplicatesAside() {
    Tried tried = lookup("keep");
    assertThat(tried.rows)
        .containsExactly(
            Arrays.asList("y", null),
            Arrays.asList("x", 1L),
            Arrays.asList(null, null),
            Arrays.asList("x", 1L));
    assertThat(tried.quarantined)
        .containsExactly("1  must be one reference sample per key; found: duplicate_key");
    assertThat(tried.merged).isEqualTo(3);
  }

  @Test
  void lookupDropsOrSetsAsideWhatHasNoReference() {
    Tried dropped = lookup("drop");
    assertThat(dropped.rows).hasSize(2);
    assertThat(dropped.dropped)
        .containsExactlyInAnyOrder("0 no_reference NaN", "2 no_reference NaN");
    assertThat(lookup("quarantine").quarantined).hasSize(3);
  }

  @Test
  void lookupRefusesKeysOfTwoTypesAndNamesThatClash() {
    Grouper lookup = Tried.operator(Grouper.class, Lookup.SPEC, "on", Map.of("c", "city"));
    assertThatThrownBy(() -> lookup.output(List.of(Tried.schema("c", Type.LONG), CITIES)))
        .hasMessage("must name fields of one type; found: c, long and city, text");
    assertThatThrownBy(
            () -> lookup.output(List.of(Tried.schema("c", Type.TEXT, "zip", Type.LONG), CITIES)))
        .hasMessage(
            "must be fields that the samples do not have; found: zip in both; use quality.rename"
                + " or name the fields to add");
  }

  private static Tried lookup(String missing) {
    Grouper lookup = Tried.operator(Grouper.class, Lookup.SPEC, "on", "city", "missing", missing);
    Schema output = lookup.output(List.of(SAMPLES.schema(), CITIES));
    return Tried.group(lookup, output, REFERENCE, SAMPLES);
  }
}
