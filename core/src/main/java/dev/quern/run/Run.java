package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.check.CheckResult;
import dev.quern.check.Evidence;
import dev.quern.data.Split;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.Cost;
import dev.quern.engine.DataException;
import dev.quern.engine.Engine;
import dev.quern.engine.FullDisk;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Phase;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Shard;
import dev.quern.engine.StepCounts;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.format.parquet.ShardDigests;
import dev.quern.key.Purpose;
import dev.quern.operator.Fit;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.MetricSet;
import dev.quern.recipe.Recipe;
import dev.quern.store.LiveRun;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan: point by point, each finished point kept, so that a run that was killed
 * or changed computes only what is missing; then checks, publishes, trains and reports.
 */
public final class Run {
  private final Plan plan;
  private final RunOptions options;
  private final RunListener listener;
  private final Workspace workspace;
  private final PassFolders folders;
  private final Folds folds;
  private final Accounting accounting;
  private final Map<String, Stored> stored = new LinkedHashMap<>();
  private final Map<String, String> reasons;
  private final String id;
  private final Path folder;
  private final RunReport report;
  private final RunEvents events;
  private final AttemptLog attempts;
  private final List<Lineage.End> outputs = new ArrayList<>();
  private final ShardDigests digests;
  private final CheckRun checks;
  private final Withheld withheld;
  private final KeptTraces traces;
  private final VersionMeasures measures;

  /** Shards that an earlier run has written: a new version must not rest on a damaged one. */
  private final List<Shard> unseen = new ArrayList<>();

  /** What passes over samples and their references have found, by check. */
  private final Map<String, PassResult> compared = new LinkedHashMap<>();

  private final List<Map<String, @Nullable Object>> modelMetrics = new ArrayList<>();
  private Optional<Manifest> version = Optional.empty();
  private int pieces;

  private Run(
      Plan plan,
      RunOptions options,
      RunListener listener,
      Workspace workspace,
      Path folder,
      Instant now)
      throws IOException {
    this.plan = plan;
    this.options = options;
    this.listener = listener;
    this.workspace = workspace;
    this.digests = workspace.datasets().digests();
    this.folders =
        new PassFolders(workspace.root(), plan.recipe().traces(), plan.encryption().orElse(""));
    this.attempts = new AttemptLog(workspace, plan);
    this.folds =
        new Folds(
            plan.registry(),
            new RunContext(plan.recipe().seed()),
            options.secrets(),
            workspace.fits(),
            attempts::of);
    this.accounting = new Accounting(versions(plan));
    this.withheld = new Withheld(plan.encryptedFields());
    this.folder = folder;
    this.id = String.valueOf(folder.getFileName());
    this.report = new RunReport(plan, options, id, now.toString());
    this.reasons = new PlanState(plan, options).reasons();
    this.events = new RunEvents(folder, id, options.log());
    this.checks =
        new CheckRun(
            plan.registry(),
            folds,
            workspace,
            folder,
            folders.passing(id),
            plan.recipe().traces().changed());
    this.traces = new KeptTraces(workspace, folder);
    this.measures =
        new VersionMeasures(plan, workspace, folds, checks, withheld, folders.passing(id));
  }

  /**
   * Executes {@code plan}.
   *
   * @throws DataException if the data are at fault
   * @throws IOException if files cannot be read or written
   */
  public static RunResult execute(Plan plan, RunOptions options, RunListener listener)
      throws IOException {
    Workspace workspace = workspace(plan, options);
    Instant now = Instant.now();
    try (LiveRun live = workspace.begin(now, RunNeeds.of(plan, options, workspace))) {
      Run run = new Run(plan, options, listener, workspace, live.folder(), now);
      workspace.audit().add(now, RunAudit.transforms(plan, run.id));
      return run.logged();
    } catch (IOException | UncheckedIOException e) {
      // Before the run's log is open, or because it cannot be written.
      throw FullDisk.explained(e, workspace.root());
    }
  }

  /** Returns the workspace; what a recipe that encrypts keeps there is encrypted. */
  private static Workspace workspace(Plan plan, RunOptions options) {
    Workspace workspace = new Workspace(options.workspace(), options.fieldKeys());
    return plan.encryption()
        .map(key -> workspace.encrypting(options.secrets().keyset(key, Purpose.AEAD)))
        .orElse(workspace);
  }

