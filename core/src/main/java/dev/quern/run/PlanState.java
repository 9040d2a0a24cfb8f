package dev.quern.run;

import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import dev.quern.operator.Localized;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which points of a plan earlier runs have finished, and why the others have to run: compared with
 * what the last run of the same recipe was made of.
 */
public final class PlanState {
  private static final Logger LOG = LoggerFactory.getLogger(PlanState.class);
  private static final Localized CACHED =
      new Localized(
          "inputs, parameters and operators are as in an earlier run", "输入、参数与算子均与之前的运行一致");
  private static final Localized FIRST =
      new Localized("this recipe has not run in this workspace", "该配方尚未在此工作区运行过");
  private static final Localized UNFINISHED =
      new Localized("an earlier run has not finished it", "之前的运行未完成此步");

  private final Plan plan;
  private final Workspace workspace;
  private final Locale locale;
  private final Map<String, @Nullable Object> last;

  /** Compares {@code plan} with what the workspace holds. */
  public PlanState(Plan plan, RunOptions options) throws IOException {
    this.plan = plan;
    this.workspace = new Workspace(options.workspace());
    this.locale = plan.recipe().lang().orElse(options.locale());
    this.last = last(file(plan, workspace));
  }

  /** What cannot be read any more only costs the reasons. */
  private static Map<String, @Nullable Object> last(Path file) throws IOException {
    try {
      return Files.exists(file) ? SealedJson.read(file) : Map.of();
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is damaged and will be written anew: {}", file.getFileName(), e.getMessage());
      return Map.of();
    }
  }

  /** Returns the whole plan as plain values, the state of its points among them. */
  public Map<String, @Nullable Object> plain() throws IOException {
    Map<String, @Nullable Object> plain = plan.plain();
    Map<String, String> reasons = reasons();
    List<Object> points = new ArrayList<>();
    for (Plan.Point point : plan.points()) {
      points.add(
          point(
              point.step(), kind(point), isCached(point), reasons.getOrDefault(point.step(), "")));
    }
    if (plan.training().isPresent()) {
      points.add(point("model", "train", isTrained(), reasons.getOrDefault("model", "")));
    }
    plain.put("points", points);
    plain.put("workspace", workspace.root().toString());
    return plain;
  }

  private static Map<String, Object> point(
      String step, String kind, boolean cached, String reason) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("step", step);
    one.put("kind", kind);
    one.put("status", cached ? "cached" : "run");
    one.put("reason", reason);
    return one;
  }

  static String kind(Plan.Point point) {
    if (point instanceof Plan.Point.Fitting) {
      return "fit";
    }
    if (point instanceof Plan.Point.Judging judging) {
      return judging.kind();
    }
    if (point instanceof Plan.Point.Comparing) {
      return "compare";
    }
    if (point instanceof Plan.Point.Learning) {
      return "train";
    }
    return point instanceof Plan.Point.Keeping ? "store" : "write";
  }

  /** Returns why each point runs or is cached, by step, in the language of the recipe or run. */
  Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    Optional<String> change = Optional.empty();
    Map<String, Object> now = made(plan);
    for (Plan.Point point : plan.points()) {
      if (change.isEmpty()) {
        change = firstChange(now, point.step());
      }
      reasons.put(point.step(), reason(isCached(point), change));
    }
    if (plan.training().isPresent()) {
      if (change.isEmpty()) {
        change = firstChange(now, "model");
      }
      reasons.put("model", reason(isTrained(), change));
    }
    return reasons;
  }

  private String reason(boolean cached, Optional<String> change) {
    if (cached) {
      return CACHED.in(locale);
    }
    if (last.isEmpty()) {
      return FIRST.in(locale);
    }
    return change.orElseGet(() -> UNFINISHED.in(locale));
  }

  private boolean isCached(Plan.Point point) throws IOException {
    if (point instanceof Plan.Point.Learning learning) {
      return workspace.fits().isThere(learning.key());
    }
    Path folder =
        new PassFolders(workspace.root(), plan.recipe().traces(), plan.encryption().orElse(""))
            .folder(point);
    return Files.exists(folder.resolve("result.json"));
  }

  private boolean isTrained() throws IOException {
    Plan.TrainingPlan training = plan.training().orElseThrow();
    return workspace.models().find(training.spec().name(), training.key()).isPresent();
  }

  /** Returns the first difference to the last run among all that comes up to {@code step}. */
  private Optional<String> firstChange(Map<String, Object> now, String step) {
    for (Map.Entry<String, Object> part : now.entrySet()) {
      Optional<String> change = change(part.getKey(), part.getValue(), last.get(part.getKey()));
      if (change.isPresent()) {
        return change;
      }
      if (part.getKey().equals(step)) {
        break;
      }
    }
    return Optional.empty();
  }

  private Optional<String> change(String part, Object now, @Nullable Object before) {
    if (now.equals(before)) {
      return Optional.empty();
    }
    if (before == null) {
      return Optional.of(new Localized(part + " is new", part + " 为新增").in(locale));
    }
    if (!(now instanceof Map<?, ?>)) {
      return Optional.of(changed(part, before, now));
    }
    Map<String, @Nullable Object> new1 = Json.object(now);
    Map<String, @Nullable Object> old = Json.object(before);
    TreeSet<String> names = new TreeSet<>(new1.keySet());
    names.addAll(old.keySet());
    for (String name : names) {
      Object a = old.get(name);
      Object b = new1.get(name);
      if (!java.util.Objects.equals(a, b)) {
        return Optional.of(
            name.equals("content")
                ? new Localized(part + ": files have changed", part + "：文件已变化").in(locale)
                : changed(part + "." + name, a, b));
      }
    }
    return Optional.empty();
  }

  private String changed(String what, @Nullable Object before, @Nullable Object now) {
    String change = Json.write(before) + " → " + Json.write(now);
    return new Localized(what + " has changed: " + change, what + " 已变化：" + change).in(locale);
  }

  /** Keeps what {@code plan} is made of, for the reasons of the next one. */
  static void remember(Plan plan, Workspace workspace) throws IOException {
    workspace.replace(file(plan, workspace), SealedJson.pretty(made(plan)));
  }

  private static Path file(Plan plan, Workspace workspace) {
    return workspace
        .root()
        .resolve("work")
        .resolve("plans")
        .resolve(plan.recipe().name() + ".json");
  }

  /** What decides the results, by the label of its part, in the order of the plan. */
  private static Map<String, Object> made(Plan plan) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", plan.recipe().seed());
    for (Plan.SourcePlan source : plan.sources()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("content", source.contentKey());
      one.put("identity", source.source().identity());
      one.put("fields", source.schema().toString());
      made.put(source.label(), one);
    }
    for (Plan.StepPlan step : plan.steps()) {
      made.put(step.task().step(), made(step.task()));
    }
    made.put("checks", plan.checks().stream().map(check -> check.check().name()).toList());
    made.put("write", plan.dataset());
    plan.training()
        .ifPresent(
            t -> {
              Map<String, @Nullable Object> one = made(t.task());
              one.put("target", t.spec().target());
              made.put("model", one);
            });
    return made;
  }

  private static Map<String, @Nullable Object> made(dev.quern.engine.Task task) {
    Map<String, @Nullable Object> one = new LinkedHashMap<>(Json.parseObject(task.parameters()));
    one.put("operator", task.operator());
    one.put("revision", (long) task.revision());
    one.put("scope", task.scope().name().toLowerCase(Locale.ROOT));
    return one;
  }
}
