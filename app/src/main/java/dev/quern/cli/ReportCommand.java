package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.run.RunResult;
import dev.quern.store.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells again what a run has come to. */
@Command(name = "report")
final class ReportCommand implements Action {
  @Parameters(paramLabel = "RUN", arity = "0..1", descriptionKey = "report.run")
  String run = "latest";

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    Path folder = folder(session.workspace().resolve("runs"), session);
    Path file = folder.resolve("report.json");
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "report_absent",
          folder
              + ": run must have a report; found: none, because it was killed, failed or is at work;"
              + " fix: run the recipe again");
    }
    Map<String, @Nullable Object> report =
        StoredJson.read(file, "runs/" + folder.getFileName() + "/report.json", "a report");
    if (json) {
      session.json(report);
      return Exit.DONE;
    }
    String id = String.valueOf(folder.getFileName());
    RunResult result =
        new RunResult(id, status(report), report, folder, folder.resolve("report.html"));
    new Summary(session.messages(), Style.PLAIN, report)
        .lines(result)
        .forEach(session.out()::println);
    return Exit.DONE;
  }

  /**
   * A run is named by its id, the beginning of it, or {@code latest}: the last that came to an end.
   */
  private Path folder(Path runs, Session session) throws IOException {
    List<Path> all = List.of();
    if (Files.isDirectory(runs)) {
      try (Stream<Path> folders = Files.list(runs)) {
        all = folders.filter(ReportCommand::isRun).sorted().toList();
      }
    }
    if (all.isEmpty()) {
      throw new DataException(
          "no_runs", runs + ": workspace must hold a run; found: none; fix: quern run");
    }
    if (run.equals("latest")) {
      return latest(all, session);
    }
    List<Path> named =
        all.stream().filter(f -> String.valueOf(f.getFileName()).startsWith(run)).toList();
    if (named.size() != 1) {
      throw new UsageException(
          "RUN must be latest or the id of one run; found: "
              + run
              + " ("
              + named.size()
              + " runs); latest: "
              + all.get(all.size() - 1).getFileName());
    }
    return named.get(0);
  }

  private static boolean isRun(Path path) {
    return Files.isDirectory(path) && !String.valueOf(path.getFileName()).startsWith(".");
  }

  private static Path latest(List<Path> all, Session session) {
    Path newest = all.get(all.size() - 1);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (Files.isRegularFile(all.get(i).resolve("report.json"))) {
        if (i < all.size() - 1) {
          session.talk(session.text("report.unfinished", newest.getFileName()));
        }
        return all.get(i);
      }
    }
    return newest;
  }

  private static RunResult.Status status(Map<String, @Nullable Object> report) {
    String written = Values.text(report, "status").toUpperCase(Locale.ROOT);
    for (RunResult.Status status : RunResult.Status.values()) {
      if (status.name().equals(written)) {
        return status;
      }
    }
    throw new DataException(
        "report_unfinished", "report must be of a finished run; found: status " + written);
  }
}
