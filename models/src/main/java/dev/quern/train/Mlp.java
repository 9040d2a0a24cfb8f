package dev.quern.train;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import dev.quern.tensor.Activation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron.
 *
 * <p>Inputs are prepared by role and type, everything learnt from the train split (from all samples
 * where there are no splits):
 *
 * <ul>
 *   <li>numbers, bools, decimals, timestamps and dates: (x − mean) / σ, within ±100; missing values
 *       become the mean, with a second input that tells so if train had any; a field of one value
 *       is left out
 *   <li>texts of at most {@code max_categories} values, each of at most 128 bytes and seen twice on
 *       average: one input per value seen at least twice, one for missing if train had any, one for
 *       all other values if train had any seen once; another value at prediction reads as these
 *   <li>other texts: hashed n-grams (see {@code HashedNgrams}) into an embedding bag of 32 numbers
 *   <li>left out: the target, identifiers, subjects, groups, bytes, lists and structs
 * </ul>
 *
 * <p>A number as target is predicted as a number (trained as z-score), a bool or text as one of its
 * classes; {@code loss} makes classes of whole numbers too. Classes stand in the order of their
 * text; the positive one of two is the second unless {@code positive} says otherwise, and is
 * predicted from probability 0.5 on. Samples without target are not used. The predictions are
 * {@code prediction} and, for classes, its {@code probability}; up to 20 classes have {@code
 * probability.<class>} each.
 *
 * @param hidden units of each hidden layer
 * @param activation the function after each hidden layer
 * @param settings how it is trained
 */
public record Mlp(List<Integer> hidden, Activation activation, Settings settings)
    implements Trainer {
  /** Width of the vector that stands for a free text (floats). */
  private static final int TEXT_WIDTH = 32;

  private static final double ADAM_RATE = 0.001;

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "train.mlp",
          new Localized(
              "Trains a multilayer perceptron on numbers, categories and texts.",
              "在数值、类别和文本上训练多层感知机。"),
          "Rumelhart, Hinton and Williams 1986, Nature 323; adam: Kingma and Ba 2015, arXiv:1412.6980",
          1,
          Serving.TRAINING_ONLY,
          params(),
          List.of(
              new Example(
                  "{hidden: [8], epochs: 2}",
                  "[{\"x\": 1, \"y\": \"a\"}, {\"x\": 2, \"y\": \"b\"}]",
                  "{}")),
          params ->
              new Mlp(
                  params.get(Settings.HIDDEN),
                  params.get(Settings.ACTIVATION),
                  Settings.of(params, ADAM_RATE)));

  private static List<Param<?>> params() {
    List<Param<?>> all = new ArrayList<>();
    all.add(Settings.HIDDEN);
    all.add(Settings.ACTIVATION);
    all.addAll(Settings.PARAMS);
    return all;
  }

  @Override
  public Schema predictions(Schema input, String target) {
    return training().predictions(input, target);
  }

  @Override
  public TrainedModel train(Training training) throws IOException {
    return training().train(training);
  }

  private NetworkTraining training() {
    return new NetworkTraining(
        settings,
        (dense, texts, outputs) ->
            new dev.quern.tensor.Mlp(
                dense,
                texts.stream()
                    .map(text -> new dev.quern.tensor.Mlp.Bag(text.name(), text.rows(), TEXT_WIDTH))
                    .toList(),
                hidden,
                activation,
                outputs));
  }
}
