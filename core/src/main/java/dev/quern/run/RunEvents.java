package dev.quern.run;

import dev.quern.check.CheckResult;
import dev.quern.contract.Contract;
import dev.quern.engine.Cost;
import dev.quern.engine.Phase;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.StepCounts;
import dev.quern.store.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run tells its log. Safe for several threads. */
final class RunEvents implements Closeable {
  private static final long SECOND = 1_000_000_000L;

  private final RunLog log;
  private long told = System.nanoTime();

  RunEvents(Path folder, String run, LogLevel least) throws IOException {
    this.log = RunLog.open(folder, run, least);
  }

  /** The run begins: what it runs, with what, over what. */
  void began(Plan plan, Map<String, @Nullable Object> report) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String name :
        new String[] {
          "quern", "recipe", "recipe_digest", "engine", "threads", "memory_bytes", "seed", "limit"
        }) {
      values.put(name, report.get(name));
    }
    values.put("machine", report.get("machine"));
    values.put("process", ProcessHandle.current().pid());
    values.put("pieces", plan.points().size() + (plan.training().isPresent() ? 1 : 0));
    log.add(LogLevel.INFO, "run_began", values);
    for (Plan.SourcePlan source : plan.sources()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("source", source.label());
      one.put("operator", source.operator());
      one.put("files", source.files());
      one.put("bytes", source.bytes());
      one.put("fields", source.schema().size());
      log.add(LogLevel.INFO, "source_found", one);
    }
  }

  void pieceBegan(int number, int total, String step, String kind, String reason) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("piece", number);
    values.put("pieces", total);
    values.put("step", step);
    values.put("kind", kind);
    values.put("reason", reason);
    log.add(LogLevel.INFO, "piece_began", values);
  }

  /** Tells progress: every minute, for debugging every two seconds. */
  void advanced(String step, long done, long all, long samples) {
    synchronized (this) {
      long now = System.nanoTime();
      if (now - told < (log.tells(LogLevel.DEBUG) ? 2 : 60) * SECOND) {
        return;
      }
      told = now;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("step", step);
    values.put("done", done);
    values.put("total", all);
    values.put("samples", samples);
    values.put("resident_bytes", boxed(ProcessUse.residentBytes()));
    log.add(LogLevel.INFO, "advanced", values);
  }

  void phaseBegan(String step, Phase.Verb verb, Phase.From from) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("step", step);
    values.put("verb", verb.name().toLowerCase(Locale.ROOT));
    values.put("from", from.name().toLowerCase(Locale.ROOT));
    log.add(LogLevel.INFO, "phase_began", values);
  }

  void phaseEnded(String step, Phase phase) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("step", phase.step().isEmpty() ? step : phase.step());
    values.putAll(RunReport.plain(phase));
    log.add(LogLevel.INFO, "phase_ended", values);
  }

  void pieceEnded(int number, String step, String kind, RunListener.Outcome outcome, Cost cost) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("piece", number);
    values.put("step", step);
    values.put("kind", kind);
    values.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    values.putAll(RunReport.plain(cost));
    log.add(LogLevel.INFO, "piece_ended", values);
  }

  /** What became of the samples of a step; quarantined ones are a warning. */
  void counted(String step, StepCounts counts) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("step", step);
    values.putAll(Accounting.plain(counts));
    log.add(counts.quarantined() > 0 ? LogLevel.WARN : LogLevel.INFO, "step_counted", values);
  }

  /** A file was not as it was written; what it held is made anew. */
  void damaged(String file) {
    log.add(LogLevel.WARN, "file_damaged", Map.of("file", file, "made", "anew"));
  }

  void notExecuted(Contract.Skipped rule) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(Checks.plain(rule));
    values.put("severity", values.remove("level"));
    log.add(LogLevel.WARN, "not_executed", values);
  }

  void checked(CheckResult result) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(Checks.plain(result));
    values.put("severity", values.remove("level"));
    LogLevel level = result.isPassed() ? LogLevel.INFO : LogLevel.WARN;
    log.add(level, "checked", values);
  }

  void published(Manifest manifest, String head, long samples, long bytes) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("dataset", manifest.dataset());
    values.put("version", manifest.version());
    values.put("digest", manifest.digest());
    values.put("head", head);
    values.put("samples", samples);
    values.put("bytes", bytes);
    log.add(LogLevel.INFO, "version_published", values);
  }

  void trained(Map<String, @Nullable Object> card) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("model", card.get("name"));
    values.put("version", card.get("version"));
    values.put("trainer", card.get("trainer"));
    values.put("metrics", card.get("metrics"));
    log.add(LogLevel.INFO, "model_published", values);
  }

  void ended(RunResult.Status status, @Nullable Object cost) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("status", status.name().toLowerCase(Locale.ROOT));
    values.put("cost", cost);
    log.add(status == RunResult.Status.DONE ? LogLevel.INFO : LogLevel.ERROR, "run_ended", values);
  }

  /** The run ends early because of {@code failure}; its frames are told when debugging. */
  void failed(Throwable failure) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(
        "causes", log.tells(LogLevel.DEBUG) ? Causes.withFrames(failure) : Causes.of(failure));
    values.put("peak_heap_bytes", ProcessUse.peakHeapBytes());
    values.put("peak_resident_bytes", boxed(ProcessUse.peakResidentBytes()));
    log.add(LogLevel.ERROR, "run_failed", values);
  }

  private static @Nullable Long boxed(java.util.OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
