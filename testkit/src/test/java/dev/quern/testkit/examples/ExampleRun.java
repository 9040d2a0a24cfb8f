package dev.quern.testkit.examples;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.format.json.Json;
import dev.quern.operator.ModelFormat;
import dev.quern.operator.Predictor;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.store.Models;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * An example that was run.
 *
 * @param folder of the example
 * @param workspace what the run has written
 * @param report what report.json holds, as read from the file
 */
record ExampleRun(Path folder, Path workspace, Map<String, @Nullable Object> report) {
  /** The working folder of tests is that of the module. */
  static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  private static final Registry REGISTRY = Registry.load(ExampleRun.class.getClassLoader());

  /** Runs the example called {@code name}, changed by {@code sets}, into {@code workspace}. */
  static ExampleRun of(String name, Path workspace, String... sets) throws IOException {
    return recipe(name, "recipe.yaml", workspace, sets);
  }

  /** Runs {@code recipe} of the example called {@code name}. */
  static ExampleRun recipe(String name, String recipe, Path workspace, String... sets)
      throws IOException {
    Path folder = EXAMPLES.resolve(name);
    RunOptions options =
        new RunOptions(
            workspace,
            2,
            Runtime.getRuntime().maxMemory() / 2,
            OptionalLong.empty(),
            Locale.ENGLISH,
            secrets(folder),
            OptionalDouble.empty());
    RunResult result =
        Run.execute(
            Planner.plan(REGISTRY, folder.resolve(recipe), List.of(sets), options),
            options,
            RunListener.NONE);
    if (result.status() != RunResult.Status.DONE || !Files.exists(result.page())) {
      throw new AssertionError(name + " must be done with a report; found: " + result.status());
    }
    String report = Files.readString(result.folder().resolve("report.json"));
    return new ExampleRun(folder, workspace, Json.parseObject(report));
  }

  /** Like those of the command line: the line end of the file is not the secret's. */
  private static Secrets secrets(Path folder) {
    return reference -> {
      try {
        String file = Files.readString(folder.resolve(reference.replaceFirst("^file:", "")));
        return file.strip().getBytes(StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Returns the object at {@code path} of the report. */
  Map<String, @Nullable Object> part(String... path) {
    Map<String, @Nullable Object> part = report;
    for (String key : path) {
      part = Json.object(part.get(key));
    }
    return part;
  }

  /** Returns the objects in the list {@code key} of {@code object}. */
  static List<Map<String, @Nullable Object>> list(
      Map<String, @Nullable Object> object, String key) {
    return Json.list(object.get(key)).stream().map(Json::object).toList();
  }

  /** Returns the metric of the whole test split (or of train, without one) called {@code name}. */
  Map<String, @Nullable Object> metric(String name) {
    return list(part("model"), "metrics").stream()
        .filter(metric -> name.equals(metric.get("name")) && !metric.containsKey("part"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the report must hold the metric " + name));
  }

  /** Returns the value of the metric called {@code name}. */
  double value(String name) {
    return ((Number) Objects.requireNonNull(metric(name).get("value"))).doubleValue();
  }

  /**
   * Returns the samples of the written version, in rank order: values by field, the split under
   * {@code _split}.
   */
  List<Map<String, @Nullable Object>> samples() throws IOException {
    Workspace opened = new Workspace(workspace);
    String name = String.valueOf(part("dataset").get("name"));
    return Rows.of(opened.datasets(), opened.datasets().resolve(Reference.parse(name)));
  }

  /**
   * Returns what the trained model answers to {@code raw} samples; a field that a sample lacks is
   * missing, as is one whose value is null.
   */
  List<Map<String, @Nullable Object>> predict(List<Map<String, @Nullable Object>> raw)
      throws IOException {
    String name = String.valueOf(part("model").get("name"));
    Models models = new Workspace(workspace).models();
    Map<String, byte[]> model = models.contents(models.resolve(Reference.parse(name)));
    ModelFormat format = ServiceLoader.load(ModelFormat.class).findFirst().orElseThrow();
    try (Predictor predictor = format.open(model, REGISTRY, secrets(folder))) {
      Schema schema = predictor.inputs();
      BatchBuilder builder = new BatchBuilder(schema);
      for (int i = 0; i < raw.size(); i++) {
        builder.keys().append(0, i, 0, i, 0, Split.NONE.code());
        for (int field = 0; field < schema.size(); field++) {
          builder.column(field).appendValue(raw.get(i).get(schema.field(field).name()));
        }
      }
      return maps(predictor.predict(builder.build()));
    }
  }

  /** Returns the selected samples of {@code batch}, values by field. */
  static List<Map<String, @Nullable Object>> maps(Batch batch) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    Sample sample = new Sample();
    for (int i = 0; i < batch.count(); i++) {
      sample.at(batch, batch.row(i));
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("_split", sample.split().written());
      for (int field = 0; field < batch.schema().size(); field++) {
        row.put(batch.schema().field(field).name(), sample.valueAt(field));
      }
      rows.add(row);
    }
    return rows;
  }
}
