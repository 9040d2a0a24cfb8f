package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.ChangedCells;
import dev.quern.operator.Limits;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which samples each metric tells of, where it can be worked out by hand. */
class JudgedSamplesTest {
  private static final Registry REGISTRY = Registry.load(JudgedSamplesTest.class.getClassLoader());

  /** The verdicts on samples that are numbered from 0 by their field n. */
  private static List<String> verdicts(
      String metric, String parameters, Limits limits, String... samples) {
    List<String> told = new ArrayList<>();
    judged(metric, parameters, limits, samples)
        .forEach(
            verdict ->
                told.add(
                    verdict.get("sample")
                        + " "
                        + verdict.get("reason")
                        + Optional.ofNullable(verdict.get("repair"))
                            .map(r -> " → " + r)
                            .orElse("")));
    return told;
  }

  private static List<String> verdicts(String metric, String parameters, String... samples) {
    return verdicts(metric, parameters, Limits.NONE, samples);
  }

  /** The verdicts, each with the number of its sample. */
  private static List<Map<String, @Nullable Object>> judged(
      String metric, String parameters, Limits limits, String... samples) {
    OperatorSpec spec = REGISTRY.find("quality." + metric).orElseThrow();
    List<String> numbered = Arrays.asList(samples);
    String input = "[" + String.join(", ", numbered) + "]";
    Map<String, Integer> numbers = new LinkedHashMap<>();
    var batch = JsonSamples.inputs(input).get(0);
    for (int i = 0; i < batch.count(); i++) {
      numbers.put(batch.keys().id(batch.row(i)).toString(), i);
    }
    List<Map<String, @Nullable Object>> verdicts = new ArrayList<>();
    for (Map<String, @Nullable Object> verdict :
        Trial.of(spec, parameters, input).judge(limits, ChangedCells.VALUES).verdicts()) {
      Map<String, @Nullable Object> numberedVerdict = new LinkedHashMap<>(verdict);
      numberedVerdict.put("sample", numbers.get(String.valueOf(verdict.get("id"))));
      verdicts.add(numberedVerdict);
    }
    return verdicts;
  }

  @Test
  void completenessBySampleTellsOncePerSampleWhichFieldsItMisses() {
    String[] samples = {
      "{\"a\": 1, \"b\": \"x\"}", "{\"a\": null, \"b\": \" \"}", "{\"a\": 2, \"b\": null}"
    };
    assertThat(judged("completeness", "{of: samples}", Limits.NONE, samples))
        .extracting(verdict -> verdict.get("sample") + " " + verdict.get("fields"))
        .containsExactly("1 [a, b]", "2 [b]");
    assertThat(verdicts("completeness", "{}", samples))
        .containsExactly("1 missing", "1 missing", "2 missing");
  }

  @Test
  void weightedCompletenessTellsOfFieldsThatCountAlone() {
    assertThat(
            judged(
                "completeness",
                "{of: weighted, weights: {a: 3, b: 0}}",
                Limits.NONE,
                "{\"a\": null, \"b\": 1}",
                "{\"a\": 1, \"b\": null}"))
        .extracting(verdict -> verdict.get("sample") + " " + verdict.get("fields"))
        .containsExactly("0 [a]");
  }

  @Test
  void uniquenessTellsOfAllThatShareAValueAndDistinctnessOfAllButTheFirst() {
    String[] samples = {"{\"a\": 7}", "{\"a\": 8}", "{\"a\": 7}", "{\"a\": null}", "{\"a\": 7}"};
    assertThat(verdicts("uniqueness", "{fields: [a]}", samples))
        .containsExactly("0 duplicate", "2 duplicate", "4 duplicate");
    assertThat(verdicts("distinctness", "{fields: [a]}", samples))
        .containsExactly("2 repeated", "4 repeated");
    assertThat(verdicts("distinctness", "{fields: [a], where: \"a > 7\"}", samples)).isEmpty();
  }

