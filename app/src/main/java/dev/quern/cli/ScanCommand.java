package dev.quern.cli;

import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.Reading;
import dev.quern.format.source.TextFile;
import dev.quern.operator.BindException;
import dev.quern.operator.Misfits;
import dev.quern.privacy.StandardRecognisers;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.FieldScan;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.recognise.TextScan;
import dev.quern.privacy.recognise.own.OwnRecognisers;
import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.recipe.RecipeException;
import dev.quern.recipe.YamlFiles;
import dev.quern.text.Suggestion;
import java.io.IOException;
import java.io.InputStream;
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

/**
 * Looks for personal data in files, folders and datasets and counts them by type: of samples by
 * field, of texts with their places.
 */
@Command(name = "scan")
final class ScanCommand implements Action {
  @Parameters(paramLabel = "FILE|FOLDER|NAME[@V]", arity = "1..*", descriptionKey = "scan.what")
  List<String> what = new ArrayList<>();

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
    Recognisers looked = recognisers(session);
    List<String> binary = new ArrayList<>();
    List<ScanTarget> targets = new ArrayList<>();
    for (String one : what) {
      targets.addAll(ScanTarget.of(session, one, format, binary));
    }
    List<ScanResult> results = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (ScanTarget target : targets) {
      try {
        ScanResult result = scan(session, target, new Detector(looked, minScore));
        results.add(result);
        faults.addAll(result.faults(session));
      } catch (DataException e) {
        if (targets.size() == 1) {
          throw e;
        }
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    if (json) {
      session.json(plain(results, binary));
    } else {
      print(session, results);
    }
    if (!binary.isEmpty()) {
      session.talk(session.text("scan.binary", binary.size(), String.join(", ", binary)));
    }
    faults.forEach(session.outside().err()::println);
    return faults.isEmpty() ? Exit.DONE : Exit.DATA;
  }

  private static ScanResult scan(Session session, ScanTarget target, Detector detector)
      throws IOException {
    if (target.file().isPresent() && target.format().isEmpty()) {
      TextScan scan = new TextScan(detector);
      try (InputStream text = TextFile.text(target.file().get())) {
        scan.add(text);
      }
      return new ScanResult.OfText(target.name(), scan);
    }
    FieldScan scan = new FieldScan(detector);
    Flow.Result read =
        Flow.through(
            reading(session, target),
            batch -> {
              scan.add(batch);
              return Flow.Wish.MORE;
            });
    return new ScanResult.OfFields(target.name(), scan, read);
  }

  private static Reading reading(Session session, ScanTarget target) throws IOException {
    if (target.file().isPresent()) {
      Schema any = new Schema(List.of());
      Path file = Path.of(target.file().get().path());
      return Input.open(file, target.format(), any, session.registry(session.workspace()))
          .reading();
    }
    Stock stock = Stock.of(session);
    return stock.reading(stock.dataset(target.name()));
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

  /** One scan is told by itself, several in a list. */
  private Map<String, @Nullable Object> plain(List<ScanResult> results, List<String> binary) {
    List<Map<String, @Nullable Object>> scans = new ArrayList<>();
    for (ScanResult result : results) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("scanned", result.name());
      plain.put("min_score", minScore);
      plain.putAll(result.plain());
      scans.add(plain);
    }
    if (what.size() == 1 && scans.size() == 1 && binary.isEmpty()) {
      return scans.get(0);
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("scans", scans);
    all.put("not_scanned", binary);
    return all;
  }

  private static void print(Session session, List<ScanResult> results) {
    for (ScanResult result : results) {
      if (!result.isEmpty()) {
        if (results.size() > 1) {
          session.out().println(result.name());
        }
        result.print(session);
        session.out().println();
      }
    }
    if (results.size() == 1) {
      session.out().println(results.get(0).done(session));
    } else {
      long with = results.stream().filter(result -> !result.isEmpty()).count();
      session.out().println(session.text("scan.done.all", results.size(), with));
    }
  }
}
