package dev.quern.cli;

import dev.quern.format.json.Json;
import dev.quern.server.PrometheusText;
import dev.quern.server.PrometheusText.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs measured, as Prometheus text: gauges by recipe, for a file that the textfile collector
 * of the node exporter reads, and for servers of what a run has made. Counts, names and metrics,
 * never the text of a sample.
 */
final class RunMetrics {
  private static final List<String> FATES =
      List.of("read", "created", "kept", "dropped", "merged", "quarantined");

  private final PrometheusText out;
  private final String recipe;
  private final Map<String, @Nullable Object> report;

  private RunMetrics(PrometheusText out, String recipe, Map<String, @Nullable Object> report) {
    this.out = out;
    this.recipe = recipe;
    this.report = report;
  }

  /** Returns the metrics of a run that came to an end and left {@code report}. */
  static String of(Map<String, @Nullable Object> report) {
    return of(List.of(report));
  }

  /** Returns the metrics of runs, each of another recipe, that left {@code reports}. */
  static String of(Collection<Map<String, @Nullable Object>> reports) {
    PrometheusText out = new PrometheusText();
    for (Map<String, @Nullable Object> report : reports) {
      new RunMetrics(out, Values.text(report, "recipe"), report).all();
    }
    return out.text();
  }

  private void all() {
    end(Values.text(report, "status"), Instant.parse(Values.text(report, "finished")));
    costs();
    samples();
    steps();
    pieces();
    checks();
    dataset();
  }

  /** Returns the metrics of a run of {@code recipe} that failed: that it did, and when. */
  static String ofFailed(String recipe, Instant now) {
    PrometheusText out = new PrometheusText();
    new RunMetrics(out, recipe, Map.of()).end("failed", now);
    return out.text();
  }

