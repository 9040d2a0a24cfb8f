package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Expander;
import dev.quern.operator.ExpanderMapping;
import dev.quern.trial.Tried;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplodeTest {
  private static final Schema TAGGED =
      Tried.schema("id", Type.LONG, "tags", Type.list(Type.list(Type.TEXT)));

  private static Tried explode(String empty, Batch batch) {
    Expander explode =
        Tried.operator(Expander.class, Explode.SPEC, "field", "tags", "empty", empty);
    Schema output = explode.output(batch.schema());
    Tried tried = new Tried();
    new ExpanderMapping(explode.bind(batch.schema(), output, Tried.STEP), output).map(batch, tried);
    return tried;
  }

  private static Batch tagged() {
    return Tried.batch(
        TAGGED,
        new @Nullable Object[] {1L, List.of(List.of("a", "b"), List.of())},
        new @Nullable Object[] {2L, List.of()},
        new @Nullable Object[] {3L, null},
        new @Nullable Object[] {4L, Arrays.asList((Object) null)});
  }

  @Test
  void eachElementBecomesASampleInTheOrderOfTheList() {
    Tried tried = explode("drop", tagged());
    assertThat(tried.rows)
        .containsExactly(
            List.of(1L, List.of("a", "b")), List.of(1L, List.of()), Arrays.asList(4L, null));
    assertThat(tried.dropped).containsExactly("1 no_children 0.0", "2 no_children 0.0");
    assertThat(tried.merged).isEqualTo(2);
  }

  @Test
  void samplesWithoutElementsAreKeptWhereAsked() {
    Tried tried = explode("keep", tagged());
    assertThat(tried.rows)
        .containsExactly(
            List.of(1L, List.of("a", "b")),
            List.of(1L, List.of()),
            Arrays.asList(2L, null),
            Arrays.asList(3L, null),
            Arrays.asList(4L, null));
    assertThat(tried.dropped).isEmpty();
    assertThat(tried.merged).isEqualTo(4);
  }

  @Test
  void theFieldKeepsItsPlaceAndRoles() {
    Schema input =
        Schema.of(
            Field.of("tags", Type.list(Type.DOUBLE)).with(Role.LABEL), Field.of("x", Type.BOOL));
    Expander explode = Tried.operator(Expander.class, Explode.SPEC, "field", "tags");
    assertThat(explode.output(input))
        .isEqualTo(
            Schema.of(Field.of("tags", Type.DOUBLE).with(Role.LABEL), Field.of("x", Type.BOOL)));
  }

  @Test
  void aFieldThatIsNoListIsAProblem() {
    Expander explode = Tried.operator(Expander.class, Explode.SPEC, "field", "id");
    assertThatThrownBy(() -> explode.output(TAGGED))
        .isInstanceOf(BindException.class)
        .hasMessage("must name a field that is a list; found: id, long");
    assertThatThrownBy(() -> explode.output(Tried.schema("ids", Type.LONG)))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith("must name fields of the input; found: id; did you mean 'ids'?");
  }
}
