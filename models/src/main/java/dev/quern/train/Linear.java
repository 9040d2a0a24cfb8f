package dev.quern.train;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import java.io.IOException;
import java.util.List;

/**
 * A linear model: one number, or one per class, as a weighted sum of the inputs; linear regression
 * (mean squared error), logistic regression (two classes) or softmax regression. Inputs are
 * prepared as {@link Mlp} tells; every n-gram of a free text has a weight of its own for each
 * output.
 *
 * @param settings how it is trained
 */
public record Linear(Settings settings) implements Trainer {
  /** Larger than in deep networks: the loss has one valley. */
  private static final double ADAM_RATE = 0.005;

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "train.linear",
          new Localized(
              "Trains a linear model: regression, logistic or softmax regression.",
              "训练线性模型：线性回归、逻辑回归或 softmax 回归。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          Settings.PARAMS,
          List.of(
              new Example("{epochs: 200}", "[{\"x\": 1, \"y\": 5}, {\"x\": 2, \"y\": 8}]", "{}")),
          params -> new Linear(Settings.of(params, ADAM_RATE)));

  @Override
  public Schema predictions(Schema input, String target) {
    return new NetworkTraining(settings, LinearNetwork::of).predictions(input, target);
  }

  @Override
  public TrainedModel train(Training training) throws IOException {
    return new NetworkTraining(settings, LinearNetwork::of).train(training);
  }
}
