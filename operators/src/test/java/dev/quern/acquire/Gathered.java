package dev.quern.acquire;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that a reader with the parameters of a recipe reads. */
final class Gathered implements Outcome {
  Schema schema = new Schema(List.of());
  final List<List<Object>> values = new ArrayList<>();
  final List<String> ids = new ArrayList<>();
  final List<String> quarantined = new ArrayList<>();

  static Reader reader(OperatorSpec spec, String parameters) {
    List<Params.Problem> problems = new ArrayList<>();
    Params params =
        Params.read(spec.params(), Json.parseObject(parameters), problems)
            .orElseThrow(() -> new IllegalArgumentException(problems.toString()));
    return (Reader) spec.create().apply(params);
  }

  static Gathered read(OperatorSpec spec, String parameters, Path folder, long morselBytes)
      throws IOException {
    Reader reader = reader(spec, parameters);
    Source source = new Source(0, "s", folder.toString(), folder.toString(), Split.NONE, List.of());
    List<InputFile> files = reader.files(source, attempts -> {});
    Gathered gathered = new Gathered();
    gathered.schema = reader.infer(source, files);
    Reading reading = reader.bind(source, files, gathered.schema, new RunContext(7));
    try (MorselCutter cutter = reading.cutter(morselBytes)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, gathered);
      }
    }
    return gathered;
  }

  @Override
  public void keep(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      List<Object> sample = new ArrayList<>();
      for (int c = 0; c < batch.schema().size(); c++) {
        sample.add(batch.column(c).valueAt(batch.row(i)));
      }
      values.add(sample);
      ids.add(batch.keys().id(batch.row(i)).toString());
    }
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    quarantined.add(place.file() + " " + place.line() + " " + field + " " + fault.rule());
  }

  @Override
  public void created(long samples) {
    throw new AssertionError("readers create no samples");
  }

  @Override
  public void merged(long samples) {
    throw new AssertionError("readers merge no samples");
  }

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {
    throw new AssertionError("readers drop no samples");
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    throw new AssertionError("readers set aside by place");
  }
}
