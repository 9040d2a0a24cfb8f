package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Metric;
import dev.quern.operator.TrainedModel.Answer;
import dev.quern.tensor.Loss;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is predicted: how it enters training, and what becomes of the network's predictions. */
sealed interface Target permits NumberTarget, ClassTarget {

  /** What training makes small. */
  Loss loss();

  /** Width of the network's output. */
  int outputs();

  /**
   * Returns the value of a sample that has a target as training takes it, or NaN if it is none of
   * the classes.
   */
  float trained(Column column, int row);

  /** Fields of the predictions. */
  List<Answer> answers();

  /**
   * Adds the graph outputs of the answers.
   *
   * @param prediction the network's prediction, [N, outputs] floats
   */
  void emit(GraphFields fields, String prediction);

  /** Returns the double answers to the sample whose predictions start at {@code from}. */
  double[] answer(float[] predictions, int from);

  /** What the tolerance of the answers is a part of. */
  double unit();

  /**
   * Measures predictions.
   *
   * @param prefix of the metrics' names
   * @param predictions outputs() floats for each sample
   * @param trained the targets as training takes them
   */
  List<Metric> metrics(String prefix, float[] predictions, float[] trained);

  /** Adds what the card tells. */
  void describe(Map<String, @Nullable Object> details);
}