  /**
   * Writes {@code text} to {@code file}, which is the old or the new text at any moment. Others may
   * read it: the collector is another user.
   */
  static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new UsageException("--metrics-file must be a file; found: " + file);
    }
    Files.createDirectories(folder);
    // The collector takes what ends in .prom, so this must not.
    Path unfinished =
        folder.resolve(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
    try {
      Files.writeString(unfinished, text, StandardCharsets.UTF_8);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void end(String status, Instant finished) {
    out.family("quern_run_success", Kind.GAUGE, "1 if the last run did all it was to do, else 0.");
    out.value(status.equals("done") ? 1 : 0, "recipe", recipe);
    out.family("quern_run_info", Kind.GAUGE, "Always 1; names the last run and how it ended.");
    List<String> labels =
        new ArrayList<>(List.of("recipe", recipe, "status", status, "version", Quern.version()));
    if (!report.isEmpty()) {
      labels.addAll(List.of("run", Values.text(report, "run")));
      labels.addAll(List.of("engine", Values.text(report, "engine")));
    }
    out.value(1, labels.toArray(String[]::new));
    out.family("quern_run_finished_timestamp_seconds", Kind.GAUGE, "When it ended.");
    out.value(finished.toEpochMilli() / 1e3, "recipe", recipe);
  }

  private void costs() {
    Map<String, @Nullable Object> cost = Values.part(report, "cost");
    gauge("quern_run_duration_seconds", "Elapsed time.", cost, "wall_seconds");
    gauge("quern_run_cpu_seconds", "CPU time of the process.", cost, "cpu_seconds");
    gauge("quern_run_worker_cpu_seconds", "Of it, of workers.", cost, "worker_cpu_seconds");
    gauge("quern_run_collector_seconds", "Garbage collection.", cost, "collector_seconds");
    gauge("quern_run_source_read_bytes", "Read from sources.", cost, "source_bytes_read");
    gauge("quern_run_read_bytes", "Read from sources and points.", cost, "bytes_read");
    gauge("quern_run_written_bytes", "Written to files.", cost, "bytes_written");
    gauge("quern_run_spilled_bytes", "Of these, to temporary files.", cost, "spilled_bytes");
    gauge("quern_run_peak_heap_bytes", "Upper bound of heap used.", cost, "peak_heap_bytes");
    if (cost.get("peak_resident_bytes") != null) {
      gauge("quern_run_peak_resident_bytes", "Most memory.", cost, "peak_resident_bytes");
    }
  }

  private void gauge(String name, String help, Map<String, @Nullable Object> from, String key) {
    out.family(name, Kind.GAUGE, help).value(Values.number(from, key), "recipe", recipe);
  }

  private void samples() {
    Map<String, @Nullable Object> counts = Values.part(report, "accounting");
    out.family("quern_run_samples", Kind.GAUGE, "Samples of the run by what became of them.");
    for (String fate : FATES) {
      out.value(Values.number(counts, fate), "recipe", recipe, "fate", fate);
    }
    reasons("quern_run_dropped_samples", "Samples dropped.", "reason", "reasons", counts);
    reasons("quern_run_changed_cells", "Cells changed.", "rule", "changed", counts);
    reasons("quern_run_quarantined_samples", "Samples quarantined.", "rule", "rules", counts);
  }

  private void reasons(
      String name, String help, String label, String key, Map<String, @Nullable Object> counts) {
    Map<String, @Nullable Object> reasons = Values.part(counts, key);
    if (!reasons.isEmpty()) {
      out.family(name, Kind.GAUGE, help);
      reasons
          .keySet()
          .forEach(
              reason -> out.value(Values.number(reasons, reason), "recipe", recipe, label, reason));
    }
  }

  private void steps() {
    List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    steps.addAll(Values.parts(report, "sources"));
    steps.addAll(Values.parts(report, "steps"));
    out.family("quern_run_step_samples", Kind.GAUGE, "Samples of a step by what became of them.");
    for (Map<String, @Nullable Object> step : steps) {
      Map<String, @Nullable Object> counts = Values.part(step, "counts");
      for (String fate : FATES) {
        double value = Values.number(counts, fate);
        out.value(value, "recipe", recipe, "step", Values.text(step, "label"), "fate", fate);
      }
    }
    out.family("quern_run_step_cpu_seconds", Kind.GAUGE, "CPU time of a step's own code.");
    for (Map<String, @Nullable Object> step : steps) {
      double seconds = Values.number(Values.part(step, "counts"), "cpu_seconds");
      out.value(seconds, "recipe", recipe, "step", Values.text(step, "label"));
    }
  }

  /** A step may have several pieces of work: their number is part of their name. */
  private void pieces() {
    List<Map<String, @Nullable Object>> pieces = Values.parts(report, "work");
    piece("quern_run_piece_duration_seconds", "Elapsed time of a piece.", "wall_seconds", pieces);
    piece("quern_run_piece_cpu_seconds", "CPU time of a piece of work.", "cpu_seconds", pieces);
    piece("quern_run_piece_read_bytes", "Read by a piece of work.", "bytes_read", pieces);
    piece("quern_run_piece_written_bytes", "Written by a piece.", "bytes_written", pieces);
    piece("quern_run_piece_spilled_bytes", "Spilled by a piece.", "spilled_bytes", pieces);
  }

  private void piece(
      String name, String help, String key, List<Map<String, @Nullable Object>> pieces) {
    out.family(name, Kind.GAUGE, help);
    int number = 0;
    for (Map<String, @Nullable Object> piece : pieces) {
      out.value(
          Values.number(Values.part(piece, "cost"), key),
          "recipe",
          recipe,
          "number",
          Integer.toString(++number),
          "step",
          Values.text(piece, "step"),
          "kind",
          Values.text(piece, "kind"));
    }
  }

  private void checks() {
    List<Map<String, @Nullable Object>> checks = Values.parts(report, "checks");
    if (checks.isEmpty()) {
      return;
    }
    out.family("quern_run_check_passed", Kind.GAUGE, "1 if the check passed, else 0.");
    for (int i = 0; i < checks.size(); i++) {
      String[] labels = labels(checks.get(i), i);
      out.value(Values.text(checks.get(i), "status").equals("passed") ? 1 : 0, labels);
    }
    out.family("quern_run_check_value", Kind.GAUGE, "What the check found, where it found any.");
    for (int i = 0; i < checks.size(); i++) {
      if (checks.get(i).get("value") instanceof Number value) {
        out.value(value.doubleValue(), labels(checks.get(i), i));
      }
    }
  }

  /** The same check may stand twice in a recipe, so its number is part of its name. */
  private String[] labels(Map<String, @Nullable Object> check, int position) {
    return new String[] {
      "recipe",
      recipe,
      "number",
      Integer.toString(position + 1),
      "check",
      Values.text(check, "check"),
      "level",
      Values.text(check, "level")
    };
  }

  private void dataset() {
    Map<String, @Nullable Object> dataset = Values.part(report, "dataset");
    if (dataset.isEmpty()) {
      return;
    }
    String name = Values.text(dataset, "name");
    out.family("quern_run_dataset_samples", Kind.GAUGE, "Samples of the version it wrote.");
    out.value(Values.number(dataset, "samples"), "recipe", recipe, "dataset", name);
    out.family("quern_run_dataset_bytes", Kind.GAUGE, "Bytes of the version it wrote.");
    out.value(Values.number(dataset, "bytes"), "recipe", recipe, "dataset", name);
    Object splits = dataset.get("splits");
    if (splits != null && !Json.object(splits).isEmpty()) {
      out.family("quern_run_dataset_split_samples", Kind.GAUGE, "Samples by split.");
      Json.object(splits)
          .keySet()
          .forEach(
              split ->
                  out.value(
                      Values.number(Json.object(splits), split),
                      "recipe",
                      recipe,
                      "dataset",
                      name,
                      "split",
                      split));
    }
  }
}
