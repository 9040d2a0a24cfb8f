package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Grouper;
import dev.quern.trial.Tried;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairFromReferenceTest {
  private static final Schema SCHEMA =
      Tried.schema("id", Type.LONG, "city", Type.TEXT, "n", Type.DOUBLE);

  private final Batch samples =
      Tried.batch(
          SCHEMA,
          new Object[] {1L, null, Double.NaN},
          new Object[] {2L, "other", 2.0},
          new Object[] {3L, null, null},
          new Object[] {null, null, 4.0});

  private final Batch reference =
      Tried.batch(
          SCHEMA,
          new Object[] {1L, "a", 1.0},
          new Object[] {2L, "b", null},
          new Object[] {2L, "c", 9.0},
          new Object[] {null, "d", 5.0});

  @Test
  void missingCellsAreFilledByKey() {
    Tried tried = Tried.group(operator(), SCHEMA, reference, samples);
    assertThat(tried.rows)
        .containsExactly(
            Arrays.asList(1L, "a", 1.0),
            Arrays.asList(2L, "other", 2.0),
            Arrays.asList(3L, null, null),
            Arrays.asList(null, null, 4.0));
    assertThat(tried.changed)
        .containsExactlyInAnyOrder("0 city reference 1.0", "0 n reference 1.0");
    assertThat(tried.merged).isEqualTo(3);
    assertThat(tried.quarantined).hasSize(1).first().asString().contains("duplicate_key");
  }

  @Test
  void cellsThatDifferAreCorrectedWhereAskedForButNeverWithAMissingValue() {
    Tried tried = Tried.group(operator("overwrite", "differs"), SCHEMA, reference, samples);
    assertThat(tried.rows).contains(Arrays.asList(2L, "b", 2.0));
  }

  @Test
  void refusesFieldsOfTwoTypesAndFieldsOfTheKey() {
    Grouper repair = operator();
    Schema other = Tried.schema("id", Type.LONG, "city", Type.LONG, "n", Type.DOUBLE);
    assertThatThrownBy(() -> repair.output(List.of(SCHEMA, other)))
        .hasMessage("must name fields of one type; found: city, text and city, long");
    Grouper key =
        Tried.operator(
            Grouper.class, RepairFromReference.SPEC, "on", "id", "fields", List.of("id"));
    assertThatThrownBy(() -> key.output(List.of(SCHEMA, SCHEMA)))
        .hasMessage("must not name fields of the key; found: id");
  }

  private static Grouper operator(Object... params) {
    Object[] all = new Object[params.length + 4];
    all[0] = "on";
    all[1] = List.of("id");
    all[2] = "fields";
    all[3] = List.of("city", "n");
    System.arraycopy(params, 0, all, 4, params.length);
    return Tried.operator(Grouper.class, RepairFromReference.SPEC, all);
  }
}
