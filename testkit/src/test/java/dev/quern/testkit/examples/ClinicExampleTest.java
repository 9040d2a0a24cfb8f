package dev.quern.testkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clinic: what leaves it tells of nobody. */
class ClinicExampleTest {
  /** Names that recognisers miss, of 925: rules are no proof. */
  private static final int MISSED = 9;

  @TempDir Path folder;

  private static List<String[]> rows(ExampleRun run, String file) throws IOException {
    List<String> lines = Files.readAllLines(run.folder().resolve("data").resolve(file));
    return lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  @Test
  void notesKeepWhatTheySayAndLoseWhomTheySayItOf() throws IOException {
    ExampleRun run = ExampleRun.recipe("clinic", "notes.yaml", folder);
    Map<String, String[]> patients = new HashMap<>();
    rows(run, "patients.csv").forEach(cells -> patients.put(cells[0], cells));
    Map<String, String> raw = new HashMap<>();
    for (String line :
        Files.readAllLines(run.folder().resolve("data/notes.csv")).subList(1, 1231)) {
      raw.put(line.substring(0, line.indexOf(',')), line);
    }
    int named = 0;
    int missed = 0;
    int numbers = 0;
    Map<String, Integer> families = new TreeMap<>();
    for (Map<String, @Nullable Object> sample : run.samples()) {
      String note = String.valueOf(sample.get("note"));
      String before = raw.getOrDefault(String.valueOf(sample.get("note_id")), "");
      String[] patient =
          patients.getOrDefault(String.valueOf(sample.get("patient")), new String[0]);
      named += before.contains(patient[1]) ? 1 : 0;
      missed += note.contains(patient[1]) ? 1 : 0;
      for (String number : List.of(patient[7], patient[8])) {
        numbers += before.contains(number) ? 1 : 0;
        assertThat(note).doesNotContain(number);
      }
      assertThat(note).doesNotContain("@mail.example.org");
      families.merge(note.replaceAll("[^@]", ""), 1, Integer::sum);
    }
    assertThat(named).isEqualTo(925);
    assertThat(missed).as("names missed").isLessThanOrEqualTo(MISSED);
    assertThat(numbers).isEqualTo(788);
    // Addresses of mail became others.
    assertThat(families).containsKey("@");
  }

  @Test
  void whoHasTheListOfPatientsFindsNoneOfThemInTheTable() throws IOException {
    ExampleRun.recipe("clinic", "known.yaml", folder);
    ExampleRun run = ExampleRun.of("clinic", folder);
    assertThat(ExampleRun.list(run.report(), "checks"))
        .allMatch(check -> "passed".equals(check.get("status")));
    Map<String, Object> found = new TreeMap<>();
    for (Map<String, @Nullable Object> attack : ExampleRun.list(run.report(), "attacks")) {
      for (Map<String, @Nullable Object> metric : ExampleRun.list(attack, "metrics")) {
        found.put(String.valueOf(metric.getOrDefault("part", "highest")), metric);
      }
    }
    assertThat(found.keySet()).containsExactly("expected", "highest", "matched", "unique");
    assertThat(value(found, "highest")).isPositive().isLessThanOrEqualTo(0.2);
    assertThat(value(found, "expected")).isPositive().isLessThan(0.2);
    assertThat(value(found, "unique")).isZero();
    assertThat(value(found, "matched")).isGreaterThan(0.9);
  }

  private static double value(Map<String, Object> found, String part) {
    return ((Number)
            java.util.Objects.requireNonNull(
                dev.quern.format.json.Json.object(found.get(part)).get("value")))
        .doubleValue();
  }

  @Test
  void fivePeopleShareEachLineOfTheTable() throws IOException {
    ExampleRun.recipe("clinic", "known.yaml", folder);
    ExampleRun run = ExampleRun.of("clinic", folder);
    Map<List<@Nullable Object>, Integer> classes = new HashMap<>();
    for (Map<String, @Nullable Object> sample : run.samples()) {
      assertThat(sample.keySet()).doesNotContain("name", "phone", "identity", "born");
      List<@Nullable Object> shared =
          java.util.Arrays.asList(sample.get("sex"), sample.get("age"), sample.get("zip"));
      classes.merge(shared, 1, Integer::sum);
    }
    assertThat(classes.size()).isGreaterThan(10);
    assertThat(classes.entrySet())
        .allMatch(one -> one.getValue() >= 5 || one.getKey().contains("*"));
  }
}
