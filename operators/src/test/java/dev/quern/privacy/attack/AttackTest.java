package dev.quern.privacy.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.privacy.Anonymize;
import dev.quern.privacy.HashKeyed;
import dev.quern.privacy.anonymity.Adult;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attacks on what Quern itself publishes, and on what it warns of. */
class AttackTest {
  private static CombinationTable table(Batch batch) {
    Combinations combinations =
        new Combinations(IntStream.range(0, batch.schema().size()).toArray());
    combinations.add(batch);
    return combinations.table();
  }

  private static Batch batch(Tried tried) {
    return Tried.batch(
        tried.schema,
        tried.rows.stream().map(row -> row.toArray(new Object[0])).toArray(Object[][]::new));
  }

  @Test
  void nobodyOfTheAnonymisedAdultsIsFoundAmongFewerThanFive() throws IOException {
    Adult.assumeThere();
    Map<String, Object> fields = new LinkedHashMap<>();
    List<ValueMatch> matches = new ArrayList<>();
    for (String field : Adult.FIELDS) {
      fields.put(field, Map.of("hierarchy", Adult.hierarchy(field).lines()));
      matches.add(ValueMatch.by(List.of(Adult.hierarchy(field))));
    }
    Anonymize anonymize =
        Tried.operator(
            Anonymize.class,
            Anonymize.SPEC,
            "quasi_identifiers",
            fields,
            "k",
            5L,
            "suppression",
            0.04);
    Batch raw = Adult.batch();
    Linkage released = Linkage.of(table(batch(Tried.fit(anonymize, raw))), table(raw), matches);
    assertThat(released.people()).isEqualTo(30_162);
    assertThat(released.matched()).isEqualTo(30_162 - 906);
    assertThat(released.fewest()).isGreaterThanOrEqualTo(5);
    assertThat(released.unique()).isZero();
    assertThat(released.expected()).isCloseTo(1046, org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void rawSamplesAreFound() {
    Batch raw =
        Tried.batch(
            Tried.schema("age", Type.LONG, "zip", Type.TEXT),
            new Object[][] {{34L, "81667"}, {34L, "81667"}, {45L, "81675"}});
    Linkage found =
        Linkage.of(table(raw), table(raw), Collections.nCopies(2, ValueMatch.byLooks()));
    assertThat(found.unique()).isEqualTo(1);
    assertThat(found.expected()).isEqualTo(2);
    assertThat(found.highestRisk()).isEqualTo(1);
    assertThat(found.byCandidates()).containsEntry("1", 1L).containsEntry("2-4", 2L);
  }

  @Test
  void generalisedValuesMatchWhatTheyStandFor() {
    ValueMatch match = ValueMatch.byLooks();
    assertThat(match.test("[30, 40)", "30")).isTrue();
    assertThat(match.test("[30, 40)", "40")).isFalse();
    assertThat(match.test("816**", "81667")).isTrue();
    assertThat(match.test("816**", "8166")).isFalse();
    assertThat(match.test("**667", "81667")).isTrue();
    assertThat(match.test("2026-Q4", "2026-11-27")).isTrue();
    assertThat(match.test("2026-Q3", "2026-11-27")).isFalse();
    assertThat(match.test("2020s", "2026-11-27")).isTrue();
    assertThat(match.test("2000s", "2026-11-27")).isTrue();
    assertThat(match.test("2026-11", "2026-11-27")).isTrue();
    assertThat(match.test("*", "x")).isTrue();
  }

  private static String hash(String algorithm, String value) throws NoSuchAlgorithmException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  @Test
  void plainHashesFall() throws NoSuchAlgorithmException {
    Map<String, Long> pseudonyms = new LinkedHashMap<>();
    pseudonyms.put(hash("SHA-256", "13800138000"), 2L);
    pseudonyms.put(hash("MD5", "ann@example.org").toUpperCase(java.util.Locale.ROOT), 1L);
    pseudonyms.put(hash("SHA-1", "bob").substring(0, 20), 1L);
    pseudonyms.put(hash("SHA-512", "nobody"), 1L);
    Dictionary attack = new Dictionary(pseudonyms);
    for (String candidate : List.of("138 0013 8000", " Ann@Example.org ", "bob", "carol")) {
      attack.attack(candidate);
    }
    assertThat(attack.plain())
        .containsEntry("pseudonyms", 4L)
        .containsEntry("candidates", 4L)
        .containsEntry("inverted", 3L)
        .containsEntry("inverted_samples", 4L)
        .containsEntry("inverted_by", Map.of("MD5", 1L, "SHA-1", 1L, "SHA-256", 1L));
  }

  @Test
  void pseudonymsUnderAKeyDoNotFall() {
    @Nullable Object[] phones = new Object[2000];
    for (int i = 0; i < phones.length; i++) {
      phones[i] = "1380013" + (1000 + i);
    }
    Tried tried =
        Tried.map(
            Tried.operator(
                HashKeyed.class, HashKeyed.SPEC, "fields", List.of("phone"), "key", "env:KEY"),
            Tried.column("phone", Type.TEXT, phones));
    Map<String, Long> pseudonyms = new LinkedHashMap<>();
    tried.values().forEach(value -> pseudonyms.merge(String.valueOf(value), 1L, Long::sum));
    assertThat(pseudonyms).hasSize(2000);
    Dictionary attack = new Dictionary(pseudonyms);
    for (Object phone : phones) {
      attack.attack(String.valueOf(phone));
    }
    assertThat(attack.inverted()).isZero();
  }

  @Test
  void aJoinMakesSamplesUnique() {
    Batch first =
        Tried.batch(
            Tried.schema("id", Type.LONG, "sex", Type.TEXT),
            new Object[][] {{1L, "f"}, {2L, "f"}, {3L, "m"}, {4L, "m"}, {null, "m"}});
    Batch second =
        Tried.batch(
            Tried.schema("id", Type.LONG, "town", Type.TEXT),
            new Object[][] {{1L, "Delft"}, {2L, "Wien"}, {3L, "Wien"}, {4L, "Wien"}, {null, "x"}});
    JoinUniqueness found = JoinUniqueness.of(table(first), table(second), 1);
    assertThat(found.before().unique()).isZero();
    assertThat(found.before().samples()).isEqualTo(5);
    assertThat(found.after().samples()).isEqualTo(4);
    assertThat(found.after().unique()).isEqualTo(2);
  }
}
