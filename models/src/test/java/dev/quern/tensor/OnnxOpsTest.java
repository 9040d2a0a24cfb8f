package dev.quern.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.quern.onnx.Dim;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's forward pass against our own, on trained parameters. */
class OnnxOpsTest {

  private static final List<Mlp.Bag> BAGS =
      List.of(new Mlp.Bag("title", 30, 4), new Mlp.Bag("body", 200, 8));

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(Loss.SQUARED_ERROR, Mlp.linear(13, 2)),
        Arguments.of(Loss.BINARY_CROSS_ENTROPY, Mlp.linear(13, 1)),
        Arguments.of(
            Loss.CATEGORICAL_CROSS_ENTROPY,
            new Mlp(104, List.of(), List.of(128, 30), Activation.RELU, 7)),
        Arguments.of(Loss.BINARY_CROSS_ENTROPY, new Mlp(9, BAGS, List.of(20), Activation.TANH, 1)),
        Arguments.of(Loss.SQUARED_ERROR, new Mlp(9, BAGS, List.of(20), Activation.SIGMOID, 3)),
        Arguments.of(
            Loss.CATEGORICAL_CROSS_ENTROPY, new Mlp(0, BAGS, List.of(), Activation.RELU, 4)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("networks")
  void onnxRuntimeComputesWhatTrainingComputes(Loss loss, Mlp network) throws OrtException {
    TrainingData data = Drawn.data(network, loss, network.outputs(), 300, 2);
    TrainingLoop loop =
        new TrainingLoop(3, 32, Optimizer.Adam.of(0.01), loss, 1, java.util.Optional.empty());
    Parameters parameters =
        loop.fit(
                network,
                network.start(1),
                data,
                java.util.Optional.empty(),
                Kernels.best(),
                Workers.caller(),
                e -> {})
            .parameters();
    byte[] model = model(network, loss, parameters);
    assertThat(model(network, loss, parameters)).isEqualTo(model);

    Scoring scoring = new Scoring(network, loss, parameters, Kernels.best(), Workers.caller());
    float[] expected = scoring.predictions(data);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model)) {
      for (int batch : new int[] {1, 7, 256}) {
        assertClose(run(environment, session, network, data, batch), expected);
      }
    }
  }

  private static void assertClose(float[] found, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < found.length; i++) {
      assertThat(Math.abs(found[i] - expected[i]) / largest).isLessThan(1e-5f);
    }
  }

  /** Predictions for the first {@code batch} samples. */
  private static float[] run(
      OrtEnvironment environment, OrtSession session, Mlp network, TrainingData data, int batch)
      throws OrtException {
    int[] order = java.util.stream.IntStream.range(0, batch).toArray();
    List<Tensor> tensors = data.inputs(network, order, 0, batch);
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      NetworkInput input = network.inputs().get(i);
      long[] shape = {batch, tensor.width()};
      inputs.put(
          input.name(),
          input.kind() == NetworkInput.Kind.IDS
              ? OnnxTensor.createTensor(environment, IntBuffer.wrap(tensor.ids()), shape)
              : OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values()), shape));
    }
    try (OrtSession.Result result = session.run(inputs)) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      assertThat(values).hasSize(batch * network.outputs());
      return values;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static byte[] model(Mlp network, Loss loss, Parameters parameters) {
    OnnxGraph graph = new OnnxGraph("net");
    List<String> inputs = new ArrayList<>();
    for (NetworkInput input : network.inputs()) {
      Dim rest =
          input.kind() == NetworkInput.Kind.DENSE
              ? new Dim.Fixed(input.width())
              : new Dim.Named(input.name().replaceFirst("\\..*", "") + ".length");
      inputs.add(graph.input(input.name(), OnnxOps.elementType(input.kind()), List.of(rest)));
    }
    OnnxOps ops = new OnnxOps(graph, parameters);
    String prediction = loss.prediction(ops, network.apply(ops, inputs));
    graph.output(prediction, "prediction", ElementType.FLOAT, network.outputs());
    return graph.toBytes();
  }
}
