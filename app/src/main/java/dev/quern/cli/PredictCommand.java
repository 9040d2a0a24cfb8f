package dev.quern.cli;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Fault;
import dev.quern.operator.Predictor;
import dev.quern.operator.Registry;
import dev.quern.text.Suggestion;
import dev.quern.text.ValueParser;
import dev.quern.text.ValueWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts for the samples of a file, or for one sample given field by field. */
@Command(name = "predict")
final class PredictCommand implements Action {
  private static final String STANDARD = "-";

  @Parameters(paramLabel = "MODEL[@V]", descriptionKey = "model")
  String name = "";

  @Option(names = "--input", paramLabel = "FILE|-")
  Optional<String> input = Optional.empty();

  @Option(names = "--output", paramLabel = "FILE|-", descriptionKey = "predict.output")
  String output = STANDARD;

  @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "format")
  Optional<FileFormat> format = Optional.empty();

  @Option(names = "--set", paramLabel = "FIELD=VALUE", descriptionKey = "predict.set")
  List<String> sets = new ArrayList<>();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    if (input.isPresent() != sets.isEmpty()) {
      throw new UsageException(session.text("predict.either"));
    }
    Stock stock = Stock.of(session);
    try (Predictor predictor = OpenedModels.open(stock.model(name), stock, session)) {
      return predict(predictor, session);
    }
  }

  /** Predicts with {@code predictor} what the options ask for. */
  int predict(Predictor predictor, Session session) throws IOException {
    return input.isPresent() ? file(predictor, input.get(), session) : one(predictor, session);
  }

  private int one(Predictor predictor, Session session) {
    Batch answer = predictor.predict(sample(predictor.raw()));
    ValueWriter writer = new ValueWriter();
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (int i = 0; i < answer.schema().size(); i++) {
      Column column = answer.column(i);
      String field = answer.schema().field(i).name();
      Object value = column.valueAt(0);
      plain.put(field, value);
      if (!json) {
        session.out().println(field + "\t" + (value == null ? "" : writer.text(column, 0)));
      }
    }
    if (json) {
      session.json(plain);
    }
    if (unanswered(answer) > 0) {
      session.outside().err().println(session.text("predict.unanswered", 1));
      return Exit.DATA;
    }
    return Exit.DONE;
  }

  /** Returns the sample that the options tell; what they do not name is missing. */
  private Batch sample(Schema inputs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String set : sets) {
      int equals = set.indexOf('=');
      String field = equals < 0 ? set : set.substring(0, equals);
      if (equals < 0 || inputs.indexOf(field) < 0) {
        throw new UsageException(
            "--set must be FIELD=VALUE with a raw field of the model; found: "
                + field
                + Suggestion.of(field, inputs.names())
                + "; fields: "
                + String.join(", ", inputs.names()));
      }
      values.put(field, set.substring(equals + 1));
    }
    BatchBuilder builder = new BatchBuilder(inputs);
    builder.keys().append(0, 0, 0, 0, 0, Split.NONE.code());
    for (int i = 0; i < inputs.size(); i++) {
      String field = inputs.field(i).name();
      @Nullable String value = values.get(field);
      if (value == null || value.isEmpty()) {
        builder.column(i).appendNull();
        continue;
      }
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      ValueParser parser = ValueParser.of(inputs.field(i).type());
      @Nullable String rule = parser.parse(utf8, 0, utf8.length, builder.column(i));
      if (rule != null) {
        String type = inputs.field(i).type().toString();
        throw new UsageException(
            "--set " + field + " " + Fault.of(rule, type, utf8, 0, utf8.length));
      }
    }
    return builder.build();
  }

  private int file(Predictor predictor, String from, Session session) throws IOException {
    Registry registry = session.registry(session.workspace());
    Path folder = Files.createTempDirectory("quern-predict");
    try {
      Path file = session.outside().resolve(Path.of(from));
      Optional<FileFormat> known = format;
      if (from.equals(STANDARD)) {
        file = folder.resolve("input");
        FileFormat told = Input.spool(session.outside().in(), file);
        known = Optional.of(format.orElse(told));
      }
      Input samples = Input.open(file, known, predictor.inputs(), registry);
      FileFormat wanted = known.orElse(FileFormat.csv);
      return predict(predictor, samples, wanted, registry, folder, session);
    } finally {
      Files.deleteIfExists(folder.resolve("input"));
      Files.deleteIfExists(folder);
    }
  }

  private int predict(
      Predictor predictor,
      Input samples,
      FileFormat wanted,
      Registry registry,
      Path folder,
      Session session)
      throws IOException {
    boolean standard = output.equals(STANDARD);
    Path place = session.outside().resolve(Path.of(output));
    FileFormat written = standard ? wanted : FileFormat.of(place);
    Path beside = standard ? folder : Optional.ofNullable(place.getParent()).orElse(folder);
    Schema schema = answers(samples.schema(), predictor.outputs());
    long[] count = {0, 0};
    try (OutputFile out = OutputFile.in(beside, written.writer(registry), schema)) {
      Flow.Result result =
          Flow.through(
              samples.reading(),
              batch -> {
                Batch whole = batch.compact();
                Batch answers = answers(whole, predictor);
                out.write(joined(whole, answers, schema));
                long missing = unanswered(answers);
                count[0] += whole.count() - missing;
                count[1] += missing;
                return Flow.Wish.MORE;
              });
      if (standard) {
        out.copyTo(session.out());
      } else {
        out.moveTo(place);
      }
      session.talk(session.text("predict.done", Amounts.count(count[0]), name));
      int code = quarantine(result, session);
      if (count[1] == 0) {
        return code;
      }
      session.outside().err().println(session.text("predict.unanswered", Amounts.count(count[1])));
      return Exit.DATA;
    }
  }

  /** Predictions follow the fields of the input; one of the same name replaces it. */
  private static Schema answers(Schema input, Schema outputs) {
    Schema schema = input;
    for (int i = 0; i < outputs.size(); i++) {
      schema = schema.with(outputs.field(i));
    }
    return schema;
  }

  private static Batch answers(Batch input, Predictor predictor) {
    List<Column> raw = new ArrayList<>();
    for (String field : predictor.inputs().names()) {
      raw.add(input.column(input.schema().indexOf(field)));
    }
    return predictor.predict(Batch.of(predictor.inputs(), raw, input.keys())).compact();
  }

  /** Returns of how many samples the model says nothing: a step on the host set them aside. */
  private static long unanswered(Batch answers) {
    long unanswered = 0;
    for (int i = 0; i < answers.count(); i++) {
      int row = answers.row(i);
      boolean missing = true;
      for (int c = 0; c < answers.schema().size() && missing; c++) {
        missing = answers.column(c).isNull(row);
      }
      unanswered += missing ? 1 : 0;
    }
    return unanswered;
  }

  private static Batch joined(Batch input, Batch answers, Schema schema) {
    List<Column> all = new ArrayList<>();
    for (String field : schema.names()) {
      int answer = answers.schema().indexOf(field);
      all.add(answer >= 0 ? answers.column(answer) : input.column(input.schema().indexOf(field)));
    }
    return Batch.of(schema, all, input.keys());
  }

  /** Samples that could not be read have no prediction: that is told and is no success. */
  private static int quarantine(Flow.Result result, Session session) {
    if (result.quarantined() == 0) {
      return Exit.DONE;
    }
    session.outside().err().println(result.firstFault());
    session
        .outside()
        .err()
        .println(session.text("predict.quarantined", Amounts.count(result.quarantined())));
    return Exit.DATA;
  }
}
