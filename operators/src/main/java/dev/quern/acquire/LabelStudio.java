package dev.quern.acquire;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.jsonl.JsonlFormat;
import dev.quern.format.jsonl.JsonlSettings;
import dev.quern.format.source.FileReading;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the tasks that Label Studio exports as JSON, one sample per task. What lies within a task
 * (data, annotations, predictions and others) stays JSON in a text; combine.review makes labels of
 * it.
 *
 * @param location where the files are
 */
public record LabelStudio(Location location) implements Reader {
  private static final Map<String, Type> NESTED =
      Map.of(
          "data", Type.TEXT,
          "annotations", Type.TEXT,
          "predictions", Type.TEXT,
          "drafts", Type.TEXT,
          "meta", Type.TEXT);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.label_studio",
          new Localized(
              "Reads tasks with annotations as Label Studio exports them (JSON).",
              "读取 Label Studio 导出的带标注任务（JSON）。"),
          "Label Studio, JSON format of annotated tasks",
          1,
          Serving.TRAINING_ONLY,
          List.of(Location.PATH, Location.SHA256),
          List.of(
              new Example(
                  "{path: reviewed.json}",
                  "[{\"id\": 1, \"data\": \"{}\", \"annotations\": \"[]\"}]",
                  "[{\"id\": 1, \"data\": \"{}\", \"annotations\": \"[]\"}]")),
          params ->
              new LabelStudio(
                  new Location(params.get(Location.PATH), params.find(Location.SHA256))));

  private static JsonlSettings settings() {
    return new JsonlSettings(NESTED, Optional.empty(), JsonlSettings.MAX_SAMPLE_BYTES);
  }

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    return location.files(source, attempts, SourceFiles.Folders.REFUSED);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) throws IOException {
    return JsonlFormat.infer(settings(), files);
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new FileReading<>(source, files, new JsonlFormat(settings(), files, schema));
  }
}
