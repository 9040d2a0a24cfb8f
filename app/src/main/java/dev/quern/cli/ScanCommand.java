package dev.quern.cli;

import dev.quern.data.Schema;
import dev.quern.engine.Reading;
import dev.quern.operator.BindException;
import dev.quern.operator.Misfits;
import dev.quern.privacy.StandardRecognisers;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.FieldScan;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.recognise.own.OwnRecognisers;
import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.recipe.RecipeException;
import dev.quern.recipe.YamlFiles;
import dev.quern.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for personal data in a file or a dataset and counts them by field and type. */
@Command(name = "scan")
final class ScanCommand implements Action {
  @Parameters(paramLabel = "FILE|NAME[@V]", descriptionKey = "scan.what")
  String what = "";

  @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "format")
  Optional<FileFormat> format = Optional.empty();

  @Option(names = "--types", paramLabel = "TYPE", split = ",")
  List<String> types = new ArrayList<>();

  @Option(names = "--min-score", paramLabel = "SCORE")
  double minScore = 0.5;

  @Option(names = "--recognisers", paramLabel = "FILE", split = ",")
  List<Path> files = new ArrayList<>();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    if (!(minScore >= 0 && minScore <= 1)) {
      throw new UsageException("--min-score must be in [0, 1] (fraction); found: " + minScore);
    }
    FieldScan scan = new FieldScan(new Detector(recognisers(session), minScore));
    Flow.Result result =
        Flow.through(
            reading(session),
            batch -> {
              scan.add(batch);
              return Flow.Wish.MORE;
            });
    if (json) {
      session.json(plain(scan, result));
    } else {
      print(scan, session);
    }
    if (result.quarantined() == 0) {
      return Exit.DONE;
    }
    session.outside().err().println(result.firstFault());
    session
        .outside()
        .err()
        .println(session.text("scan.quarantined", Amounts.count(result.quarantined())));
    return Exit.DATA;
  }

  private Recognisers recognisers(Session session) {
    Recognisers all;
    try {
      all = StandardRecognisers.with(own(session));
    } catch (BindException e) {
      throw new UsageException("--recognisers: " + e.getMessage());
    }
    for (String type : types) {
      if (!all.types().contains(type)) {
        throw new UsageException(
            "--types must name types of findings; found: "
                + type
                + Suggestion.of(type, all.types())
                + "; types: "
                + String.join(", ", all.types()));
      }
    }
    return types.isEmpty() ? all : all.where(types::contains);
  }

  private Optional<OwnRecognisers> own(Session session) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Position place = new Position("--recognisers", 0, 0);
    List<Located> named = new ArrayList<>();
    for (Path file : files) {
      named.add(new Located.Scalar(place, session.outside().resolve(file).toString()));
    }
    List<Problem> problems = new ArrayList<>();
    YamlFiles reading = new YamlFiles(problems);
    List<@Nullable Object> contents = reading.plain("--recognisers", named);
    if (problems.isEmpty()) {
      try {
        return Optional.of(OwnRecognisers.read(contents));
      } catch (Misfits e) {
        reading.tell("--recognisers", place, e);
      }
    }
    throw new RecipeException(problems);
  }

  /** A file that exists wins over a dataset of that name. */
  private Reading reading(Session session) throws IOException {
    Path file = session.outside().resolve(Path.of(what));
    if (format.isPresent() || Files.isRegularFile(file)) {
      Schema any = new Schema(List.of());
      return Input.open(file, format, any, session.registry(session.workspace())).reading();
    }
    if (what.indexOf('.') >= 0 || what.indexOf('/') >= 0) {
      throw new UsageException(
          "FILE must be a file; found: "
              + (Files.isDirectory(file) ? "a folder at " : "none at ")
              + file
              + "; a dataset is named without folder and ending, NAME or NAME@VERSION");
    }
    Stock stock = Stock.of(session);
    return stock.reading(stock.dataset(what));
  }

  private Map<String, @Nullable Object> plain(FieldScan scan, Flow.Result result) {
    List<Map<String, @Nullable Object>> counts = new ArrayList<>();
    for (FieldScan.Count count : scan.counts()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("field", count.field());
      one.put("type", count.type());
      one.put("findings", count.findings());
      one.put("cells", count.cells());
      one.put("values", count.values());
      one.put("share", count.share());
      one.put("whole", count.isWhole());
      counts.add(one);
    }
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("scanned", what);
    plain.put("samples", scan.samples());
    plain.put("quarantined", result.quarantined());
    plain.put("min_score", minScore);
    plain.put("findings", counts);
    return plain;
  }

  private static void print(FieldScan scan, Session session) {
    List<FieldScan.Count> counts = scan.counts();
    if (!counts.isEmpty()) {
      Table table =
          new Table(
              session.text("scan.field"),
              session.text("scan.type"),
              ">" + session.text("scan.share"),
              ">" + session.text("scan.findings"),
              session.text("scan.judged"));
      for (FieldScan.Count count : counts) {
        table.row(
            count.field(),
            count.type(),
            String.format(Locale.ROOT, "%.1f %%", 100 * count.share()),
            Amounts.count(count.findings()),
            session.text(count.isWhole() ? "scan.whole" : "scan.parts"));
      }
      table.print(session.out());
      session.out().println();
    }
    session.out().println(session.text("scan.done", Amounts.count(scan.samples())));
  }
}
