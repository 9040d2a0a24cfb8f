package dev.quern.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Trains a network by mini-batches. The order of samples in an epoch follows from the seed, the
 * epoch and the samples' keys, so neither storage nor threads change a bit of the result.
 *
 * @param epochs passes over the data, at most
 * @param batchSize samples per step; the last batch of an epoch may be smaller
 * @param optimizer the rule of a step
 * @param loss what is made small
 * @param seed of the order
 * @param earlyStopping when to stop before the last epoch; wants validation data
 */
public record TrainingLoop(
    int epochs,
    int batchSize,
    Optimizer optimizer,
    Loss loss,
    long seed,
    Optional<EarlyStopping> earlyStopping) {

  /**
   * Stops when the validation loss has not become better for some epochs, and goes back to the
   * parameters of the best one.
   *
   * @param patience epochs without improvement that are borne
   * @param minImprovement by how much the loss must fall to count as improved
   */
  public record EarlyStopping(int patience, double minImprovement) {
    public EarlyStopping {
      requirePositive("patience", "epochs", patience);
      if (!(minImprovement >= 0)) {
        throw new IllegalArgumentException(
            "min_improvement must be >= 0 (loss); found: " + minImprovement);
      }
    }
  }

  /**
   * What an epoch brought.
   *
   * @param number from 1 on
   * @param trainLoss mean per sample, while the parameters were moving
   * @param validationLoss mean per sample after the epoch
   */
  public record Epoch(int number, double trainLoss, OptionalDouble validationLoss) {}

  /**
   * What training brought.
   *
   * @param parameters the trained values
   * @param history the epochs that were run
   * @param epoch the number of the one that the parameters are from; 0 when none was run
   */
  public record Trained(Parameters parameters, List<Epoch> history, int epoch) {
    public Trained {
      history = List.copyOf(history);
    }
  }

  public TrainingLoop {
    requirePositive("epochs", "epochs", epochs);
    requirePositive("batch_size", "samples", batchSize);
  }

  /**
   * Trains a copy of {@code start}.
   *
   * @param progress is told of every epoch when it ends; what it throws ends the training
   */
  public Trained fit(
      Network network,
      Parameters start,
      TrainingData train,
      Optional<TrainingData> validation,
      Kernels kernels,
      Workers workers,
      Consumer<Epoch> progress) {
    check(network, train, validation);
    Parameters parameters = start.copy();
    Stepper stepper = new Stepper(optimizer, parameters);
    BatchGradient gradient = new BatchGradient(network, loss, parameters, kernels, workers);
    Scoring scoring = new Scoring(network, loss, parameters, kernels, workers);
    List<Epoch> history = new ArrayList<>();
    Parameters best = parameters.copy();
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    int[] canonical = train.byKey();
    for (int number = 1; number <= epochs; number++) {
      double sum = 0;
      int[] order = order(train.keys(), canonical, number);
      for (int from = 0; from < order.length; from += batchSize) {
        int to = Math.min(order.length, from + batchSize);
        sum += gradient.run(train, order, from, to);
        stepper.step(gradient.sum(), to - from);
      }
      OptionalDouble validated =
          validation.map(scoring::meanLoss).map(OptionalDouble::of).orElse(OptionalDouble.empty());
      Epoch epoch = new Epoch(number, sum / order.length, validated);
      requireFinite(epoch);
      history.add(epoch);
      progress.accept(epoch);
      if (earlyStopping.isPresent()) {
        double current = validated.orElseThrow();
        if (bestEpoch == 0 || current < bestLoss - earlyStopping.get().minImprovement()) {
          bestLoss = current;
          bestEpoch = number;
          best.assign(parameters);
        } else if (number - bestEpoch >= earlyStopping.get().patience()) {
          break;
        }
      }
    }
    return earlyStopping.isPresent()
        ? new Trained(best, history, bestEpoch)
        : new Trained(parameters, history, epochs);
  }

  private void check(Network network, TrainingData train, Optional<TrainingData> validation) {
    train.requireFor(network, loss);
    validation.ifPresent(data -> data.requireFor(network, loss));
    requirePositive("training data", "samples", train.samples());
    validation.ifPresent(data -> requirePositive("validation data", "samples", data.samples()));
    if (earlyStopping.isPresent() && validation.isEmpty()) {
      throw new IllegalArgumentException(
          "early stopping must have validation data (samples); found: none");
    }
  }

  /** Samples sorted by a hash of seed, epoch and key; {@code canonical} decides among equals. */
  int[] order(long[] keys, int[] canonical, int epoch) {
    int n = keys.length;
    int indexBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(n - 1));
    long mask = (1L << indexBits) - 1;
    long epochSeed = Draws.bits(seed, epoch);
    long[] packed = new long[n];
    for (int rank = 0; rank < n; rank++) {
      packed[rank] = (Draws.mix(epochSeed ^ Draws.mix(keys[canonical[rank]])) & ~mask) | rank;
    }
    Arrays.sort(packed);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = canonical[(int) (packed[i] & mask)];
    }
    return order;
  }

  private static void requireFinite(Epoch epoch) {
    if (!Double.isFinite(epoch.trainLoss()) || !Double.isFinite(epoch.validationLoss().orElse(0))) {
      throw new ArithmeticException(
          "epoch "
              + epoch.number()
              + ": loss must be finite; found: train "
              + epoch.trainLoss()
              + "; lower learning_rate or scale the inputs");
    }
  }

  private static void requirePositive(String where, String unit, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(where + " must be >= 1 (" + unit + "); found: " + value);
    }
  }
}