  private static Map<String, String> versions(Plan plan) {
    return plan.sources().stream()
        .filter(source -> !source.parent().isEmpty())
        .collect(Collectors.toUnmodifiableMap(Plan.SourcePlan::contentKey, Plan.SourcePlan::label));
  }

  /** Whatever ends the run is in its log before it is told elsewhere. */
  private RunResult logged() throws IOException {
    try (events) {
      try {
        events.began(plan, report.values());
        workspace.damaged().tell(this::damaged);
        return explained();
      } catch (Throwable e) {
        events.failed(e);
        attempts.failed(e);
        throw e;
      }
    }
  }

  /** Whoever could have changed the file is to be known of, also when the run fails afterwards. */
  private void damaged(Path file) {
    String name = relative(file);
    events.damaged(name);
    listener.damaged(name);
  }

  private String relative(Path file) {
    Path root = workspace.root();
    Path absolute = file.toAbsolutePath().normalize();
    return (absolute.startsWith(root) ? root.relativize(absolute) : absolute)
        .toString()
        .replace('\\', '/');
  }

  private RunResult explained() throws IOException {
    try {
      return execute();
    } catch (IOException | UncheckedIOException e) {
      throw FullDisk.explained(e, workspace.root());
    }
  }

  private RunResult execute() throws IOException {
    long wall = System.nanoTime();
    long cpu = ProcessUse.cpuNanos();
    long collected = ProcessUse.collectorNanos();
    PlanState.remember(plan, workspace);
    write("plan.json", Json.pretty(plan.plain()));
    String recipe = Files.readString(Path.of(plan.recipe().file()), StandardCharsets.UTF_8);
    write("recipe.yaml", recipe);
    report.recipe(recipe);
    RunResult.Status status;
    try (Engine engine = new RunEngine(plan, options, workspace, digests).open()) {
      status = points(engine);
      report.put("engine_description", engine.description());
    }
    Cost whole = new Cost(System.nanoTime() - wall, ProcessUse.cpuNanos() - cpu, 0, 0, 0, 0);
    return finish(status, whole, ProcessUse.collectorNanos() - collected);
  }

  private RunResult.Status points(Engine engine) throws IOException {
    for (Plan.Point point : plan.points()) {
      if (point instanceof Plan.Point.Fitting fitting) {
        fit(engine, fitting);
      } else if (point instanceof Plan.Point.Judging judging) {
        judge(engine, judging);
      } else if (point instanceof Plan.Point.Learning learning) {
        learn(engine, learning);
      } else if (point instanceof Plan.Point.Keeping keeping) {
        keep(engine, keeping);
      } else if (point instanceof Plan.Point.Comparing comparing) {
        compare(engine, comparing);
      } else {
        return publish(engine, (Plan.Point.Publishing) point);
      }
      if (quarantineExceeded()) {
        return RunResult.Status.QUARANTINE_EXCEEDED;
      }
    }
    throw new IllegalStateException("a plan must end with a version");
  }

  private void fit(Engine engine, Plan.Point.Fitting point) throws IOException {
    byte[] state = folded(engine, point.step(), "fit", point.samples(), point.keep(), point.task());
    if (workspace.fits().find(point.key()).isEmpty()) {
      Fit fit = folds.fit(point.task(), point.samples().schema(), state);
      workspace.fits().put(point.key(), point.step(), point.task().operator(), fit);
    }
  }

  /** Returns what {@code task} collects of {@code samples}, which are stored if they are kept. */
  private byte[] folded(
      Engine engine, String step, String kind, Samples samples, Plan.Keep keep, Task task)
      throws IOException {
    List<Pass.Fold> folds = List.of(new Pass.Fold(task, samples));
    PassResult result = pass(engine, step, kind, samples, PassFolders.output(keep), folds);
    if (keep == Plan.Keep.SAMPLES) {
      stored.put(samples.key(), result.stored());
    }
    return result.states().get(0);
  }

