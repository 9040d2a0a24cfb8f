package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Metric;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.trial.Tried;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttackMetricsTest {

  private static Map<String, Double> found(ClassMetric metric, Batch release, Batch known) {
    Combinations state = metric.zero(release.schema(), Tried.STEP);
    state.add(release);
    Combinations reference = metric.zero(known.schema(), Tried.STEP);
    reference.add(known);
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric one : metric.metrics(state, release.schema(), reference, known.schema())) {
      values.put(one.part(), one.value().orElse(Double.NaN));
    }
    return values;
  }

  private static LinkageRisk linkage(List<String> fields) {
    return new LinkageRisk(fields, "p", Optional.empty());
  }

  /** Of a k-anonymous release nobody is found with more than 1 / k, whatever the people. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void kAnonymityBoundsTheLinkageOfItsOwnPeople(long seed) {
    Random random = new Random(seed);
    Object[][] rows = new Object[400][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          new Object[] {(long) random.nextInt(90), String.valueOf(10000 + random.nextInt(300))};
    }
    Batch people = Tried.batch(Tried.schema("age", Type.LONG, "zip", Type.TEXT), rows);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("age", Map.of("intervals", List.of(10L, 50L)));
    fields.put("zip", Map.of("mask", 4L));
    Anonymize anonymize =
        Tried.operator(
            Anonymize.class,
            Anonymize.SPEC,
            "quasi_identifiers",
            fields,
            "k",
            4L,
            "suppression",
            0.1);
    Tried tried = Tried.fit(anonymize, people);
    Object[][] published = tried.rows.stream().map(List::toArray).toArray(Object[][]::new);
    Batch release = Tried.batch(tried.schema, published);
    Map<String, Double> raw = found(linkage(List.of("age", "zip")), people, people);
    assertThat(raw.get("")).isEqualTo(1.0);
    Map<String, Double> after = found(linkage(List.of("age", "zip")), release, people);
    assertThat(after.get("")).isPositive().isLessThanOrEqualTo(0.25);
    assertThat(after.get("unique")).isZero();
    assertThat(after.get("matched")).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void keyedPseudonymsStandAndPlainHashesFall() {
    Batch people = Tried.column("id", Type.TEXT, "ann", "bob", "eve", "ann");
    HashKeyed keyed =
        Tried.operator(
            HashKeyed.class, HashKeyed.SPEC, "fields", List.of("id"), "key", "env:QUERN_KEY");
    Object[] pseudonyms = Tried.map(keyed, people).values().toArray();
    DictionaryRisk risk = new DictionaryRisk("id", "p");
    assertThat(found(risk, Tried.column("id", Type.TEXT, pseudonyms), people))
        .containsExactly(Map.entry("", 0.0), Map.entry("samples", 0.0));
    // MD5 of ab, twice, beside one that stands.
    Batch plain =
        Tried.column(
            "id",
            Type.TEXT,
            "187ef4436122d1cc2f40dc2b92f0eba0",
            "187ef4436122d1cc2f40dc2b92f0eba0",
            pseudonyms[0]);
    assertThat(found(risk, plain, Tried.column("id", Type.TEXT, "ab", "x", null)))
        .containsEntry("", 0.5)
        .containsEntry("samples", 2.0 / 3)
        .containsEntry("MD5", 0.5);
  }

  @Test
  void aJoinMakesPeopleUniqueThatWereNot() {
    Batch first =
        Tried.batch(
            Tried.schema("id", Type.LONG, "age", Type.TEXT, "town", Type.TEXT),
            new Object[][] {{1L, "30s", "x"}, {2L, "30s", "x"}, {null, "30s", "x"}});
    Batch second =
        Tried.batch(
            Tried.schema("id", Type.LONG, "town", Type.TEXT, "job", Type.TEXT),
            new Object[][] {{1L, "a", "nurse"}, {2L, "b", "smith"}, {null, "c", "cook"}});
    JoinRisk risk = new JoinRisk(List.of("id"), List.of("age", "town", "job"), "p");
    assertThat(found(risk, first, second))
        .as("town is the first release's own; what has no key is joined with nobody")
        .containsExactly(Map.entry("", 1.0), Map.entry("before", 0.0));
    assertThatThrownBy(() -> risk.check(Tried.schema("id", Type.LONG)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("must name a field of the samples besides those joined on");
  }

  @Test
  void withoutWhatIsKnownThereIsNoValue() {
    Batch people = Tried.column("age", Type.LONG, 1L, 2L);
    assertThat(Tried.measured(linkage(List.of("age")), people).get(0).value()).isEmpty();
    assertThat(found(linkage(List.of("age")), people, Tried.column("age", Type.LONG)))
        .containsEntry("", Double.NaN);
  }

  @Test
  void whatHierarchiesMadeIsFoundWithAllValuesBelowItOneAfterTheOther() {
    Batch people = Tried.column("town", Type.TEXT, "Delft", "Leiden", "Wien", "Oslo");
    Batch release = Tried.column("town", Type.TEXT, "West", "West", "Austria", "Norge–Suomi");
    KnownHierarchies coarser =
        KnownHierarchies.read(
            Map.of(
                "town",
                List.of(
                    Map.of(
                        "hierarchy",
                        List.of(
                            List.of("Delft", "Netherlands"),
                            List.of("Leiden", "Netherlands"),
                            List.of("Wien", "Austria"),
                            List.of("Oslo", "Norge"))),
                    Map.of("hierarchy", List.of(List.of("Netherlands", "West"))),
                    Map.of("order", List.of("Norge", "Suomi"), "groups", List.of(2L)))));
    Map<String, Double> found =
        found(new LinkageRisk(List.of("town"), "p", Optional.of(coarser)), release, people);
    assertThat(found)
        .containsEntry("", 1.0)
        .containsEntry("matched", 1.0)
        .containsEntry("unique", 0.5)
        .containsEntry("expected", 0.75);
    assertThat(found(linkage(List.of("town")), release, people))
        .as("by their looks none of them is")
        .containsEntry("matched", 0.0);
  }

  @Test
  void hierarchiesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> KnownHierarchies.read(Map.of("town", List.of("Delft"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{hierarchy: CSV file or lines}");
    assertThatThrownBy(() -> KnownHierarchies.read("town"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a map from field name to");
  }
}
