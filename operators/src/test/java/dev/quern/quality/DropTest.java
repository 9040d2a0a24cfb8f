package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Filter;
import dev.quern.operator.Grouper;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drop missing and drop duplicates. */
class DropTest {

  @Test
  void dropsMissingWithTheNumberOfMissingFields() {
    Schema schema =
        Schema.of(
            Field.of("y", Type.LONG).with(Role.LABEL),
            Field.of("a", Type.LONG),
            Field.of("b", Type.TEXT));
    Batch batch =
        Tried.batch(
            schema,
            new Object[] {null, 1L, ""},
            new Object[] {1L, null, null},
            new Object[] {1L, 2L, null});
    Tried all = Tried.filter(Tried.operator(Filter.class, DropMissing.SPEC), batch);
    assertThat(all.dropped).containsExactly("1 missing 2.0", "2 missing 1.0");
    assertThat(all.rows).hasSize(1);
    Tried some =
        Tried.filter(Tried.operator(Filter.class, DropMissing.SPEC, "fields", List.of("y")), batch);
    assertThat(some.dropped).containsExactly("0 missing 1.0");
  }

  @Test
  void keepsTheFirstOfEqualSamplesByRank() {
    Tried tried = duplicates("first");
    assertThat(tried.values()).containsExactly(1.0, 0.0, null);
    assertThat(tried.dropped)
        .containsExactlyInAnyOrder(
            "2 duplicate 2.0", "3 duplicate 3.0", "4 duplicate 2.0", "6 duplicate 2.0");
  }

  @Test
  void orTheLast() {
    Tried tried = duplicates("last");
    assertThat(tried.dropped)
        .containsExactlyInAnyOrder(
            "0 duplicate 1.0", "2 duplicate 2.0", "1 duplicate 1.0", "5 duplicate 1.0");
    assertThat(tried.rows).hasSize(3);
  }

  private static Tried duplicates(String keep) {
    Batch batch = Tried.column("x", Type.DOUBLE, 1.0, 0.0, 1.0, 1.0, -0.0, null, null);
    Grouper grouper = Tried.operator(Grouper.class, DropDuplicates.SPEC, "keep", keep);
    return Tried.group(grouper, batch.schema(), batch);
  }
}
