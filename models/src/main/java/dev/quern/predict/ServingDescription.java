package dev.quern.predict;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.format.json.SchemaJson;
import dev.quern.operator.Fit;
import dev.quern.operator.Serving;
import dev.quern.operator.ServingStep;
import dev.quern.operator.TrainedModel.Answer;
import dev.quern.operator.TrainedModel.HostFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a graph so that raw samples can be answered: {@code serving.json}.
 *
 * @param raw the fields of raw samples, the target among them
 * @param target the field the model predicts
 * @param host steps that run on the host
 * @param boundary the fields that the graph reads from
 * @param inputs field of the boundary by graph input
 * @param features what the host computes for the graph
 * @param answers fields of the predictions
 */
record ServingDescription(
    Schema raw,
    String target,
    List<ServingStep> host,
    Schema boundary,
    Map<String, String> inputs,
    List<HostFeature> features,
    List<Answer> answers) {
  private static final long FORMAT = 1;

  /** Returns those of the raw fields, without the target, that are {@code needed}. */
  Schema rawInputs(Set<String> needed) {
    List<Field> fields = new ArrayList<>(raw.fields());
    fields.removeIf(field -> field.name().equals(target) || !needed.contains(field.name()));
    return new Schema(fields);
  }

  /** Returns the fields of the boundary that the graph or the host's features really use. */
  Set<String> boundaryFields() {
    Set<String> names = new LinkedHashSet<>(inputs.values());
    features.forEach(feature -> names.add(feature.field()));
    return names;
  }

  Schema outputs() {
    return new Schema(answers.stream().map(Answer::field).toList());
  }

  String toJson() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("format", FORMAT);
    plain.put("raw", SchemaJson.plain(raw));
    plain.put("target", target);
    plain.put("host_steps", host.stream().map(ServingDescription::plain).toList());
    plain.put("boundary", SchemaJson.plain(boundary));
    plain.put("inputs", inputs);
    List<Object> computed = new ArrayList<>();
    for (HostFeature feature : features) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("field", feature.field());
      values.put("input", feature.input());
      values.put("values", feature.values());
      computed.add(values);
    }
    plain.put("features", computed);
    List<Object> predictions = new ArrayList<>();
    for (Answer answer : answers) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("field", SchemaJson.plain(Schema.of(answer.field())));
      values.put("output", answer.output());
      values.put("values", answer.values());
      predictions.add(values);
    }
    plain.put("predictions", predictions);
    return Json.pretty(plain);
  }

  private static Map<String, @Nullable Object> plain(ServingStep step) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("step", step.task().step());
    plain.put("operator", step.task().operator());
    plain.put("revision", (long) step.task().revision());
    plain.put("parameters", Json.parse(step.task().parameters()));
    plain.put("input", SchemaJson.plain(step.input()));
    plain.put("output", SchemaJson.plain(step.output()));
    step.fit().ifPresent(fit -> plain.put("fit", fit.values()));
    return plain;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is of another format
   */
  static ServingDescription parse(String json) {
    Map<String, @Nullable Object> plain = Json.parseObject(json);
    if (!(plain.get("format") instanceof Long format) || format != FORMAT) {
      throw new IllegalArgumentException(
          "serving.json must be of format "
              + FORMAT
              + "; found: "
              + plain.get("format")
              + "; open the model with the version of Quern that wrote it");
    }
    List<ServingStep> steps = new ArrayList<>();
    for (Object step : Json.list(plain.get("host_steps"))) {
      steps.add(step(Json.object(step)));
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    Json.object(plain.get("inputs"))
        .forEach((name, field) -> inputs.put(name, String.valueOf(field)));
    List<HostFeature> features = new ArrayList<>();
    for (Object one : Json.list(plain.get("features"))) {
      Map<String, @Nullable Object> feature = Json.object(one);
      features.add(
          new HostFeature(
              text(feature, "field"), text(feature, "input"), Json.object(feature.get("values"))));
    }
    List<Answer> answers = new ArrayList<>();
    for (Object one : Json.list(plain.get("predictions"))) {
      Map<String, @Nullable Object> answer = Json.object(one);
      answers.add(
          new Answer(
              SchemaJson.schema(answer.get("field")).field(0),
              text(answer, "output"),
              Json.list(answer.get("values")).stream().map(String::valueOf).toList()));
    }
    return new ServingDescription(
        SchemaJson.schema(plain.get("raw")),
        text(plain, "target"),
        steps,
        SchemaJson.schema(plain.get("boundary")),
        inputs,
        features,
        answers);
  }

  private static ServingStep step(Map<String, @Nullable Object> plain) {
    if (!(plain.get("revision") instanceof Long revision)) {
      throw new IllegalArgumentException("serving.json must give the revision of each step");
    }
    String label = text(plain, "step");
    Optional<Fit> fit =
        plain.containsKey("fit")
            ? Optional.of(new Fit(Json.object(plain.get("fit"))))
            : Optional.empty();
    Task task =
        new Task(
            label,
            text(plain, "operator"),
            revision.intValue(),
            Json.canonical(plain.get("parameters")),
            Task.Scope.ALL,
            fit.map(learnt -> label));
    return new ServingStep(
        task,
        SchemaJson.schema(plain.get("input")),
        SchemaJson.schema(plain.get("output")),
        Serving.HOST,
        fit);
  }

  private static String text(Map<String, @Nullable Object> plain, String name) {
    if (plain.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("serving.json must give " + name + " as a text");
  }
}
