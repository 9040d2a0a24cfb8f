package dev.quern.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quern.format.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Confident learning against cleanlab 2.9.0 on drawn probabilities, some of which collide. */
class ConfidentLearningTest {

  @ParameterizedTest
  @MethodSource("cases")
  void learnsTheThresholdsAndTheJointOfCleanlab(Case one) {
    Learning learnt = one.learn(LabelIssues.CONFIDENT_LEARNING);
    assertThat(learnt.thresholds()).containsExactly(one.doubles("thresholds"), within(1e-12));
    assertThat(learnt.joint().counts()).isDeepEqualTo(one.matrix("joint"));
    assertThat(learnt.issues()).isEqualTo(one.plain().get("num_label_issues"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void flagsTheLabelsThatCleanlabFlags(Case one) {
    for (LabelIssues by : LabelIssues.values()) {
      boolean[] flags = one.learn(by).flags();
      List<Object> found = new ArrayList<>();
      for (int i = 0; i < flags.length; i++) {
        if (flags[i]) {
          found.add((long) i);
        }
      }
      Map<String, @Nullable Object> issues = Json.object(one.plain().get("issues"));
      assertThat(found).as("%s", by).isEqualTo(issues.get(by.name().toLowerCase(Locale.ROOT)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresLabelsAsCleanlabDoes(Case one) {
    Map<String, @Nullable Object> scores = Json.object(one.plain().get("scores"));
    for (LabelScore score : LabelScore.values()) {
      double[] expected = doubles(scores.get(score.name().toLowerCase(Locale.ROOT)));
      for (int i = 0; i < expected.length; i++) {
        assertThat(score.of(one.probabilities()[i], one.labels()[i]))
            .isCloseTo(expected[i], within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsCollisionsInBothWays(Case one) {
    assertThat(one.counts(Collisions.COMPATIBLE)).isDeepEqualTo(one.matrix("raw"));
    assertThat(one.counts(Collisions.CORRECT)).isDeepEqualTo(one.matrix("raw_correct"));
  }

  @Test
  void someCollisionsTellTheTwoWaysApart() throws IOException {
    assertThat(cases())
        .anyMatch(
            one ->
                !java.util.Arrays.deepEquals(
                    one.counts(Collisions.CORRECT), one.counts(Collisions.COMPATIBLE)));
  }

  @Test
  void ofSeveralConfidentClassesTheCorrectWayLeavesOutTheOthers() {
    double[] p = {.5, .3, .2};
    double[] thresholds = {.9, .2, .1};
    assertThat(ConfidentCounts.confident(p, thresholds, Collisions.COMPATIBLE)).isZero();
    assertThat(ConfidentCounts.confident(p, thresholds, Collisions.CORRECT)).isEqualTo(1);
    assertThat(ConfidentCounts.confident(p, new double[] {.9, .9, .9}, Collisions.CORRECT))
        .isEqualTo(-1);
  }

  @Test
  void statesOfPartsMergeToTheStateOfTheWhole() throws IOException {
    Case one = cases().get(2);
    int classes = one.probabilities()[0].length;
    byte[] whole = null;
    for (int cut : new int[] {0, 1, 17, one.labels().length}) {
      Thresholds left = new Thresholds(classes);
      Thresholds right = new Thresholds(classes);
      PruneRanks low = ranks(one);
      PruneRanks high = ranks(one);
      for (int i = 0; i < one.labels().length; i++) {
        (i < cut ? left : right).add(one.probabilities()[i], one.labels()[i]);
        (i < cut ? low : high).add(one.probabilities()[i], one.labels()[i], 0, i);
      }
      right.merge(left);
      low.merge(high);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      right.write(new DataOutputStream(bytes));
      low.write(new DataOutputStream(bytes));
      whole = whole == null ? bytes.toByteArray() : whole;
      assertThat(bytes.toByteArray()).isEqualTo(whole);
    }
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Objects.requireNonNull(whole)));
    assertThat(Thresholds.read(in).values()).isEqualTo(one.learn(LabelIssues.BOTH).thresholds());
    PruneRanks read = ranks(one);
    read.readState(in);
    assertThat(in.available()).isZero();
  }

  private static PruneRanks ranks(Case one) {
    Learning learnt = one.learn(LabelIssues.BOTH);
    return new PruneRanks(LabelIssues.BOTH, learnt.joint().prunes(1), learnt.labels());
  }

  @Test
  void rowsThatHoldNoProbabilitiesAreRefused() {
    assertThat(Probabilities.normalise(new double[] {0, 0})).isFalse();
    assertThat(Probabilities.normalise(new double[] {-.1, 1})).isFalse();
    assertThat(Probabilities.normalise(new double[] {1.2, 0})).isFalse();
    assertThat(Probabilities.normalise(new double[] {Double.NaN, 1})).isFalse();
    double[] halves = {.25, .25};
    assertThat(Probabilities.normalise(halves)).isTrue();
    assertThat(halves).containsExactly(.5, .5);
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = ConfidentLearningTest.class.getResourceAsStream("/label/cleanlab.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (Object plain : Json.list(Json.parseObject(text).get("cases"))) {
        cases.add(new Case(Json.object(plain)));
      }
      return cases;
    }
  }

  private static double[] doubles(@Nullable Object list) {
    return Json.list(list).stream()
        .mapToDouble(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
        .toArray();
  }

  /** Labels, probabilities and what cleanlab makes of them. */
  record Case(Map<String, @Nullable Object> plain) {
    int[] labels() {
      return java.util.Arrays.stream(doubles("labels")).mapToInt(value -> (int) value).toArray();
    }

    double[][] probabilities() {
      return Json.list(plain.get("probabilities")).stream()
          .map(ConfidentLearningTest::doubles)
          .toArray(double[][]::new);
    }

    double[] doubles(String name) {
      return ConfidentLearningTest.doubles(plain.get(name));
    }

    long[][] matrix(String name) {
      return Json.list(plain.get(name)).stream()
          .map(row -> java.util.Arrays.stream(ConfidentLearningTest.doubles(row)))
          .map(row -> row.mapToLong(value -> (long) value).toArray())
          .toArray(long[][]::new);
    }

    Learning learn(LabelIssues by) {
      return Learning.of(probabilities(), labels(), by, Collisions.COMPATIBLE);
    }

    /** The confident counts before they are calibrated, with at least one on the diagonal. */
    long[][] counts(Collisions collisions) {
      double[] thresholds = doubles("thresholds");
      long[][] counts = new long[thresholds.length][thresholds.length];
      for (int i = 0; i < labels().length; i++) {
        int confident = ConfidentCounts.confident(probabilities()[i], thresholds, collisions);
        if (confident >= 0) {
          counts[labels()[i]][confident]++;
        }
      }
      for (int i = 0; i < counts.length; i++) {
        counts[i][i] = Math.max(1, counts[i][i]);
      }
      return counts;
    }

    @Override
    public String toString() {
      return labels().length + " samples, " + doubles("thresholds").length + " classes";
    }
  }
}
