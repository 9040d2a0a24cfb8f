package dev.quern.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.feature.HashedNgrams;
import dev.quern.operator.Predictor;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.TrainedModel.Answer;
import dev.quern.operator.TrainedModel.HostFeature;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers raw samples: steps on the host, then the graph. A sample that a step had to set aside (a
 * text that is no number) has missing predictions.
 */
final class OnnxPredictor implements Predictor {
  private final ServingDescription description;
  private final Schema inputs;
  private final Schema outputs;
  private final HostSteps steps;
  private final Session session;
  private final Set<String> asked = new LinkedHashSet<>();

  OnnxPredictor(ServingDescription description, byte[] model, Registry registry, Secrets secrets) {
    this.description = description;
    this.outputs = description.outputs();
    this.steps = new HostSteps(description.host(), registry, secrets);
    this.inputs = description.rawInputs(steps.reads(description.boundaryFields(), registry));
    description.answers().forEach(answer -> asked.add(answer.output()));
    this.session = new Session(model);
  }

  @Override
  public Schema inputs() {
    return inputs;
  }

  @Override
  public Schema raw() {
    return description.raw();
  }

  @Override
  public Schema outputs() {
    return outputs;
  }

  @Override
  public Batch predict(Batch raw) {
    Keys.Builder keys = new Keys.Builder();
    for (int i = 0; i < raw.count(); i++) {
      keys.append(raw.keys(), raw.row(i));
    }
    Batch known = HostSteps.project(steps.run(numbered(raw)), description.boundary());
    // Row of each raw sample among those that came through.
    int[] places = new int[raw.count()];
    java.util.Arrays.fill(places, -1);
    for (int i = 0; i < known.count(); i++) {
      places[(int) known.keys().position(known.row(i))] = i;
    }
    List<Column> columns =
        known.count() == 0
            ? description.answers().stream()
                .map(answer -> answered(answer, places, i -> 0, i -> Double.NaN))
                .toList()
            : session.run(
                tensors -> feed(known, tensors), asked, result -> columns(result, places));
    return Batch.of(outputs, columns, keys.build());
  }

  /** Returns the samples with the fields that do not matter missing, numbered by their position. */
  private Batch numbered(Batch raw) {
    BatchBuilder builder = new BatchBuilder(description.raw());
    int[] positions = new int[description.raw().size()];
    for (int c = 0; c < positions.length; c++) {
      Field field = description.raw().field(c);
      positions[c] = inputs.indexOf(field.name()) < 0 ? -1 : position(raw.schema(), field);
    }
    for (int i = 0; i < raw.count(); i++) {
      int row = raw.row(i);
      Keys keys = raw.keys();
      builder.keys().append(keys.idHigh(row), keys.idLow(row), 0, i, 0, keys.splitCode(row));
      for (int c = 0; c < positions.length; c++) {
        if (positions[c] < 0) {
          builder.column(c).appendNull();
        } else {
          builder.column(c).append(raw.column(positions[c]), row);
        }
      }
    }
    return builder.build();
  }

  private static int position(Schema given, Field field) {
    int position = given.indexOf(field.name());
    if (position < 0) {
      throw new IllegalArgumentException(
          "samples must have the field " + field.name() + ", " + field.type() + "; found: none");
    }
    if (!given.field(position).type().equals(field.type())) {
      throw new IllegalArgumentException(
          "field "
              + field.name()
              + " must be "
              + field.type()
              + "; found: "
              + given.field(position).type());
    }
    return position;
  }

  private void feed(Batch known, Map<String, OnnxTensor> tensors) throws OrtException {
    for (Map.Entry<String, String> input : description.inputs().entrySet()) {
      Column column = known.column(known.schema().indexOf(input.getValue()));
      tensors.put(input.getKey(), Tensors.of(session.environment(), known, column));
    }
    for (HostFeature feature : description.features()) {
      HashedNgrams.Rows rows = ngrams(feature, known);
      tensors.put(feature.input() + ".ids", Tensors.ids(session.environment(), rows));
      tensors.put(feature.input() + ".weights", Tensors.weights(session.environment(), rows));
    }
  }

  private static HashedNgrams.Rows ngrams(HostFeature feature, Batch known) {
    if (!"hashed_ngrams".equals(feature.values().get("kind"))
        || !(feature.values().get("buckets") instanceof Long buckets)
        || !(feature.values().get("longest") instanceof Long longest)) {
      throw new IllegalStateException(
          "feature must be hashed_ngrams; found: " + feature.values().get("kind"));
    }
    HashedNgrams hasher = new HashedNgrams(Math.toIntExact(buckets), Math.toIntExact(longest));
    HashedNgrams.Rows rows = new HashedNgrams.Rows();
    Column column = known.column(known.schema().indexOf(feature.field()));
    for (int i = 0; i < known.count(); i++) {
      hasher.append(column, known.row(i), rows);
    }
    return rows;
  }

  private List<Column> columns(OrtSession.Result result, int[] places) throws OrtException {
    List<Column> columns = new ArrayList<>();
    for (Answer answer : description.answers()) {
      OnnxValue value = result.get(answer.output()).orElseThrow();
      OnnxTensor tensor = (OnnxTensor) value;
      if (answer.values().isEmpty()) {
        DoubleBuffer doubles = tensor.getDoubleBuffer();
        columns.add(answered(answer, places, i -> 0, doubles::get));
      } else {
        LongBuffer longs = tensor.getLongBuffer();
        columns.add(answered(answer, places, i -> (int) longs.get(i), i -> Double.NaN));
      }
    }
    return columns;
  }

  private interface IntByRow {
    int at(int i);
  }

  private interface DoubleByRow {
    double at(int i);
  }

  private static Column answered(
      Answer answer, int[] places, IntByRow indices, DoubleByRow doubles) {
    ColumnBuilder builder = ColumnBuilder.of(answer.field().type());
    Type.Kind kind = answer.field().type().kind();
    for (int place : places) {
      if (place < 0) {
        builder.appendNull();
      } else if (answer.values().isEmpty()) {
        builder.appendDouble(doubles.at(place));
      } else {
        String value = answer.values().get(indices.at(place));
        switch (kind) {
          case BOOL -> builder.appendBool(Boolean.parseBoolean(value));
          case LONG -> builder.appendLong(Long.parseLong(value));
          default -> builder.appendText(value);
        }
      }
    }
    return builder.build();
  }

  @Override
  public void close() {
    session.close();
  }
}
