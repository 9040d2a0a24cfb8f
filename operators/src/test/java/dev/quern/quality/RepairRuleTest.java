package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepairRuleTest {
  private static final Schema SCHEMA = Tried.schema("a", Type.LONG, "b", Type.TEXT);

  @Test
  void setsFieldsWhereTheConditionIsTrue() {
    Batch batch =
        Tried.batch(
            SCHEMA,
            new Object[] {1L, "x"},
            new Object[] {2L, "y"},
            new Object[] {null, "z"},
            new Object[] {5L, "low"});
    Tried tried = Tried.map(rule("a < 2 OR a = 5", Map.of("b", "'low'", "a", "a + 10")), batch);
    assertThat(tried.rows)
        .containsExactly(
            java.util.Arrays.asList(11L, "low"),
            java.util.Arrays.asList(2L, "y"),
            java.util.Arrays.asList(null, "z"),
            java.util.Arrays.asList(15L, "low"));
    // The last sample's b already was low.
    assertThat(tried.changed).containsExactly("0 a mended 1.0", "3 a mended 1.0", "0 b mended 1.0");
  }

  @Test
  void expressionsSeeTheSampleAsItCameIn() {
    Batch batch = Tried.batch(SCHEMA, new Object[][] {{1L, "7"}});
    Tried tried = Tried.map(rule("true", Map.of("a", "b", "b", "a")), batch);
    assertThat(tried.rows).containsExactly(java.util.Arrays.asList(7L, "1"));
  }

  @Test
  void aValueThatDoesNotFitItsFieldIsMissing() {
    Batch batch = Tried.batch(SCHEMA, new Object[][] {{1L, "seven"}});
    assertThat(Tried.map(rule("true", Map.of("a", "b")), batch).values())
        .containsExactly((Object) null);
  }

  @Test
  void dependsOnTheFieldsOfConditionAndExpression() {
    Mapper rule = rule("b = 'x'", Map.of("a", "1"));
    assertThat(rule.reads(SCHEMA, Set.of("a"))).containsExactlyInAnyOrder("a", "b");
    assertThat(rule.reads(SCHEMA, Set.of("b"))).containsExactly("b");
  }

  @Test
  void refusesUnknownFieldsAndConditionsThatAreNone() {
    assertThatThrownBy(() -> rule("a + 1", Map.of("a", "1")).output(SCHEMA))
        .hasMessageContaining("condition");
    assertThatThrownBy(() -> rule("true", Map.of("c", "1")).output(SCHEMA))
        .hasMessageContaining("must name fields of the input; found: c");
    assertThatThrownBy(() -> rule("true", Map.of("a", "1 +")).output(SCHEMA))
        .hasMessageContaining("a: ");
  }

  private static Mapper rule(String when, Map<String, String> set) {
    return Tried.operator(
        Mapper.class, RepairRule.SPEC, "when", when, "set", set, "rule", "mended");
  }
}
