package dev.quern.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.quern.tensor.TrainingLoop.EarlyStopping;
import dev.quern.tensor.TrainingLoop.Epoch;
import dev.quern.tensor.TrainingLoop.Trained;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {

  private static final Mlp TEXT =
      new Mlp(13, List.of(new Mlp.Bag("text", 50, 6)), List.of(21), Activation.RELU, 3);

  static Parameters train(Mlp mlp, TrainingData data, Kernels kernels, Workers workers) {
    TrainingLoop loop =
        new TrainingLoop(
            2, 170, Optimizer.Adam.of(0.01), Loss.CATEGORICAL_CROSS_ENTROPY, 4, Optional.empty());
    return loop.fit(mlp, mlp.start(9), data, Optional.empty(), kernels, workers, epoch -> {})
        .parameters();
  }

  @Test
  void learnsALineFromNoisyPoints() {
    int samples = 100;
    float[] x = Drawn.floats(1, samples);
    float[] y = new float[samples];
    for (int i = 0; i < samples; i++) {
      y[i] = 3 * x[i] + 2 + (Draws.bits(7, i) >>> 40) * 0x1p-24f; // U(0, 1)
    }
    Mlp line = Mlp.linear(1, 1);
    TrainingLoop loop =
        new TrainingLoop(
            100, 10, new Optimizer.Sgd(0.05, 0), Loss.SQUARED_ERROR, 1, Optional.empty());
    Trained trained = fit(loop, line, data(x, y), Optional.empty());
    assertThat(trained.parameters().values("output.w")[0]).isCloseTo(3f, offset(0.1f));
    assertThat(trained.parameters().values("output.b")[0]).isCloseTo(2.5f, offset(0.1f));
    // The noise that no line can follow has variance 1/12.
    assertThat(trained.history().get(99).trainLoss()).isCloseTo(1.0 / 12, offset(0.02));
  }

  @Test
  void learnsExclusiveOrWithAHiddenLayer() {
    TrainingData data = data(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, new float[] {0, 1, 1, 0});
    Mlp mlp = new Mlp(2, List.of(), List.of(8), Activation.TANH, 1);
    TrainingLoop loop =
        new TrainingLoop(
            300, 4, Optimizer.Adam.of(0.05), Loss.BINARY_CROSS_ENTROPY, 1, Optional.empty());
    Trained trained = fit(loop, mlp, data, Optional.empty());
    float[] p = scoring(mlp, Loss.BINARY_CROSS_ENTROPY, trained.parameters()).predictions(data);
    assertThat(p[0]).isLessThan(0.05f);
    assertThat(p[1]).isGreaterThan(0.95f);
    assertThat(p[2]).isGreaterThan(0.95f);
    assertThat(p[3]).isLessThan(0.05f);
  }

  @Test
  void learnsWhichWordMakesTheClass() {
    int samples = 300;
    int[] offsets = IntStream.rangeClosed(0, samples).map(i -> 3 * i).toArray();
    int[] ids = Drawn.ints(3, 3 * samples, 500);
    float[] weights = new float[ids.length];
    float[] targets = new float[samples];
    java.util.Arrays.fill(weights, 1);
    for (int i = 0; i < samples; i++) {
      targets[i] = i % 3;
      ids[3 * i + 1] = i % 3; // rows 0 to 2 decide, the others are noise
    }
    long[] keys = IntStream.range(0, samples).mapToLong(i -> i).toArray();
    TrainingData data =
        new TrainingData(
            keys, new float[0], List.of(new TrainingData.Bags(offsets, ids, weights)), targets);
    Mlp mlp = new Mlp(0, List.of(new Mlp.Bag("text", 500, 8)), List.of(), Activation.RELU, 3);
    TrainingLoop loop =
        new TrainingLoop(
            30, 32, Optimizer.Adam.of(0.02), Loss.CATEGORICAL_CROSS_ENTROPY, 1, Optional.empty());
    Trained trained = fit(loop, mlp, data, Optional.empty());
    assertThat(trained.history().get(29).trainLoss()).isLessThan(0.1);
  }

  @Test
  void anyNumberOfThreadsGivesEqualBits() {
    TrainingData data = Drawn.data(TEXT, Loss.CATEGORICAL_CROSS_ENTROPY, 3, 500, 8);
    TrainingLoop loop =
        new TrainingLoop(
            5, 256, Optimizer.Adam.of(0.01), Loss.CATEGORICAL_CROSS_ENTROPY, 4, Optional.empty());
    ExecutorService pool =
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    List<Trained> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 5}) {
      results.add(
          loop.fit(
              TEXT,
              TEXT.start(9),
              data,
              Optional.of(data),
              Kernels.best(),
              new Workers(pool, threads),
              epoch -> {}));
    }
    pool.shutdown();
    assertThat(results.get(0).parameters()).isNotEqualTo(TEXT.start(9));
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  /** Written down once; holds on JDK 17 and 25, with 4, 8 or 16 lanes or none. */
  @Test
  void theTrainedBitsAreTheSameOnEveryMachine() throws NoSuchAlgorithmException {
    Mlp mlp = new Mlp(13, List.of(new Mlp.Bag("text", 50, 6)), List.of(21, 9), Activation.TANH, 3);
    TrainingData data = Drawn.data(mlp, Loss.CATEGORICAL_CROSS_ENTROPY, 3, 300, 8);
    for (Kernels kernels : List.of(Kernels.best(), Kernels.scalar())) {
      byte[] trained = train(mlp, data, kernels, Workers.caller()).toBytes();
      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(trained)))
          .isEqualTo("fb50dfc8c225d40cc5114818fc61fe6d1017d90e3049cd5f8fad3d6ff2e8e0b7");
    }
  }

  @Test
  void trainsOnAPoolWhoseOnlyThreadIsTheCaller() throws Exception {
    TrainingData data = Drawn.data(TEXT, Loss.CATEGORICAL_CROSS_ENTROPY, 3, 200, 8);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Parameters inside =
        pool.submit(() -> train(TEXT, data, Kernels.best(), new Workers(pool, 3))).get();
    pool.shutdown();
    assertThat(inside).isEqualTo(train(TEXT, data, Kernels.best(), Workers.caller()));
  }

  @Test
  void trainsOnAPoolThatTakesNothing() {
    TrainingData data = Drawn.data(TEXT, Loss.CATEGORICAL_CROSS_ENTROPY, 3, 200, 8);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    pool.shutdown();
    assertThat(train(TEXT, data, Kernels.best(), new Workers(pool, 3)))
        .isEqualTo(train(TEXT, data, Kernels.best(), Workers.caller()));
  }

  @Test
  void aFailureInAPieceReachesTheCallerWithoutTheValue() {
    TrainingData data = Drawn.data(TEXT, Loss.CATEGORICAL_CROSS_ENTROPY, 3, 200, 8);
    data.targets()[150] = 77;
    ExecutorService pool = Executors.newFixedThreadPool(2);
    assertThatThrownBy(() -> train(TEXT, data, Kernels.best(), new Workers(pool, 3)))
        .hasMessage("target must be a whole number in [0, 3) (class); found another value");
    pool.shutdown();
  }

  @Test
  void theOrderOfStorageDoesNotMatter() {
    TrainingData data = Drawn.data(Mlp.linear(4, 2), Loss.SQUARED_ERROR, 2, 90, 8);
    int[] turned = IntStream.range(0, 90).map(i -> 89 - i).toArray();
    long[] keys = IntStream.of(turned).mapToLong(i -> data.keys()[i]).toArray();
    float[] dense = new float[90 * 4];
    for (int i = 0; i < 90; i++) {
      System.arraycopy(data.dense(), turned[i] * 4, dense, i * 4, 4);
    }
    TrainingData stored = new TrainingData(keys, dense, List.of(), data.targets(turned, 0, 90));
    TrainingLoop loop =
        new TrainingLoop(3, 16, new Optimizer.Sgd(0.1, 0), Loss.SQUARED_ERROR, 4, Optional.empty());
    assertThat(fit(loop, Mlp.linear(4, 2), stored, Optional.of(stored)))
        .isEqualTo(fit(loop, Mlp.linear(4, 2), data, Optional.of(data)));
  }

  @Test
  void everyEpochHasAnOrderOfItsOwnWithEverySampleOnce() {
    TrainingData data = Drawn.data(Mlp.linear(1, 1), Loss.SQUARED_ERROR, 1, 1000, 8);
    TrainingLoop loop =
        new TrainingLoop(1, 16, new Optimizer.Sgd(0.1, 0), Loss.SQUARED_ERROR, 4, Optional.empty());
    int[] first = loop.order(data.keys(), data.byKey(), 1);
    int[] second = loop.order(data.keys(), data.byKey(), 2);
    assertThat(first).isNotEqualTo(second);
    assertThat(IntStream.of(first).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
  }

  @Test
  void earlyStoppingGoesBackToTheBestEpoch() {
    // 20 samples, 30 inputs and labels by chance: what is learnt does not hold elsewhere.
    Mlp mlp = new Mlp(30, List.of(), List.of(32), Activation.RELU, 1);
    TrainingData train = Drawn.data(mlp, Loss.BINARY_CROSS_ENTROPY, 1, 20, 8);
    TrainingData validation = Drawn.data(mlp, Loss.BINARY_CROSS_ENTROPY, 1, 200, 9);
    TrainingLoop loop =
        new TrainingLoop(
            200,
            5,
            Optimizer.Adam.of(0.01),
            Loss.BINARY_CROSS_ENTROPY,
            1,
            Optional.of(new EarlyStopping(4, 0)));
    Trained trained = fit(loop, mlp, train, Optional.of(validation));
    List<Epoch> history = trained.history();
    assertThat(history).hasSizeLessThan(200).hasSize(trained.epoch() + 4);
    double best = history.get(trained.epoch() - 1).validationLoss().orElseThrow();
    assertThat(history)
        .allSatisfy(e -> assertThat(e.validationLoss().orElseThrow()).isGreaterThanOrEqualTo(best));
    assertThat(scoring(mlp, Loss.BINARY_CROSS_ENTROPY, trained.parameters()).meanLoss(validation))
        .isEqualTo(best);
  }

  @Test
  void refusesEarlyStoppingWithoutValidation() {
    TrainingLoop loop =
        new TrainingLoop(
            1,
            1,
            Optimizer.Adam.of(0.01),
            Loss.SQUARED_ERROR,
            1,
            Optional.of(new EarlyStopping(4, 0)));
    assertThatThrownBy(
            () ->
                fit(
                    loop,
                    Mlp.linear(1, 1),
                    data(new float[] {1}, new float[] {1}),
                    Optional.empty()))
        .hasMessage("early stopping must have validation data (samples); found: none");
  }

  @Test
  void aLossThatGrowsWithoutBoundIsAnErrorWithAFix() {
    TrainingLoop loop =
        new TrainingLoop(
            100, 2, new Optimizer.Sgd(1e6, 0), Loss.SQUARED_ERROR, 1, Optional.empty());
    assertThatThrownBy(
            () ->
                fit(
                    loop,
                    Mlp.linear(1, 1),
                    data(new float[] {1, 2}, new float[] {1, 2}),
                    Optional.empty()))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageMatching(
            "epoch \\d+: loss must be finite; found: train (NaN|Infinity);"
                + " lower learning_rate or scale the inputs");
  }

  @Test
  void refusesDataOfAnotherWidth() {
    TrainingLoop loop =
        new TrainingLoop(1, 2, new Optimizer.Sgd(0.1, 0), Loss.SQUARED_ERROR, 1, Optional.empty());
    assertThatThrownBy(
            () ->
                fit(
                    loop,
                    Mlp.linear(3, 1),
                    data(new float[] {1, 2}, new float[] {1, 2}),
                    Optional.empty()))
        .hasMessage("dense must have 3 floats per sample, 2 samples (floats); found: 2");
  }

  private static Trained fit(
      TrainingLoop loop, Network network, TrainingData train, Optional<TrainingData> validation) {
    return loop.fit(
        network, network.start(1), train, validation, Kernels.best(), Workers.caller(), e -> {});
  }

  private static Scoring scoring(Network network, Loss loss, Parameters parameters) {
    return new Scoring(network, loss, parameters, Kernels.best(), Workers.caller());
  }

  private static TrainingData data(float[] dense, float[] targets) {
    long[] keys = IntStream.range(0, targets.length).mapToLong(i -> i).toArray();
    return new TrainingData(keys, dense, List.of(), targets);
  }
}