  /** Tells of the samples that the coming pass will drop because a check wants them aside. */
  private void judge(Engine engine, Plan.Point.Judging point) throws IOException {
    byte[] state =
        folded(engine, point.step(), point.kind(), point.samples(), point.keep(), point.task());
    Samples samples = Graph.resume(point.samples(), stored);
    List<Plan.CheckPlan> aside = point.checks();
    if (workspace.fits().find(point.key()).isEmpty()) {
      Fit fit = folds.judged(point.task(), samples.schema(), state);
      fit = checks.completed(engine, samples, aside, fit, ChangedCells.NONE);
      workspace.fits().put(point.key(), point.step(), point.task().operator(), fit);
    }
    checks.measured(engine, aside, point.task(), samples.schema(), state);
    checks.tell(engine, samples, aside, point.task(), state, Map.of(), plan.recipe().verdicts());
    checks.setAside(engine, samples, aside, workspace.fits().fit(point.key()));
  }

  private void learn(Engine engine, Plan.Point.Learning point) throws IOException {
    begins(point.step(), "train");
    long wall = System.nanoTime();
    long cpu = ProcessUse.cpuNanos();
    Cost cost = Cost.ZERO;
    RunListener.Outcome outcome = RunListener.Outcome.CACHED;
    if (workspace.fits().find(point.key()).isEmpty()) {
      Path folder = folders.passing(id);
      StoredLesson lesson =
          new StoredLesson(plan, options, engine, stored(point.samples()), point, folder, listener);
      Fit fit = lesson.learn();
      StoredLesson.clear(folder);
      workspace.fits().put(point.key(), point.step(), point.task().operator(), fit);
      cost = new Cost(System.nanoTime() - wall, ProcessUse.cpuNanos() - cpu, 0, 0, 0, 0);
      outcome = RunListener.Outcome.DONE;
    }
    listener.ends(outcome);
    events.pieceEnded(pieces, point.step(), "train", outcome, cost);
    report.work(point.step(), "train", outcome, reason(point.step()), cost, List.of());
  }

  private Stored stored(Samples samples) {
    Stored kept = stored.get(samples.key());
    if (kept == null) {
      throw new IllegalStateException("samples must be kept before they are learnt from");
    }
    return kept;
  }

  private void keep(Engine engine, Plan.Point.Keeping point) throws IOException {
    PassResult result =
        pass(engine, point.step(), "store", point.samples(), new Pass.Output.Blocks(), List.of());
    stored.put(point.samples().key(), result.stored());
  }

  private void compare(Engine engine, Plan.Point.Comparing point) throws IOException {
    Pass.Output output = new Pass.Output.None();
    List<Pass.Fold> fold = List.of(new Pass.Fold(point.task(), point.samples()));
    PassResult result = pass(engine, point.step(), "compare", point.samples(), output, fold);
    compared.put(point.step(), result);
  }

  private PassResult pass(
      Engine engine,
      String step,
      String kind,
      Samples samples,
      Pass.Output output,
      List<Pass.Fold> taps)
      throws IOException {
    begins(step, kind);
    Path place = folders.folder(samples.key(), output, taps);
    Samples resumed = Graph.resume(samples, stored);
    List<Pass.Fold> resumedTaps = new ArrayList<>();
    for (Pass.Fold tap : taps) {
      resumedTaps.add(new Pass.Fold(tap.task(), Graph.resume(tap.at(), stored)));
    }
    Pass pass =
        new Pass(resumed, output, resumedTaps, place, accounting.settled(), plan.recipe().traces());
    PassWatch watch = new PassWatch(step, listener, events, attempts, workspace.damaged());
    PassResult result = engine.execute(pass, watch);
    // Only a pass that was found finished has cost nothing: one whose files are damaged is redone.
    Cost cost = result.cost();
    RunListener.Outcome outcome =
        cost.isZero() ? RunListener.Outcome.CACHED : RunListener.Outcome.DONE;
    listener.ends(outcome);
    events.pieceEnded(pieces, step, kind, outcome, cost);
    boolean all = !watch.phases().isEmpty() && watch.phases().stream().allMatch(Run::isAnew);
    if (output instanceof Pass.Output.Written && !all) {
      unseen.addAll(result.stored().shards());
    }
    if (kind.equals("compare")) {
      accounting.beside(result);
      count(result, outcome);
      accounting.lookedAt(samples);
    } else {
      count(result, outcome);
      accounting.inHand(samples, result);
    }
    traces.add(result);
    report.work(step, kind, outcome, reason(step), cost, watch.phases());
    return result;
  }

