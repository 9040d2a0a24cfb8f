package dev.quern.privacy.anonymity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quern.privacy.anonymity.LatticeSearch.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The values of ARX 3.9 on the 30,162 samples of Adult without unknown values. */
class ArxReferenceTest {
  @BeforeAll
  static void there() {
    Adult.assumeThere();
  }

  private static Found kAnonymous(int k, double suppression) throws IOException {
    CombinationTable table = Adult.table(Adult.FIELDS, List.of());
    Levels[] levels = Adult.levels(table, Adult.FIELDS);
    return new LatticeSearch(
            table,
            levels,
            List.of(new KAnonymity(k)),
            new NonUniformEntropy(table, levels, 0),
            (long) (suppression * table.samples()))
        .exact()
        .orElseThrow();
  }

  private static void assertIs(
      Found found, double loss, long suppressed, int before, int after, Integer... levels) {
    assertThat(found.levels()).containsExactly(levels);
    assertThat(found.loss()).isCloseTo(loss, within(1e-8));
    assertThat(found.judged().suppressed()).isEqualTo(suppressed);
    assertThat(found.judged().classes().size()).isEqualTo(before);
    assertThat(found.judged().keptClasses()).isEqualTo(after);
    assertThat(found.choices()).isEqualTo(12_960);
  }

  @Test
  void fiveAnonymousWithFourPercentSuppressed() throws IOException {
    assertIs(kAnonymous(5, 0.04), 255559.85455731067, 906, 1498, 1046, 1, 0, 1, 1, 3, 2, 2, 0, 1);
  }

  @Test
  void hundredAnonymousWithFourPercentSuppressed() throws IOException {
    assertIs(kAnonymous(100, 0.04), 379417.3460570988, 866, 90, 57, 1, 1, 1, 1, 3, 2, 2, 1, 1);
  }

  @Test
  void fiveAnonymousWithoutSuppression() throws IOException {
    assertIs(kAnonymous(5, 0), 407289.5388925293, 0, 48, 48, 1, 2, 1, 1, 3, 2, 2, 1, 1);
  }

  @Test
  void hundredAnonymousWithoutSuppression() throws IOException {
    assertIs(kAnonymous(100, 0), 453196.8932458743, 0, 12, 12, 0, 4, 1, 1, 3, 2, 2, 1, 1);
  }

  @Test
  void greedyLosesLittleAgainstExact() throws IOException {
    CombinationTable table = Adult.table(Adult.FIELDS, List.of());
    Levels[] levels = Adult.levels(table, Adult.FIELDS);
    for (int k : new int[] {5, 100}) {
      for (double suppression : new double[] {0, 0.04}) {
        long limit = (long) (suppression * table.samples());
        NonUniformEntropy entropy = new NonUniformEntropy(table, levels, 0);
        List<PrivacyModel> models = List.of(new KAnonymity(k));
        Found greedy =
            new LatticeSearch(table, levels, models, entropy, limit).greedy().orElseThrow();
        double best = kAnonymous(k, suppression).loss();
        assertThat(greedy.judged().suppressed()).isLessThanOrEqualTo(limit);
        assertThat(greedy.loss()).isBetween(best, 1.06 * best);
      }
    }
  }

  private static List<String> withoutOccupation() {
    List<String> quasi = new ArrayList<>(Adult.FIELDS);
    quasi.remove("occupation");
    return quasi;
  }

  @Test
  void entropyDiverseOccupations() throws IOException {
    CombinationTable table = Adult.table(withoutOccupation(), List.of("occupation"));
    Levels[] levels = Adult.levels(table, withoutOccupation());
    Found found =
        new LatticeSearch(
                table,
                levels,
                List.of(new LDiversity(0, LDiversity.Kind.ENTROPY, 5, 0)),
                new NonUniformEntropy(table, levels, 1),
                (long) (0.04 * table.samples()))
            .exact()
            .orElseThrow();
    assertThat(found.levels()).containsExactly(1, 0, 1, 1, 2, 2, 2, 1);
    assertThat(found.loss()).isCloseTo(228878.2039109519, within(1e-8));
  }

  @Test
  void closeOccupations() throws IOException {
    CombinationTable table = Adult.table(withoutOccupation(), List.of("occupation"));
    Levels[] levels = Adult.levels(table, withoutOccupation());
    TCloseness close = new TCloseness(0, 0.2, new TCloseness.Equal(), table.counts(8));
    Found found =
        new LatticeSearch(
                table,
                levels,
                List.of(new KAnonymity(5), close),
                new Discernibility(table.samples(), 0),
                (long) (0.04 * table.samples()))
            .exact()
            .orElseThrow();
    assertThat(found.levels()).containsExactly(1, 4, 1, 0, 3, 2, 2, 1);
    assertThat(found.loss()).isEqualTo(3.11880088E8);
  }

  @Test
  void riskOfTheRawTable() throws IOException {
    Risk risk = Risk.of(Adult.table(Adult.FIELDS, List.of()).counts());
    assertThat(risk.average()).isEqualTo(0.6465751607983555);
    assertThat(risk.classes()).isEqualTo(19_502);
    assertThat(risk.uniqueness()).isEqualTo(0.5142895033485844);
    assertThat(risk.unique()).isEqualTo(15_512);
  }

  /** ARX chooses these levels by the rank of its loss metric; nothing is suppressed at them. */
  @Test
  void riskAfterTwoAnonymity() throws IOException {
    CombinationTable table = Adult.table(Adult.FIELDS, List.of());
    Levels[] levels = Adult.levels(table, Adult.FIELDS);
    Classes classes = Classes.of(table, levels, new int[] {0, 4, 1, 2, 1, 2, 2, 1, 0});
    Judged judged = Judged.of(classes, List.of(new KAnonymity(2)));
    Risk risk = Risk.of(judged.keptSizes());
    assertThat(judged.suppressed()).isZero();
    assertThat(risk.highest()).isEqualTo(0.5);
    assertThat(risk.average()).isEqualTo(0.001922949406538028);
  }

  @Test
  void uniquenessOfThePopulation() throws IOException {
    long[] sizes = Adult.table(Adult.FIELDS, List.of()).counts();
    assertThat(new PopulationUniqueness(sizes, 0.01).dankar()).isCloseTo(0.1446, within(5e-5));
    assertThat(new PopulationUniqueness(sizes, 0.1).pitman()).isCloseTo(0.2768, within(5e-5));
    assertThat(new PopulationUniqueness(sizes, 0.1).zayatz()).isCloseTo(0.3207, within(5e-5));
    assertThat(new PopulationUniqueness(sizes, 0.2).dankar()).isCloseTo(0.3577, within(5e-5));
    assertThat(new PopulationUniqueness(sizes, 1).dankar()).isEqualTo(0.5142895033485844);
  }
}
