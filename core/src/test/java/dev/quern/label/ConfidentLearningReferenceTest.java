package dev.quern.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of cleanlab 2.9.0 and the verdicts of people on the labels of CIFAR-10. */
class ConfidentLearningReferenceTest {

  @Test
  void flagsAsManyLabelsAsCleanlab() throws IOException {
    Cifar cifar = Cifar.read();
    List<String> found = new ArrayList<>();
    for (LabelIssues by : LabelIssues.values()) {
      found.add(by + " " + learnt(cifar, by, Collisions.COMPATIBLE).flagged());
    }
    assertThat(found)
        .containsExactly(
            "PRUNE_BY_NOISE_RATE 284",
            "PRUNE_BY_CLASS 284",
            "BOTH 226",
            "CONFIDENT_LEARNING 244",
            "PREDICTED_NEQ_GIVEN 706");
  }

  @Test
  void learnsItsThresholdsAndItsNumberOfIssues() throws IOException {
    Learning learnt = learnt(Cifar.read(), LabelIssues.CONFIDENT_LEARNING, Collisions.COMPATIBLE);
    assertThat(learnt.thresholds())
        .containsExactly(
            new double[] {
              .92144, .95128, .91550, .81612, .92330, .86554, .93898, .94475, .96535, .92669
            },
            within(5e-6));
    assertThat(learnt.issues()).isEqualTo(244);
    assertThat(learnt.labels()).containsOnly(1000);
  }

  @Test
  void whereNoSampleIsConfidentOfSeveralClassesBothWaysAgree() throws IOException {
    Cifar cifar = Cifar.read();
    for (LabelIssues by : LabelIssues.values()) {
      assertThat(learnt(cifar, by, Collisions.CORRECT).flags())
          .isEqualTo(learnt(cifar, by, Collisions.COMPATIBLE).flags());
    }
  }

  @Test
  void theFlagsOfConfidentLearningHoldMostErrorsThatPeopleFound() throws IOException {
    Cifar cifar = Cifar.read();
    boolean[] flags = learnt(cifar, LabelIssues.CONFIDENT_LEARNING, Collisions.COMPATIBLE).flags();
    List<Cifar.Review> errors = cifar.reviews().stream().filter(Cifar.Review::isError).toList();
    assertThat(cifar.reviews()).hasSize(275);
    assertThat(errors).hasSize(54);
    assertThat(errors.stream().filter(error -> flags[error.position()])).hasSize(48);
  }

  @Test
  void rankingsFindTheErrorsThatPeopleFound() throws IOException {
    Cifar cifar = Cifar.read();
    Ranking self = Ranking.of(cifar, LabelScore.SELF_CONFIDENCE);
    assertThat(self.errorsIn(275)).isEqualTo(44);
    assertThat(self.averagePrecision(10_000)).isCloseTo(.236, within(5e-4));
    Ranking margin = Ranking.of(cifar, LabelScore.NORMALIZED_MARGIN);
    assertThat(margin.errorsIn(275)).isEqualTo(54);
    assertThat(margin.auroc()).isCloseTo(.991, within(5e-4));
    assertThat(margin.averagePrecision(10_000)).isCloseTo(.285, within(5e-4));
    Ranking entropy = Ranking.of(cifar, LabelScore.CONFIDENCE_WEIGHTED_ENTROPY);
    assertThat(entropy.errorsIn(275)).isEqualTo(33);
    assertThat(Ranking.ofReviewed(cifar, LabelScore.NORMALIZED_MARGIN).averagePrecision(275))
        .isGreaterThanOrEqualTo(.285);
  }

  private static Learning learnt(Cifar cifar, LabelIssues by, Collisions collisions) {
    return Learning.of(cifar.probabilities(), cifar.labels(), by, collisions);
  }

  /** Whether the samples are errors, from the least to the most credible label. */
  private record Ranking(boolean[] errors) {
    static Ranking of(Cifar cifar, LabelScore score) {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < cifar.labels().length; i++) {
        all.add(i);
      }
      return of(cifar, score, all);
    }

    static Ranking ofReviewed(Cifar cifar, LabelScore score) {
      return of(
          cifar,
          score,
          new ArrayList<>(cifar.reviews().stream().map(Cifar.Review::position).toList()));
    }

    private static Ranking of(Cifar cifar, LabelScore score, List<Integer> positions) {
      double[] scores = new double[cifar.labels().length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = score.of(cifar.probabilities()[i], cifar.labels()[i]);
      }
      positions.sort(Comparator.comparingDouble(i -> scores[i]));
      boolean[] wrong = new boolean[scores.length];
      cifar.reviews().forEach(review -> wrong[review.position()] = review.isError());
      boolean[] errors = new boolean[positions.size()];
      for (int i = 0; i < errors.length; i++) {
        errors[i] = wrong[positions.get(i)];
      }
      return new Ranking(errors);
    }

    int errorsIn(int first) {
      int found = 0;
      for (int i = 0; i < first; i++) {
        found += errors[i] ? 1 : 0;
      }
      return found;
    }

    double averagePrecision(int last) {
      double sum = 0;
      int found = 0;
      for (int i = 0; i < last; i++) {
        if (errors[i]) {
          sum += (double) ++found / (i + 1);
        }
      }
      return sum / found;
    }

    /** The share of pairs of an error and another sample in which the error comes first. */
    double auroc() {
      double pairs = 0;
      int others = 0;
      int found = errorsIn(errors.length);
      for (int i = errors.length - 1; i >= 0; i--) {
        if (errors[i]) {
          pairs += others;
        } else {
          others++;
        }
      }
      return pairs / found / others;
    }
  }
}