  private static boolean isAnew(Phase phase) {
    return phase.resumed() == 0;
  }

  private void begins(String step, String kind) {
    listener.begins(++pieces, total(), what(step, kind));
    events.pieceBegan(pieces, total(), step, kind, reason(step));
  }

  private String reason(String step) {
    return reasons.getOrDefault(step, "");
  }

  private void count(PassResult result, RunListener.Outcome outcome) {
    Set<String> told = accounting.settled();
    if (outcome == RunListener.Outcome.CACHED) {
      accounting.addCached(result);
    } else {
      accounting.add(result);
    }
    result
        .steps()
        .forEach(
            (step, counts) -> {
              if (!told.contains(step)) {
                events.counted(step, counts);
              }
            });
  }

  /** What is begun, in the words of the report. */
  private String what(String step, String kind) {
    String words = new ReportText(options.locale().getLanguage()).of("kind." + kind);
    // The version is named by what is done.
    return kind.equals("write") ? words : step + ": " + words;
  }

  private int total() {
    return plan.points().size() + plan.weighed().size() + (plan.training().isPresent() ? 1 : 0);
  }

  private boolean quarantineExceeded() {
    for (Plan.SourcePlan source : plan.sources()) {
      StepCounts counts = accounting.of(source.label());
      if (counts.quarantined() > plan.recipe().maxQuarantined() * counts.read()) {
        return true;
      }
    }
    return false;
  }

  private RunResult.Status publish(Engine engine, Plan.Point.Publishing point) throws IOException {
    Pass.Output output = new Pass.Output.Written(point.writer(), workspace.shards());
    PassResult written =
        pass(engine, point.step(), "write", point.samples(), output, point.folds());
    if (quarantineExceeded()) {
      return RunResult.Status.QUARANTINE_EXCEEDED;
    }
    measures.measure(engine, point, written, compared);
    report.profile(measures.profiled());
    Manifest manifest = manifest(written);
    Optional<String> same = workspace.datasets().find(manifest).map(Manifest::version);
    MetricHistory history = MetricHistory.of(workspace.datasets(), plan.dataset());
    Evidence evidence =
        new Evidence(
            written.stored().samples(),
            Instant.parse(manifest.created()),
            metric -> history.of(metric, same));
    List<CheckResult> results = checks.results(plan.checks(), evidence);
    report.checks(results, plan.notExecuted());
    plan.notExecuted().forEach(events::notExecuted);
    results.forEach(events::checked);
    boolean failed = results.stream().anyMatch(CheckResult::isError);
    Manifest.Head head = failed ? Manifest.Head.STAYS : head();
    manifest = manifest.measured(measurements(results));
    report.put("history_warnings", warnings(manifest, history, same));
    compareWithBefore(manifest);
    if (same.isEmpty()) {
      for (Shard shard : unseen) {
        digests.check(shard);
      }
    }
    workspace.audit().add(Instant.now(), RunAudit.publishes(manifest, id));
    Manifest published = workspace.datasets().publish(manifest, head);
    version = Optional.of(published);
    String moved = head == Manifest.Head.STAYS ? "stays" : "moved";
    report.dataset(published, moved, written);
    events.published(published, moved, written.stored().samples(), written.stored().bytes());
    outputs.add(
        new Lineage.End("quern", published.dataset(), published.version(), published.schema()));
    tell(engine, point, published, results);
    if (failed) {
      return RunResult.Status.CHECK_FAILED;
    }
    for (Plan.Weighed weighed : plan.weighed()) {
      weigh(engine, weighed);
    }
    if (plan.training().isPresent()) {
      train(engine, published, written.splits());
    }
    return RunResult.Status.DONE;
  }

