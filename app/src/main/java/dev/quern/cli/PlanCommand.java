package dev.quern.cli;

import dev.quern.operator.Registry;
import dev.quern.run.Plan;
import dev.quern.run.PlanState;
import dev.quern.run.Planner;
import dev.quern.run.RunOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run would do and why, without doing it. */
@Command(name = "plan")
final class PlanCommand implements Action {
  @Mixin RecipeOptions recipe = new RecipeOptions();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    Path file = recipe.file(session);
    RunOptions options = recipe.options(session, file);
    Registry registry = session.registry(options.workspace());
    Plan plan = Planner.plan(registry, file, recipe.sets(session, file, registry), options);
    Map<String, @Nullable Object> values = new PlanState(plan, options).plain();
    if (json) {
      session.json(values);
    } else {
      print(values, session);
      session.talk(session.text("plan.next", recipe.recipe));
    }
    return Exit.DONE;
  }

  private static void print(Map<String, @Nullable Object> plan, Session session) {
    PrintStream out = session.out();
    out.println(
        session.text("plan.title", Values.text(plan, "recipe"), Values.text(plan, "dataset")));
    out.println();
    Table sources =
        new Table(
            session.text("plan.source"),
            session.text("plan.operator"),
            session.text("plan.split"),
            ">" + session.text("plan.files"),
            ">" + session.text("plan.size"),
            ">" + session.text("plan.fields"));
    for (Map<String, @Nullable Object> source : Values.parts(plan, "sources")) {
      sources.row(
          Values.text(source, "name"),
          Values.text(source, "operator"),
          Values.text(source, "split"),
          Values.count(source, "files"),
          Amounts.bytes(Values.number(source, "bytes")),
          Values.parts(source, "schema").size());
    }
    sources.print(out);
    steps(plan, session);
    points(plan, session);
    out.println();
    Object checks = plan.get("checks");
    if (checks instanceof List<?> list && !list.isEmpty()) {
      out.println(session.text("plan.checks"));
      list.forEach(check -> out.println("  " + check));
    }
    Map<String, @Nullable Object> model = Values.part(plan, "model");
    if (!model.isEmpty()) {
      String name = Values.text(model, "name");
      String trainer = Values.text(model, "trainer");
      out.println(session.text("plan.model", name, trainer, Values.text(model, "target")));
    }
  }

  private static void steps(Map<String, @Nullable Object> plan, Session session) {
    List<Map<String, @Nullable Object>> steps = Values.parts(plan, "steps");
    if (steps.isEmpty()) {
      return;
    }
    session.out().println();
    Table table =
        new Table(
            ">" + session.text("plan.line"),
            session.text("plan.step"),
            session.text("plan.scope"),
            session.text("plan.serving"),
            session.text("plan.changes"));
    for (Map<String, @Nullable Object> step : steps) {
      table.row(
          Values.count(step, "line"),
          Values.text(step, "label"),
          Values.text(step, "scope"),
          Values.text(step, "serving"),
          changes(Values.parts(step, "input"), Values.parts(step, "output")));
    }
    table.print(session.out());
  }

  /** Returns the fields a step adds, removes or gives another type. */
  private static String changes(
      List<Map<String, @Nullable Object>> before, List<Map<String, @Nullable Object>> after) {
    Set<String> old = written(before);
    Set<String> now = written(after);
    List<String> changes = new ArrayList<>();
    now.stream().filter(field -> !old.contains(field)).forEach(field -> changes.add("+" + field));
    old.stream().filter(field -> !now.contains(field)).forEach(field -> changes.add("-" + field));
    return changes.isEmpty() ? "·" : String.join(" ", changes);
  }

  private static Set<String> written(List<Map<String, @Nullable Object>> fields) {
    Set<String> written = new LinkedHashSet<>();
    for (Map<String, @Nullable Object> field : fields) {
      written.add(Values.text(field, "name") + ":" + Values.text(field, "type"));
    }
    return written;
  }

  private static void points(Map<String, @Nullable Object> plan, Session session) {
    session.out().println();
    Table table =
        new Table(
            session.text("plan.point"), session.text("plan.status"), session.text("plan.reason"));
    for (Map<String, @Nullable Object> point : Values.parts(plan, "points")) {
      table.row(
          Values.text(point, "step") + ": " + Values.text(point, "kind"),
          session.text("plan.status." + Values.text(point, "status")),
          Values.text(point, "reason"));
    }
    table.print(session.out());
  }
}
