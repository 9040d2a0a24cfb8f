package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Fitter;
import dev.quern.operator.Params;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final List<String> HOSPITAL =
      List.of(
          "name -> zip",
          "name -> phone",
          "measure_code -> measure_name",
          "measure_code -> state_average",
          "measure_name -> measure_code",
          "provider_number -> name",
          "measure_code -> condition",
          "name -> address_1",
          "name -> owner",
          "name -> provider_number",
          "city -> county",
          "zip -> emergency_service",
          "name -> city");

  private static Fitter<?> score(Map<String, Object> given) {
    List<Params.Problem> problems = new ArrayList<>();
    Params params =
        Params.read(Score.SPEC.params(), new LinkedHashMap<>(given), problems)
            .orElseThrow(() -> new IllegalArgumentException(problems.toString()));
    return (Fitter<?>) Score.SPEC.create().apply(params);
  }

  private static List<Double> scores(Map<String, Object> given, Batch batch) {
    List<Double> scores = new ArrayList<>();
    for (List<@Nullable Object> row : Tried.fit(score(given), batch).rows) {
      scores.add((Double) row.get(row.size() - 1));
    }
    return scores;
  }

  @Test
  void currencyFallsInAStraightLineAndIsOneForTheFuture() {
    Instant first = Instant.EPOCH;
    Schema schema = Schema.of(Field.of("at", Type.TIMESTAMP));
    Batch batch =
        Tried.batch(
            schema,
            new Object[] {first},
            new Object[] {first.plus(5, ChronoUnit.DAYS)},
            new Object[] {first.plus(10, ChronoUnit.DAYS)},
            new Object[] {first.plus(99, ChronoUnit.DAYS)},
            new @Nullable Object[] {null});
    assertThat(
            scores(
                Map.of(
                    "weights",
                    Map.of("currency", 1L),
                    "event_time",
                    "at",
                    "as_of",
                    "1970-01-11",
                    "ttl",
                    10.0),
                batch))
        .containsExactly(0.0, 0.5, 1.0, 1.0, 1.0);
  }

  @Test
  void theQualityOfTheLabelIsTakenFromItsField() {
    Batch batch = Tried.column("sure", Type.DOUBLE, 0.5, 2.0, -1.0, null);
    assertThat(scores(Map.of("weights", Map.of("label", 2L), "label_quality", "sure"), batch))
        .containsExactly(0.25, 1.0, 0.0, 1.0);
  }

  @Test
  void numbersBeyondTheFencesAndRareWordsAreOutliers() {
    Schema schema = Schema.of(Field.of("x", Type.DOUBLE), Field.of("word", Type.TEXT));
    Object[][] rows = new Object[41][];
    for (int i = 0; i < 41; i++) {
      rows[i] = new Object[] {(double) (i % 9), i == 40 ? "wxrd" : "word"};
    }
    rows[39] = new Object[] {80.0, "word"};
    List<Double> scores =
        scores(Map.of("weights", Map.of("outlier", 1L)), Tried.batch(schema, rows));
    assertThat(scores.subList(0, 39)).containsOnly(1.0);
    assertThat(scores.get(39)).isLessThan(0.1);
    assertThat(scores.get(40)).isEqualTo(0.5);
  }

  @Test
  void aPartMustHaveWhatItJudgesBy() {
    assertThatThrownBy(() -> score(Map.of("weights", Map.of("validity", 1L))))
        .hasMessage(
            "rules must be given where weights name validity, and nowhere else;"
                + " found: a weight alone");
    assertThatThrownBy(
            () -> score(Map.of("weights", Map.of("duplicate", 1L), "rules", List.of("a > 1"))))
        .hasMessageContaining("found: no weight");
    assertThatThrownBy(() -> score(Map.of("weights", Map.of("beauty", 1L))))
        .hasMessageContaining("a map from part (completeness, validity");
  }

  @Test
  void aDependencyThatIsNoneIsRefused() {
    Fitter<?> score =
        score(Map.of("weights", Map.of("consistency", 1L), "dependencies", List.of("a = b")));
    assertThatThrownBy(() -> score.output(Schema.of(Field.of("a", Type.TEXT))))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("must be of the form \"a, b -> c\"; found: a = b");
  }

  private static List<String[]> table(String name) throws IOException {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), "dirty-hospital");
    if (!Files.isDirectory(data) && System.getenv("CI") == null) {
      Assumptions.abort("test data are not there: " + data);
    }
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve(name), StandardCharsets.UTF_8)) {
      rows.add(line.split(",", -1));
    }
    return rows;
  }

  /** Returns the chance that a clean row scores above a dirty one, ties half. */
  private static double auc(List<Double> scores, boolean[] dirty) {
    double above = 0;
    double pairs = 0;
    for (int i = 0; i < dirty.length; i++) {
      for (int j = 0; j < dirty.length; j++) {
        if (dirty[i] && !dirty[j]) {
          pairs++;
          above += Double.compare(scores.get(j), scores.get(i)) > 0 ? 1 : 0;
          above += scores.get(j).equals(scores.get(i)) ? 0.5 : 0;
        }
      }
    }
    return above / pairs;
  }

  @Test
  void dirtyRowsOfTheHospitalsScoreBelowCleanOnes() throws IOException {
    List<String[]> dirty = table("dirty.csv");
    List<String[]> clean = table("clean.csv");
    Field[] fields = new Field[dirty.get(0).length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = Field.of(dirty.get(0)[i], Type.TEXT);
    }
    Object[][] rows = new Object[dirty.size() - 1][];
    boolean[] isDirty = new boolean[rows.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = dirty.get(i + 1);
      for (int j = 1; j < fields.length; j++) {
        isDirty[i] |= !dirty.get(i + 1)[j].strip().equals(clean.get(i + 1)[j].strip());
      }
      count += isDirty[i] ? 1 : 0;
    }
    assertThat(count).isEqualTo(407);
    Batch batch = Tried.batch(Schema.of(fields), rows);
    Map<String, Object> outlier = Map.of("weights", Map.of("outlier", 1L));
    assertThat(auc(scores(outlier, batch), isDirty)).isGreaterThan(0.90);
    Map<String, Object> both =
        Map.of("weights", Map.of("consistency", 4L, "outlier", 1L), "dependencies", HOSPITAL);
    assertThat(auc(scores(both, batch), isDirty)).isGreaterThan(0.93);
  }
}