  @Test
  void monotonicityTellsOfValuesBelowTheOneBefore() {
    String[] samples = {"{\"a\": 1}", "{\"a\": 5}", "{\"a\": 3}", "{\"a\": null}", "{\"a\": 3}"};
    assertThat(verdicts("monotonicity", "{field: a}", samples)).containsExactly("2 out_of_order");
    assertThat(verdicts("monotonicity", "{field: a, ties: refused}", samples))
        .containsExactly("2 out_of_order", "4 out_of_order");
    assertThat(verdicts("monotonicity", "{field: a, direction: decreasing}", samples))
        .containsExactly("1 out_of_order");
  }

  @Test
  void aDependencyTellsOfTheMinorityOfAGroupAndProposesTheMajority() {
    String[] samples = {
      "{\"zip\": 1, \"city\": \"Oslo\"}",
      "{\"zip\": 1, \"city\": \"Oslo\"}",
      "{\"zip\": 1, \"city\": \"Olso\"}",
      "{\"zip\": 2, \"city\": \"Lima\"}",
      "{\"zip\": 1, \"city\": null}"
    };
    for (String of : List.of("dependency", "majority", "label")) {
      List<Map<String, @Nullable Object>> told =
          judged("consistency", "{fields: [zip, city], of: " + of + "}", Limits.NONE, samples);
      assertThat(told).hasSize(1);
      assertThat(told.get(0))
          .containsEntry("sample", 2)
          .containsEntry("reason", "minority")
          .containsEntry("fields", List.of("city", "zip"))
          .containsEntry("measured", 2.0 / 3)
          .containsEntry("value", "Olso")
          .containsEntry("repair", "Oslo");
    }
  }

  @Test
  void oneOfTwoEquallyFrequentValuesIsTheMinority() {
    assertThat(
            verdicts(
                "consistency",
                "{fields: [k, v], of: majority}",
                "{\"k\": 1, \"v\": 1}",
                "{\"k\": 1, \"v\": 2}"))
        .hasSize(1);
  }

  @Test
  void sourcesDisagreeOnlyWhereThereAreSeveral() {
    assertThat(
            verdicts(
                "consistency",
                "{fields: [id, name], of: source, source: from}",
                "{\"id\": 1, \"name\": \"a\", \"from\": \"x\"}",
                "{\"id\": 1, \"name\": \"a\", \"from\": \"y\"}",
                "{\"id\": 1, \"name\": \"b\", \"from\": \"y\"}",
                "{\"id\": 2, \"name\": \"c\", \"from\": \"x\"}",
                "{\"id\": 2, \"name\": \"c\", \"from\": \"x\"}",
                "{\"id\": 2, \"name\": \"d\", \"from\": \"x\"}"))
        .containsExactly("2 minority → a");
  }

  @Test
  void referencesFormatsAndRulesTellOfOrphansUnusualMasksAndBrokenRules() {
    assertThat(
            verdicts(
                "consistency",
                "{fields: [parent, id], of: reference}",
                "{\"id\": 1, \"parent\": null}",
                "{\"id\": 2, \"parent\": 1}",
                "{\"id\": 3, \"parent\": 9}"))
        .containsExactly("2 orphan");
    assertThat(
            verdicts(
                "consistency",
                "{fields: [code], of: format}",
                "{\"code\": \"AB-12\"}",
                "{\"code\": \"12\"}",
                "{\"code\": \"XYZ-7\"}",
                "{\"code\": null}"))
        .containsExactly("1 unusual_format");
    assertThat(
            verdicts(
                "consistency",
                "{of: rule, rule: \"low <= high\"}",
                "{\"low\": 3, \"high\": 2}",
                "{\"low\": null, \"high\": 2}",
                "{\"low\": 1, \"high\": 2}"))
        .containsExactly("0 breaks_rule");
  }

  @Test
  void accuracyTellsOfEachWrongValueAndProposesItsReference() {
    assertThat(
            verdicts(
                "accuracy",
                "{fields: [a, ra, b, rb]}",
                "{\"a\": \"x\", \"ra\": \" X\", \"b\": 1, \"rb\": 2}",
                "{\"a\": null, \"ra\": \"y\", \"b\": 1, \"rb\": null}"))
        .containsExactly("0 differs_from_reference → 2", "1 missing → y");
  }