  /** Tells of the samples of {@code published} that fail checks, those beside a reference last. */
  private void tell(
      Engine engine, Plan.Point.Publishing point, Manifest published, List<CheckResult> results)
      throws IOException {
    Map<Plan.CheckPlan, CheckResult> byPlan = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      byPlan.put(plan.checks().get(i), results.get(i));
    }
    Recipe.Verdicts wanted = plan.recipe().verdicts();
    List<Plan.CheckPlan> kept = plan.checks(Check.Failing.KEEP);
    if (!kept.isEmpty()) {
      Samples version = Samples.stored(workspace.datasets().stored(published, 0));
      Task task = point.measures().get(1).task();
      checks.tell(engine, version, kept, task, measures.checked(), byPlan, wanted);
    }
    for (Plan.CheckPlan check : plan.checks()) {
      PassResult found = compared.get(check.task().step());
      if (found != null) {
        Samples joined = Graph.resume(check.compared().orElseThrow(), stored);
        List<Plan.CheckPlan> one = List.of(check);
        Task task = Plan.measuring("check", one, JudgeMapping.Gives.METRICS);
        byte[] state = MetricSet.States.written(found.states());
        checks.tell(engine, joined, one, task, state, byPlan, wanted);
      }
    }
  }

  private Map<String, @Nullable Object> measurements(List<CheckResult> results) {
    return MetricHistory.plain(
        checks.values(), results.stream().filter(CheckResult::isError).count());
  }

  private List<Object> warnings(Manifest manifest, MetricHistory history, Optional<String> same) {
    Map<String, Double> values =
        MetricHistory.ofProfile(manifest.samples(), manifest.schema(), manifest.profile());
    return HistoryWarnings.of(values, history, same);
  }

  /**
   * Puts the profile beside that of the version before or, of the first, of what it was made of.
   */
  private void compareWithBefore(Manifest manifest) throws IOException {
    Optional<Manifest> before = Predecessors.of(workspace.datasets(), manifest);
    if (before.isPresent()) {
      String version = before.get().reference().toString();
      Map<String, @Nullable Object> now = new LinkedHashMap<>(measures.profiled());
      report.profileBefore(version, ProfileChanges.between(before.get().profile(), now));
    }
  }

  /** A quick look at a part of the sources must not become what others build on. */
  private Manifest.Head head() {
    return options.limit().isPresent() ? Manifest.Head.STAYS : Manifest.Head.MOVES;
  }

  private void train(Engine engine, Manifest published, long[] splits) throws IOException {
    listener.begins(++pieces, total(), what(plan.training().get().spec().name(), "train"));
    events.pieceBegan(pieces, total(), "model", "train", reason("model"));
    Stored version = workspace.datasets().stored(published, 0);
    workspace.audit().add(Instant.now(), RunAudit.trains(plan, published, id));
    ModelRun training = new ModelRun(plan, options, workspace, listener);
    Path passing = folders.passing(id);
    ModelRun.Trained trained = training.train(engine, passing, version, splits, published, id);
    new AccuracyCosts(plan, workspace.fits())
        .train(new AccuracyCosts.Place(engine, options, workspace, listener), stored, passing);
    StoredLesson.clear(passing);
    Map<String, @Nullable Object> card = withheld.card(trained.card());
    report.put("model", card);
    Json.list(card.get("metrics")).forEach(m -> modelMetrics.add(Json.object(m)));
    report.work("model", "train", trained.outcome(), reason("model"), trained.cost(), List.of());
    events.pieceEnded(pieces, "model", "train", trained.outcome(), trained.cost());
    events.trained(card);
    outputs.add(
        new Lineage.End(
            "quern-model",
            plan.training().get().spec().name(),
            String.valueOf(card.get("version")),
            plan.training().get().predictions()));
  }

  private void weigh(Engine engine, Plan.Weighed weighed) throws IOException {
    begins(weighed.step(), "train");
    long wall = System.nanoTime();
    long cpu = ProcessUse.cpuNanos();
    Cost cost = Cost.ZERO;
    RunListener.Outcome outcome = RunListener.Outcome.CACHED;
    Answers answers = new Answers(plan, workspace.fits());
    if (!answers.areThere(weighed)) {
      Path passing = folders.passing(id);
      AccuracyCosts.Place place = new AccuracyCosts.Place(engine, options, workspace, listener);
      answers.answer(place, weighed, stored, passing);
      StoredLesson.clear(passing);
      cost = new Cost(System.nanoTime() - wall, ProcessUse.cpuNanos() - cpu, 0, 0, 0, 0);
      outcome = RunListener.Outcome.DONE;
    }
    listener.ends(outcome);
    events.pieceEnded(pieces, weighed.step(), "train", outcome, cost);
    report.work(weighed.step(), "train", outcome, reason(weighed.step()), cost, List.of());
  }

  private Manifest manifest(PassResult written) throws IOException {
    Map<Split, Long> splits = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      if (written.splits()[split.code()] > 0) {
        splits.put(split, written.splits()[split.code()]);
      }
    }
    Map<String, Manifest.Learnt> learnt = new LinkedHashMap<>();
    for (Plan.Point point : plan.points()) {
      if (point instanceof Plan.Point.Fitting fitting) {
        Optional<Manifest.Learnt> fit = workspace.fits().find(fitting.key());
        if (fit.isPresent()) {
          learnt.put(fitting.key(), workspace.sealed(fitting.key(), fit.get()));
        }
      }
    }
    List<String> parents =
        plan.sources().stream()
            .filter(source -> source.operator().equals("dataset"))
            .map(Plan.SourcePlan::parent)
            .toList();
    return new Manifest(
        plan.dataset(),
        "",
        written.digest(),
        written.stored().schema(),
        written.stored().shards(),
        splits,
        plan.recipe().name(),
        plan.recipe().digest(),
        id,
        Instant.now().toString(),
        Optional.empty(),
        parents,
        learnt,
        new LinkedHashMap<>(measures.profiled()),
        measures.states(),
        Map.of());
  }

  private RunResult finish(RunResult.Status status, Cost whole, long collected) throws IOException {
    report.accounting(accounting);
    report.learnt(
        new Learnings(workspace.fits(), measures.profiled(), plan.encryptedFields()).of(plan));
    List<Object> curves = new KeepCurves(plan, workspace.fits()).plain();
    if (!curves.isEmpty()) {
      report.put("keep_curves", curves);
    }
    List<Object> anonymisations =
        new Anonymisations(plan, workspace.fits()).plain(version, modelMetrics);
    if (!anonymisations.isEmpty()) {
      report.put("anonymisations", anonymisations);
    }
    List<Object> personal = PersonalData.plain(accounting);
    if (!personal.isEmpty()) {
      report.put("personal_data", personal);
    }
    List<Object> attacks = ReportAttacks.plain(plan, measures.all());
    if (!attacks.isEmpty()) {
      report.put("attacks", attacks);
    }
    quality();
    traces.keep(report, checks);
    List<Path> damaged = workspace.damaged().list();
    if (!damaged.isEmpty()) {
      report.put("damaged_files", damaged.stream().map(this::relative).sorted().toList());
    }
    Map<String, @Nullable Object> values =
        report.finish(status, Instant.now().toString(), whole, collected);
    write("report.html", ReportPage.render(values, String.valueOf(values.get("language"))));
    write("lineage.json", Json.pretty(lineage(status, String.valueOf(values.get("finished")))));
    // Last, because a run that has it counts as finished.
    write("report.json", Json.pretty(values));
    events.ended(status, values.get("cost"));
    return new RunResult(id, status, values, folder, folder.resolve("report.html"));
  }

  /** Puts the measures of the version into the report, if there is one. */
  private void quality() throws IOException {
    if (version.isPresent()) {
      attempts.published(version.get());
      report.put(
          "quality",
          QualityMeasures.plain(
              version.get().schema(),
              measures.all(),
              modelMetrics,
              attempts.accessible(version.get())));
    }
  }

  private Map<String, Object> lineage(RunResult.Status status, String finished) {
    List<Lineage.End> inputs = new ArrayList<>();
    for (Plan.SourcePlan source : plan.sources()) {
      String namespace = source.operator().equals("dataset") ? "quern" : "file";
      inputs.add(
          new Lineage.End(namespace, source.source().name(), source.contentKey(), source.schema()));
    }
    String type = status == RunResult.Status.DONE ? "COMPLETE" : "FAIL";
    return Lineage.event(id, plan.recipe().name(), type, finished, inputs, outputs);
  }

  private void write(String name, String text) throws IOException {
    workspace.replace(folder.resolve(name), text);
  }
}
