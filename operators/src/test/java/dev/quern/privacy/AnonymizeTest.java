package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.operator.BindException;
import dev.quern.privacy.anonymity.Adult;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnonymizeTest {
  /** The seven people of ARX's example. */
  private static final Batch PEOPLE =
      Tried.batch(
          Tried.schema("age", Type.LONG, "sex", Type.TEXT, "zip", Type.TEXT),
          new Object[][] {
            {34L, "m", "81667"},
            {45L, "f", "81675"},
            {66L, "m", "81925"},
            {70L, "f", "81931"},
            {34L, "f", "81931"},
            {70L, "m", "81931"},
            {45L, "m", "81931"}
          });

  private static Anonymize anonymize(Map<String, Object> params) {
    Object[] given = new Object[2 * params.size()];
    int next = 0;
    for (Map.Entry<String, Object> param : params.entrySet()) {
      given[next++] = param.getKey();
      given[next++] = param.getValue();
    }
    return Tried.operator(Anonymize.class, Anonymize.SPEC, given);
  }

  private static Map<String, Object> hierarchies() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "age",
        Map.of(
            "hierarchy",
            List.of(
                List.of("34", "<50", "*"),
                List.of("45", "<50", "*"),
                List.of("66", ">=50", "*"),
                List.of("70", ">=50", "*"))));
    fields.put("sex", Map.of());
    fields.put("zip", Map.of("mask", 4L));
    return fields;
  }

  private static Map<String, Long> classes(Tried tried) {
    Map<String, Long> classes = new TreeMap<>();
    tried.rows.forEach(row -> classes.merge(row.toString(), 1L, Long::sum));
    return classes;
  }

  @Test
  void everyoneSharesWithAnother() {
    Tried tried = Tried.fit(anonymize(Map.of("quasi_identifiers", hierarchies(), "k", 2L)), PEOPLE);
    assertThat(classes(tried).values()).allSatisfy(size -> assertThat(size).isGreaterThan(1));
    assertThat(tried.rows).hasSize(7);
    Map<String, @Nullable Object> told = Json.object(tried.learnt.get("anonymisation"));
    assertThat(Json.object(told.get("before")).get("average_risk")).isEqualTo(1.0);
    assertThat(Json.object(told.get("before")).get("highest_risk")).isEqualTo(1.0);
    assertThat(told.get("suppressed")).isEqualTo(0L);
    assertThat(told.get("best")).isEqualTo(true);
  }

  @Test
  void suppressedSamplesAreStarsOrDroppedAndNeverAClass() {
    Batch four = Tried.column("city", Type.TEXT, "Delft", "Delft", "Wien", null);
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("quasi_identifiers", List.of("city"));
    params.put("k", 2L);
    params.put("suppression", 0.5);
    Tried stars = Tried.fit(anonymize(params), four);
    assertThat(stars.values()).containsExactly("Delft", "Delft", "*", "*");
    params.put("suppressed", "drop");
    Tried dropped = Tried.fit(anonymize(params), four);
    assertThat(dropped.values()).containsExactly("Delft", "Delft");
    assertThat(dropped.dropped).hasSize(2);
    Map<String, @Nullable Object> told = Json.object(dropped.learnt.get("anonymisation"));
    assertThat(Json.object(told.get("after")).get("smallest_class")).isEqualTo(2L);
    assertThat(Json.object(told.get("after")).get("samples")).isEqualTo(2L);
  }

  @Test
  void cellsThatBecomeOthersAreCountedByReason() {
    Map<String, Object> params = new LinkedHashMap<>();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("age", Map.of("intervals", List.of(10L)));
    fields.put("city", Map.of());
    params.put("quasi_identifiers", fields);
    params.put("k", 2L);
    params.put("suppression", 0.4);
    Batch batch =
        Tried.batch(
            Tried.schema("age", Type.LONG, "city", Type.TEXT),
            new Object[][] {
              {31L, "Delft"}, {34L, "Delft"}, {38L, "Delft"}, {62L, "Wien"}, {null, "*"}
            });
    Tried stars = Tried.fit(anonymize(params), batch);
    assertThat(classes(stars)).containsEntry("[[30, 40), Delft]", 3L).containsEntry("[*, *]", 2L);
    assertThat(stars.counted)
        .as("a city that stays and a city that was * are no changes, a missing age that hides is")
        .containsOnly(
            Map.entry("generalize(age)", 3L),
            Map.entry("suppressed(age)", 2L),
            Map.entry("suppressed(city)", 1L));
    params.put("suppressed", "drop");
    Tried dropped = Tried.fit(anonymize(params), batch);
    assertThat(dropped.counted).containsOnly(Map.entry("generalize(age)", 3L));
    assertThat(dropped.dropped).hasSize(2);
  }

  @Test
  void valuesThatAHierarchyLacksAreSuppressedAndCounted() {
    Batch batch = Tried.column("age", Type.TEXT, "34", "34", "unknown");
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("quasi_identifiers", Map.of("age", Map.of("intervals", List.of(10L))));
    params.put("k", 2L);
    params.put("suppression", 0.34);
    Tried tried = Tried.fit(anonymize(params), batch);
    assertThat(tried.values()).containsExactly("34", "34", "*");
    assertThat(Json.object(tried.learnt.get("anonymisation")).get("unknown_values")).isEqualTo(1L);
    params.put("suppression", 0.0);
    assertThatThrownBy(() -> Tried.fit(anonymize(params), batch))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "privacy.anonymize must find levels at which at most 0.0 (fraction) of 3 samples are"
                + " suppressed; found: none");
  }

  @Test
  void samplesOutsideTheClassesOfTheFitAreSuppressed() {
    Tried tried =
        Tried.fit(
            anonymize(Map.of("quasi_identifiers", List.of("city"), "k", 2L)),
            Tried.column("city", Type.TEXT, "Delft", "Delft"),
            Tried.column("city", Type.TEXT, "Delft", "Wien"));
    assertThat(tried.values()).containsExactly("Delft", "*");
  }

  @Test
  void nothingToLearnFromKeepsNothing() {
    Tried tried =
        Tried.fit(
            anonymize(Map.of("quasi_identifiers", List.of("city"), "k", 2L)),
            Tried.column("city", Type.TEXT),
            Tried.column("city", Type.TEXT, "Delft"));
    assertThat(tried.values()).containsExactly("*");
  }

  @Test
  void rolesChooseTheFields() {
    Schema schema =
        Schema.of(
            dev.quern.data.Field.of("zip", Type.LONG).with(Role.QUASI_IDENTIFIER),
            dev.quern.data.Field.of("n", Type.LONG));
    assertThat(anonymize(Map.of("k", 2L)).output(schema).field(0).type()).isEqualTo(Type.TEXT);
    assertThat(anonymize(Map.of("k", 2L)).output(schema).field(1).type()).isEqualTo(Type.LONG);
    assertThatThrownBy(() -> anonymize(Map.of("k", 2L)).output(Tried.schema("n", Type.LONG)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("or fields must have the role quasi_identifier; found: none");
  }

  @Test
  void adultIsAsAnonymousAsItsReportSays() throws IOException {
    Adult.assumeThere();
    Batch adult = Adult.batch();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String field : Adult.FIELDS) {
      fields.put(field, Map.of("hierarchy", Adult.hierarchy(field).lines()));
    }
    Tried tried =
        Tried.fit(
            anonymize(Map.of("quasi_identifiers", fields, "k", 5L, "suppression", 0.04)), adult);
    Map<String, Long> classes = classes(tried);
    String stars = new ArrayList<>(java.util.Collections.nCopies(9, "*")).toString();
    assertThat(classes.remove(stars)).isEqualTo(906L);
    assertThat(classes).hasSize(1046);
    assertThat(classes.values()).allSatisfy(size -> assertThat(size).isGreaterThanOrEqualTo(5));
    Map<String, @Nullable Object> told = Json.object(tried.learnt.get("anonymisation"));
    assertThat(told.get("loss")).isEqualTo(255559.854557311);
    assertThat(told.get("suppressed")).isEqualTo(906L);
  }
}
