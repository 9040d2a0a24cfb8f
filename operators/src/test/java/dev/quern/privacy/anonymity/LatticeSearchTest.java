package dev.quern.privacy.anonymity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.privacy.anonymity.LatticeSearch.Found;
import dev.quern.trial.Tried;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeSearchTest {
  private static final List<Hierarchy> HIERARCHIES =
      List.of(
          new IntervalHierarchy(
              List.of(new java.math.BigDecimal(5), new java.math.BigDecimal(20)),
              java.math.BigDecimal.ZERO),
          new MaskHierarchy(2, MaskHierarchy.From.END),
          Hierarchy.all());

  /** Age, postcode and sex, some of them missing, and an illness. */
  private static Batch people(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    @Nullable Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      rows[i] =
          new Object[] {
            random.nextInt(9) == 0 ? null : (Object) (long) random.nextInt(20, 60),
            "8" + random.nextInt(3) + random.nextInt(4),
            random.nextBoolean() ? "f" : "m",
            "ill " + (char) ('a' + random.nextInt(4))
          };
    }
    return Tried.batch(
        Tried.schema("age", Type.LONG, "zip", Type.TEXT, "sex", Type.TEXT, "ill", Type.TEXT), rows);
  }

  private static Combinations counted(Batch batch) {
    Combinations combinations = new Combinations(new int[] {0, 1, 2, 3});
    combinations.add(batch);
    return combinations;
  }

  private static Levels[] levels(CombinationTable table) {
    Levels[] levels = new Levels[3];
    for (int i = 0; i < 3; i++) {
      levels[i] = Levels.of(HIERARCHIES.get(i), table.domains()[i]);
    }
    return levels;
  }

  private static List<List<PrivacyModel>> models(CombinationTable table) {
    TCloseness close = new TCloseness(0, 0.3, new TCloseness.Equal(), table.counts(3));
    return List.of(
        List.of(new KAnonymity(3)),
        List.of(new KAnonymity(2), new LDiversity(0, LDiversity.Kind.DISTINCT, 2, 0)),
        List.of(new LDiversity(0, LDiversity.Kind.ENTROPY, 2.5, 0)),
        List.of(new LDiversity(0, LDiversity.Kind.RECURSIVE, 2, 1.5)),
        List.of(new KAnonymity(2), close));
  }

  /** Judges every choice of levels from the raw table. */
  private static Optional<Long> oracle(
      CombinationTable table, List<PrivacyModel> models, Measure measure, long limit) {
    Levels[] levels = levels(table);
    Lattice lattice = new Lattice(new int[] {4, 4, 2});
    Optional<Long> best = Optional.empty();
    double least = Double.POSITIVE_INFINITY;
    for (long node = 0; node < lattice.size(); node++) {
      Judged judged = Judged.of(Classes.of(table, levels, lattice.levels(node)), models);
      if (judged.suppressed() <= limit && measure.loss(judged) < least) {
        least = measure.loss(judged);
        best = Optional.of(node);
      }
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void exactFindsWhatJudgingEveryChoiceFinds(long seed) {
    CombinationTable table = counted(people(seed, 60)).table();
    Levels[] levels = levels(table);
    int found = 0;
    for (List<PrivacyModel> models : models(table)) {
      for (Measures measures : Measures.values()) {
        for (double weight : new double[] {0, 0.3, 1}) {
          Measure measure = measures.of(table, levels, weight);
          for (long limit : new long[] {0, 6, 60}) {
            Optional<Found> exact =
                new LatticeSearch(table, levels, models, measure, limit).exact();
            Optional<Long> best = oracle(table, models, measure, limit);
            assertThat(exact.map(f -> new Lattice(new int[] {4, 4, 2}).node(f.levels())))
                .as("%s %s %s %s", models, measures, weight, limit)
                .isEqualTo(best);
            found += best.isPresent() ? 1 : 0;
          }
        }
      }
    }
    assertThat(found).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void greedyKeepsTheModelsAndIsNeverBetterThanExact(long seed) {
    CombinationTable table = counted(people(seed, 200)).table();
    Levels[] levels = levels(table);
    Measure measure = Measures.ENTROPY.of(table, levels, 1);
    for (List<PrivacyModel> models : models(table)) {
      LatticeSearch search = new LatticeSearch(table, levels, models, measure, 10);
      Optional<Found> exact = search.search(LatticeSearch.Kind.EXACT);
      Optional<Found> greedy =
          new LatticeSearch(table, levels, models, measure, 10).search(LatticeSearch.Kind.GREEDY);
      assertThat(greedy.isPresent()).isEqualTo(exact.isPresent());
      if (greedy.isPresent()) {
        assertThat(greedy.get().judged().suppressed()).isLessThanOrEqualTo(10);
        assertThat(greedy.get().loss()).isGreaterThanOrEqualTo(exact.orElseThrow().loss());
        assertThat(greedy.get().loss()).isLessThanOrEqualTo(1.2 * exact.get().loss() + 1e-9);
        assertThat(greedy.get().proven()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11})
  void coarserLevelsSuppressNoMoreWhereTheModelsAreMonotone(long seed) {
    CombinationTable table = counted(people(seed, 80)).table();
    Levels[] levels = levels(table);
    Lattice lattice = new Lattice(new int[] {4, 4, 2});
    for (List<PrivacyModel> models : models(table)) {
      boolean monotone = models.stream().allMatch(PrivacyModel::isMonotone);
      for (long node = 0; node < lattice.size(); node++) {
        int[] at = lattice.levels(node);
        Classes classes = Classes.of(table, levels, at);
        long suppressed = Judged.of(classes, models).suppressed();
        for (int field = 0; field < 3; field++) {
          if (!lattice.isTop(at, field)) {
            int[] up = lattice.levels(node + lattice.stride(field));
            Classes above = classes.up(up);
            assertThat(above.sizes()).hasSizeLessThanOrEqualTo(classes.size());
            long more = Judged.of(above, models).suppressed();
            if (monotone) {
              assertThat(more).isLessThanOrEqualTo(suppressed);
            } else if (suppressed == 0) {
              assertThat(more).isZero();
            }
          }
        }
      }
    }
  }

  @Test
  void countsMergeInAnyOrderToOneState() throws IOException {
    List<Batch> parts = List.of(people(1, 40), people(2, 30), people(3, 50));
    List<byte[]> states = new ArrayList<>();
    for (int[] order : new int[][] {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}}) {
      Combinations all = new Combinations(new int[] {0, 1, 2, 3});
      for (int part : order) {
        all.merge(copy(counted(parts.get(part))));
      }
      states.add(state(all));
    }
    Combinations whole = new Combinations(new int[] {0, 1, 2, 3});
    parts.forEach(whole::add);
    assertThat(states).allSatisfy(state -> assertThat(state).isEqualTo(states.get(0)));
    assertThat(state(whole)).isEqualTo(states.get(0));
    assertThat(whole.table().samples()).isEqualTo(120);
  }

  private static byte[] state(Combinations combinations) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    combinations.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Combinations copy(Combinations combinations) throws IOException {
    return Combinations.read(
        new DataInputStream(new ByteArrayInputStream(state(combinations))), new int[] {0, 1, 2, 3});
  }

  @Test
  void manyFieldsAreNumberedBeyondTheRangeOfALong() {
    int[][] columns = new int[12][1000];
    int[] cardinalities = new int[12];
    for (int field = 0; field < 12; field++) {
      cardinalities[field] = Integer.MAX_VALUE;
      for (int row = 0; row < 1000; row++) {
        columns[field][row] = row % 500 * 4_000_037 % Integer.MAX_VALUE;
      }
    }
    int[] ids = new int[1000];
    assertThat(Dense.number(columns, cardinalities, 1000, ids)).isEqualTo(500);
    assertThat(ids[0]).isEqualTo(ids[500]).isNotEqualTo(ids[1]);
  }

  @Test
  void tooManyChoicesAreNotSearchedExactly() {
    CombinationTable table = counted(people(1, 5)).table();
    Levels[] many = new Levels[9];
    for (int i = 0; i < 9; i++) {
      many[i] = Levels.of(new MaskHierarchy(9, MaskHierarchy.From.END), new String[] {null, "a"});
    }
    assertThatThrownBy(
            () -> new LatticeSearch(table, many, List.of(), new Discernibility(5, 1), 0).exact())
        .hasMessageStartingWith(
            "exact search must have at most 50000000 choices of levels; found: ");
  }
}
