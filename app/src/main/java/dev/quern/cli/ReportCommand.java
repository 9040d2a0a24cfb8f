package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    Path folder = folder(session.workspace().resolve("runs"));
    Path file = folder.resolve("report.json");
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "report_absent",
          folder + ": run must have a report; found: none; fix: it was killed, run it again");
    }
    Map<String, @Nullable Object> report =
        Json.parseObject(Files.readString(file, StandardCharsets.UTF_8));
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

  /** A run is named by its id, the beginning of it, or {@code latest}. */
  private Path folder(Path runs) throws IOException {
    List<Path> all = List.of();
    if (Files.isDirectory(runs)) {
      try (Stream<Path> folders = Files.list(runs)) {
        all = folders.filter(Files::isDirectory).sorted().toList();
      }
    }
    if (all.isEmpty()) {
      throw new DataException(
          "no_runs", runs + ": workspace must hold a run; found: none; fix: quern run");
    }
    if (run.equals("latest")) {
      return all.get(all.size() - 1);
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