  @Test
  void timelinessTellsOfSamplesOlderThanTheirTimeToLive() {
    String[] samples = {"{\"at\": 100}", "{\"at\": 90}", "{\"at\": 89}", "{\"at\": null}"};
    assertThat(verdicts("timeliness", "{field: at, ttl: 10s}", samples)).containsExactly("2 late");
    assertThat(
            verdicts(
                "timeliness", "{field: at, ttl: 10s, as_of: \"1970-01-01T00:01:41Z\"}", samples))
        .containsExactly("1 late", "2 late");
  }

  @Test
  void zScoresTellOfOutliersOnTheSidesAskedFor() {
    String[] samples = {
      "{\"x\": 0}", "{\"x\": 1}", "{\"x\": -1}", "{\"x\": 0}", "{\"x\": 9}", "{\"x\": -9}"
    };
    assertThat(verdicts("z_scores", "{field: x, below: 1.2}", samples))
        .containsExactly("4 outlying", "5 outlying");
    assertThat(verdicts("z_scores", "{field: x, below: 1.2, sides: upper}", samples))
        .containsExactly("4 outlying");
  }

  @Test
  void extremaTellOfSamplesBeyondTheLimitOfTheCheck() {
    String[] samples = {"{\"x\": 1}", "{\"x\": 3}", "{\"x\": null}", "{\"x\": 5}"};
    assertThat(verdicts("min", "{field: x}", Limits.from(3), samples))
        .containsExactly("0 below_limit");
    assertThat(verdicts("max", "{field: x}", Limits.of(1, 4), samples))
        .containsExactly("3 above_limit");
    assertThat(verdicts("min", "{field: x}", Limits.to(0), samples)).isEmpty();
  }

  @Test
  void quantilesTellOfSamplesOnTheSideThatIsWrong() {
    String[] samples = {"{\"x\": 1}", "{\"x\": 2}", "{\"x\": 3}", "{\"x\": 9}", "{\"x\": 9}"};
    assertThat(verdicts("quantile", "{field: x}", Limits.to(2), samples))
        .containsExactly("2 above_limit", "3 above_limit", "4 above_limit");
    assertThat(verdicts("quantile", "{field: x}", Limits.from(3.5), samples))
        .containsExactly("0 below_limit", "1 below_limit", "2 below_limit");
    assertThat(verdicts("quantile", "{field: x}", Limits.of(2, 4), samples)).isEmpty();
  }

  @Test
  void overlapTellsOfValuesOutsideTheSet() {
    String[] samples = {"{\"a\": \"x\"}", "{\"a\": \"w\"}", "{\"a\": \"w\"}", "{\"a\": null}"};
    assertThat(verdicts("overlap", "{field: a, set: [x, y], over: field}", samples))
        .containsExactly("1 not_in_set", "2 not_in_set");
    assertThat(verdicts("overlap", "{field: a, set: [x, y], over: set}", samples)).isEmpty();
  }

  @Test
  void agreementTellsOfWhatAnnotatorsLabelledDifferently() {
    assertThat(
            verdicts(
                "agreement",
                "{fields: [ann, bob, eve]}",
                "{\"ann\": \"x\", \"bob\": \"x\", \"eve\": null}",
                "{\"ann\": \"x\", \"bob\": \"y\", \"eve\": \"x\"}",
                "{\"ann\": \"x\", \"bob\": null, \"eve\": null}"))
        .containsExactly("1 disagreement");
    assertThat(
            verdicts(
                "agreement",
                "{unit: text, label: mood}",
                "{\"text\": 1, \"mood\": \"a\"}",
                "{\"text\": 2, \"mood\": \"a\"}",
                "{\"text\": 1, \"mood\": \"b\"}"))
        .containsExactly("0 disagreement", "2 disagreement");
  }

  @Test
  void labelConflictsTellOfEverySampleOfAGroupWithSeveralLabels() {
    assertThat(
            verdicts(
                "label_conflicts",
                "{label: y}",
                "{\"x\": 1, \"y\": \"a\"}",
                "{\"x\": 1, \"y\": \"b\"}",
                "{\"x\": 2, \"y\": \"a\"}",
                "{\"x\": 1, \"y\": null}"))
        .containsExactly("0 label_conflict", "1 label_conflict");
  }
}
