package dev.quern.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Measures of agreement on the examples of their papers. */
class AgreementReferenceTest {
  /** Fleiss 1971, Table 1: thirty patients, six psychiatrists, five diagnoses, sorted. */
  private static final String DIAGNOSES =
      "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333"
          + " 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445"
          + " 222224 111155 224444 133333 555555";

  private static Coincidences canonical() {
    // Four observers, twelve units, a dot for no value (Krippendorff 2011).
    String[] rows = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};
    Coincidences all = new Coincidences();
    for (int unit = 0; unit < 12; unit++) {
      List<String> values = new ArrayList<>();
      for (String row : rows) {
        if (row.charAt(unit) != '.') {
          values.add(String.valueOf(row.charAt(unit)));
        }
      }
      all.add(values);
    }
    return all;
  }

  @Test
  void alphaOfTheCanonicalExample() {
    Alpha nominal = Alpha.of(canonical(), Difference.NOMINAL);
    assertThat(nominal.alpha().orElseThrow()).isCloseTo(.743, within(5e-4));
    assertThat(nominal.items()).isEqualTo(11);
    assertThat(nominal.labels()).isEqualTo(40);
    assertThat(Alpha.of(canonical(), Difference.ORDINAL).alpha().orElseThrow())
        .isCloseTo(.815, within(5e-4));
    assertThat(Alpha.of(canonical(), Difference.INTERVAL).alpha().orElseThrow())
        .isCloseTo(.849, within(5e-4));
    assertThat(Alpha.of(canonical(), Difference.RATIO).alpha().orElseThrow())
        .isCloseTo(.797, within(5e-4));
  }

  @Test
  void alphaSaysNothingWhereLabelsDoNotVary() {
    Coincidences same = new Coincidences();
    same.add(List.of("a", "a"));
    same.add(List.of("b"));
    assertThat(Alpha.of(same, Difference.NOMINAL).alpha()).isEmpty();
    assertThat(Alpha.of(new Coincidences(), Difference.ORDINAL).alpha()).isEmpty();
  }

  @Test
  void numbersAreOrderedAsNumbers() {
    Coincidences tens = new Coincidences();
    tens.add(List.of("9", "10"));
    tens.add(List.of("100", "100"));
    tens.add(List.of("9", "9"));
    // 9 and 10 are neighbours: nearly all of the spread lies between the items.
    assertThat(Alpha.of(tens, Difference.INTERVAL).alpha().orElseThrow()).isGreaterThan(.99);
  }

  @Test
  void fleissKappaOfThePsychiatrists() {
    Coincidences patients = new Coincidences();
    for (String diagnoses : DIAGNOSES.split(" ")) {
      patients.add(List.of(diagnoses.split("")));
    }
    FleissKappa found = FleissKappa.of(patients);
    assertThat(found.items()).isEqualTo(30);
    assertThat(found.kappa().orElseThrow()).isCloseTo(.430, within(5e-4));
    assertThat(found.observed()).isCloseTo(.556, within(1e-3));
  }

  @Test
  void fleissKappaNeedsTheSameNumberOfLabelsForAllItems() {
    Coincidences uneven = new Coincidences();
    uneven.add(List.of("a", "b"));
    uneven.add(List.of("a", "b", "b"));
    assertThat(FleissKappa.of(uneven).kappa()).isEmpty();
  }

  @Test
  void cohenKappaOfTextbooks() {
    CohenKappa grants = kappa(CohenKappa.Weights.NONE, new long[][] {{20, 5}, {10, 15}});
    assertThat(grants.kappa().orElseThrow()).isCloseTo(.4, within(1e-12));
    assertThat(grants.error().orElseThrow()).isCloseTo(.126996, within(1e-6));
    assertThat(grants.items()).isEqualTo(50);
    // Fleiss, Statistical Methods for Rates and Proportions, 1981: psychosis, neurosis, organic.
    long[][] fleiss = {{75, 1, 4}, {5, 4, 1}, {0, 0, 10}};
    CohenKappa plain = kappa(CohenKappa.Weights.NONE, fleiss);
    assertThat(plain.kappa().orElseThrow()).isCloseTo(.676, within(5e-4));
    assertThat(plain.error().orElseThrow()).isCloseTo(.0877, within(5e-5));
    CohenKappa linear = kappa(CohenKappa.Weights.LINEAR, fleiss);
    assertThat(linear.kappa().orElseThrow()).isCloseTo(.7222222, within(1e-6));
    assertThat(linear.error().orElseThrow()).isCloseTo(.0843010, within(1e-6));
    CohenKappa quadratic = kappa(CohenKappa.Weights.QUADRATIC, fleiss);
    assertThat(quadratic.kappa().orElseThrow()).isCloseTo(.7553191, within(1e-6));
    assertThat(quadratic.error().orElseThrow()).isCloseTo(.0867071, within(1e-6));
  }

  @Test
  void cohenKappaLeavesOutWhatOneDidNotLabel() {
    VotePatterns votes = new VotePatterns(2);
    votes.add(pattern("a", "a"), 3);
    votes.add(pattern("b", null), 9);
    votes.add(pattern("b", "b"), 3);
    CohenKappa found = CohenKappa.of(votes.pairs(), CohenKappa.Weights.NONE);
    assertThat(found.items()).isEqualTo(6);
    assertThat(found.kappa()).contains(1.0);
    assertThat(CohenKappa.of(Map.of(), CohenKappa.Weights.NONE).kappa()).isEmpty();
  }

  private static CohenKappa kappa(CohenKappa.Weights weights, long[][] counts) {
    VotePatterns votes = new VotePatterns(2);
    for (int a = 0; a < counts.length; a++) {
      for (int b = 0; b < counts.length; b++) {
        votes.add(pattern("" + a, "" + b), counts[a][b]);
      }
    }
    return CohenKappa.of(votes.pairs(), weights);
  }

  static VotePatterns.Pattern pattern(@org.jspecify.annotations.Nullable String... votes) {
    return new VotePatterns.Pattern(
        Arrays.stream(votes).map(vote -> Optional.ofNullable(vote)).toList());
  }
}
