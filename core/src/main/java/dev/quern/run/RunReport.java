package dev.quern.run;

import dev.quern.check.CheckResult;
import dev.quern.contract.Contract;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Cost;
import dev.quern.engine.PassResult;
import dev.quern.engine.Phase;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.StepCounts;
import dev.quern.store.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run measured, as it grows: the content of report.json. Holds counts, names, types and
 * metrics; values of samples only where an analyzer released them.
 */
final class RunReport {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Plan plan;
  private final RunOptions options;
  private final List<Object> work = new ArrayList<>();
  private Cost cost = Cost.ZERO;

  RunReport(Plan plan, RunOptions options, String id, String started) {
    this.plan = plan;
    this.options = options;
    values.put("run", id);
    values.put("status", "running");
    values.put("recipe", plan.recipe().name());
    values.put("recipe_digest", plan.recipe().digest());
    values.put("language", language());
    values.put("engine", options.engine());
    values.put("started", started);
    values.put("finished", null);
    values.put("limit", options.limit().isPresent() ? options.limit().getAsLong() : null);
    values.put("seed", plan.recipe().seed());
    values.put("threads", options.threads());
    values.put("memory_bytes", options.memoryBytes());
    values.put("max_quarantined", plan.recipe().maxQuarantined());
    plan.encryption().ifPresent(key -> values.put("encrypted_by", key));
    values.put("quern", version());
    values.put("machine", machine());
    values.put("command", command());
  }

  private String language() {
    return plan.recipe().lang().orElse(options.locale()).getLanguage();
  }

  private static String version() {
    String version = Run.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The command that does the same again, beside the recipe. */
  private String command() {
    StringBuilder command = new StringBuilder("quern run ").append(quoted(file()));
    plan.sets().forEach(set -> command.append(" --set ").append(quoted(set)));
    options.limit().ifPresent(limit -> command.append(" --limit ").append(limit));
    return command.toString();
  }

  private String file() {
    return String.valueOf(Path.of(plan.recipe().file()).getFileName());
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=:@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Sets the recipe as its author wrote it. */
  void recipe(String text) {
    values.put("recipe_file", file());
    values.put("recipe_text", text);
  }

  private static Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.version"));
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("heap_bytes", Runtime.getRuntime().maxMemory());
    return machine;
  }

  void put(String name, @Nullable Object value) {
    values.put(name, value);
  }

  /** Adds a piece of work that was done or found done. */
  void work(
      String step,
      String kind,
      RunListener.Outcome outcome,
      String reason,
      Cost taken,
      List<Phase> phases) {
    cost = cost.plus(taken);
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("step", step);
    one.put("kind", kind);
    one.put("status", outcome.name().toLowerCase(Locale.ROOT));
    one.put("reason", reason);
    one.put("cost", plain(taken));
    one.put("phases", phases.stream().map(RunReport::plain).toList());
    work.add(one);
  }

  /** Returns what a phase was and took as plain values. */
  static Map<String, Object> plain(Phase phase) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("verb", phase.verb().name().toLowerCase(Locale.ROOT));
    plain.put("for", phase.step());
    plain.put("tasks", phase.tasks());
    plain.put("resumed", phase.resumed());
    plain.put("samples", phase.samples());
    plain.putAll(plain(phase.cost()));
    return plain;
  }

