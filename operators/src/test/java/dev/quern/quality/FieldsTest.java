package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rename and select. */
class FieldsTest {
  private static final Schema SCHEMA =
      Schema.of(Field.of("a", Type.LONG).with(Role.LABEL), Field.of("b", Type.TEXT));
  private static final Batch BATCH = Tried.batch(SCHEMA, new Object[] {1L, "x"});

  @Test
  void renamingKeepsTypesAndRolesAndCanSwap() {
    Tried tried = Tried.map(rename(Map.of("a", "b", "b", "a")), BATCH);
    assertThat(tried.schema.names()).containsExactly("b", "a");
    assertThat(tried.schema.field(0).is(Role.LABEL)).isTrue();
    assertThat(tried.rows).containsExactly(List.of(1L, "x"));
  }

  @Test
  void renamingNeverMakesTwoFieldsOfOneName() {
    assertThatThrownBy(() -> rename(Map.of("a", "b")).output(SCHEMA))
        .hasMessage("must give every field a name of its own; found: 'b' again");
  }

  @Test
  void selectingKeepsTheOrderGiven() {
    assertThat(Tried.map(select("fields", List.of("b", "a")), BATCH).rows)
        .containsExactly(List.of("x", 1L));
    assertThat(Tried.map(select("drop", "a"), BATCH).rows).containsExactly(List.of("x"));
  }

  @Test
  void selectingNeedsExactlyOneList() {
    assertThatThrownBy(() -> select())
        .hasMessage("quality.select must have exactly one of fields and drop; found: neither");
    assertThatThrownBy(() -> select("drop", List.of("a", "b")).output(SCHEMA))
        .hasMessage("must leave at least one field; found: none left");
  }

  private static Mapper rename(Map<String, String> names) {
    return Tried.operator(Mapper.class, Rename.SPEC, "fields", names);
  }

  private static Mapper select(Object... params) {
    return Tried.operator(Mapper.class, Select.SPEC, params);
  }
}