  /** Returns what work has taken as plain values. */
  static Map<String, Object> plain(Cost taken) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("wall_seconds", taken.wallNanos() / 1e9);
    plain.put("cpu_seconds", taken.cpuNanos() / 1e9);
    plain.put("worker_cpu_seconds", taken.workerNanos() / 1e9);
    plain.put("bytes_read", taken.bytesRead());
    plain.put("source_bytes_read", taken.sourceBytesRead());
    plain.put("bytes_written", taken.bytesWritten());
    plain.put("spilled_bytes", taken.spilled());
    return plain;
  }

  /** Sets sources, steps and the whole account. */
  void accounting(Accounting accounting) {
    List<Object> sources = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Plan.SourcePlan source : plan.sources()) {
      if (source.use() == Plan.SourcePlan.Use.SAMPLES) {
        labels.add(source.label());
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", source.label());
      one.put("name", source.source().name());
      one.put("operator", source.operator());
      one.put("files", source.files());
      one.put("bytes", source.bytes());
      one.put("split", source.source().split().written());
      one.put("use", source.use().name().toLowerCase(Locale.ROOT));
      one.put("counts", Accounting.plain(accounting.of(source.label())));
      one.put("schema", Plan.plain(source.schema()));
      sources.add(one);
    }
    values.put("sources", sources);
    Locale locale = Locale.forLanguageTag(language());
    List<Object> steps = new ArrayList<>();
    for (Plan.StepPlan step : plan.steps()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", step.task().step());
      one.put("operator", step.task().operator());
      one.put("summary", step.spec().summary().in(locale));
      one.put("line", step.line());
      one.put("scope", step.task().scope().name().toLowerCase(Locale.ROOT));
      one.put("serving", step.serving().name().toLowerCase(Locale.ROOT));
      one.put("counts", Accounting.plain(accounting.of(step.task().step())));
      one.put("output", Plan.plain(step.output()));
      one.put("changes", changes(step.input(), step.output()));
      steps.add(one);
    }
    values.put("steps", steps);
    StepCounts whole = accounting.whole(labels);
    values.put("accounting", Accounting.plain(whole));
  }

  /** The fields a step adds, takes away or gives another type. */
  private static List<Object> changes(Schema input, Schema output) {
    List<Object> changes = new ArrayList<>();
    for (Field field : output.fields()) {
      Optional<Field> before = input.field(field.name());
      if (before.isEmpty() || !before.get().type().equals(field.type())) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("field", field.name());
        before.ifPresent(old -> one.put("before", old.type().toString()));
        one.put("after", field.type().toString());
        changes.add(one);
      }
    }
    for (Field field : input.fields()) {
      if (output.field(field.name()).isEmpty()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("field", field.name());
        one.put("before", field.type().toString());
        changes.add(one);
      }
    }
    return changes;
  }

  /** Sets what the version holds. */
  void dataset(Manifest manifest, String head, PassResult written) {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("name", manifest.dataset());
    dataset.put("version", manifest.version());
    dataset.put("head", head);
    dataset.put("digest", written.digest());
    dataset.put("samples", written.stored().samples());
    dataset.put("bytes", written.stored().bytes());
    dataset.put("shards", written.stored().shards().size());
    Map<String, Object> splits = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      if (written.splits()[split.code()] > 0) {
        splits.put(split.written(), written.splits()[split.code()]);
      }
    }
    dataset.put("splits", splits);
    dataset.put("schema", Plan.plain(written.stored().schema()));
    values.put("dataset", dataset);
  }

  void profile(Map<String, Object> profile) {
    values.put("profile", profile);
  }

  /** Adds what differs from the profile of the version before. */
  void profileBefore(String version, List<ProfileChanges.Change> changes) {
    Map<String, @Nullable Object> before = new LinkedHashMap<>();
    before.put("version", version);
    before.put("changes", changes.stream().map(ProfileChanges.Change::plain).toList());
    values.put("profile_before", before);
  }

  void learnt(List<Object> learnt) {
    values.put("learnt", learnt);
  }

  void checks(List<CheckResult> results, List<Contract.Skipped> notExecuted) {
    List<Object> all = new ArrayList<>();
    results.forEach(result -> all.add(Checks.plain(result)));
    notExecuted.forEach(skipped -> all.add(Checks.plain(skipped)));
    values.put("checks", all);
  }

  /** Returns what is known so far. */
  Map<String, @Nullable Object> values() {
    return values;
  }

  /**
   * Closes the report and returns its values.
   *
   * @param collected time of garbage collection in nanoseconds
   */
  Map<String, @Nullable Object> finish(
      RunResult.Status status, String finished, Cost whole, long collected) {
    values.put("status", status.name().toLowerCase(Locale.ROOT));
    values.put("finished", finished);
    values.put("work", work);
    Map<String, Object> total = plain(whole);
    total.put("bytes_read", cost.bytesRead());
    total.put("source_bytes_read", cost.sourceBytesRead());
    total.put("bytes_written", cost.bytesWritten());
    total.put("spilled_bytes", cost.spilled());
    total.put("worker_cpu_seconds", cost.workerNanos() / 1e9);
    total.put("collector_seconds", collected / 1e9);
    total.put("peak_heap_bytes", ProcessUse.peakHeapBytes());
    ProcessUse.peakResidentBytes().ifPresent(peak -> total.put("peak_resident_bytes", peak));
    options
        .cpuHourPrice()
        .ifPresent(price -> total.put("price", price * whole.cpuNanos() / 3.6e12));
    values.put("cost", total);
    return values;
  }
}
