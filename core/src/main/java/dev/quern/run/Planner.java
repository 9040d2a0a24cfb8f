package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Task;
import dev.quern.operator.BindException;
import dev.quern.operator.Fitter;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.Learner;
import dev.quern.operator.Mapper;
import dev.quern.operator.MetricSet;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.Suppression;
import dev.quern.operator.Transformation;
import dev.quern.recipe.Branch;
import dev.quern.recipe.CheckSpec;
import dev.quern.recipe.Combine;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.RecipeException;
import dev.quern.recipe.RecipeReader;
import dev.quern.recipe.SourceSpec;
import dev.quern.recipe.StepSpec;
import dev.quern.recipe.WriteSpec;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Binds a recipe to the schemas of its data, step by step, and finds the points at which a run has
 * to stop: fits, shuffles and the version. Every problem is collected; nothing but the heads of the
 * files is read.
 */
public final class Planner {
  /** The label of the task that makes one schema of several sources. */
  static final String UNION = "combine.union";

  private final Registry registry;
  private final Recipe recipe;
  private final Sources sources;
  private final FieldRoles roles;
  private final List<Problem> problems;
  private final WrittenProblems written;
  private final Map<String, Integer> labels = new TreeMap<>();
  private final List<Plan.SourcePlan> sourcePlans = new ArrayList<>();
  private final List<Plan.StepPlan> stepPlans = new ArrayList<>();
  private final Map<String, Position> places = new HashMap<>();
  private final List<Plan.Point> points = new ArrayList<>();
  private final Set<String> kept = new HashSet<>();
  private final Bypasses bypasses;
  private Plan.StepPlan.Path path = Plan.StepPlan.Path.MAIN;
  private boolean splits;
  private Optional<Position> firstFit = Optional.empty();
  private String firstFitName = "";
  private final References references = new References(new Unnamed());
  private final Questions questions;

  /** Ends the keys of what is learnt: what was learnt in clear is not what lies encrypted. */
  private final String encryption;

  private Planner(Registry registry, Recipe recipe, Sources sources, List<Problem> problems) {
    this.encryption = encryption(recipe, sources.workspace());
    this.problems = problems;
    this.written = new WrittenProblems(recipe, problems);
    this.registry = registry;
    this.recipe = recipe;
    this.sources = sources;
    this.roles = new FieldRoles(recipe, problems);
    this.bypasses = new Bypasses(recipe, encryption);
    this.questions = new Questions(registry, new Unnamed());
  }

  /** Workers elsewhere spill what they shuffle in ways of their own, in clear. */
  private static void requireHere(Recipe recipe, RunOptions options) {
    Optional<WriteSpec.Encryption> encryption = recipe.write().flatMap(WriteSpec::encryption);
    if (encryption.isPresent() && !options.engine().equals("local")) {
      throw new RecipeException(
          List.of(
              new Problem(
                  encryption.get().place(),
                  "encrypted_elsewhere",
                  "write.encrypt must be run by the local engine, which encrypts whatever it keeps"
                      + " of samples; found: --engine "
                      + options.engine()
                      + "; fix: leave --engine out")));
    }
  }

  private static String encryption(Recipe recipe, Workspace workspace) {
    Optional<WriteSpec.Encryption> encryption = recipe.write().flatMap(WriteSpec::encryption);
    try {
      return encryption.map(e -> "\n" + KeyIds.pinned(e, workspace)).orElse("");
    } catch (DataException e) {
      return ""; // Told with the version's writer, after the problems of all steps.
    }
  }

  /**
   * Reads the recipe in {@code file}, changed by {@code sets}, and binds it.
   *
   * @throws RecipeException with every problem, if there is one
   * @throws dev.quern.engine.DataException if a source cannot be found or understood
   */
  public static Plan plan(Registry registry, Path file, List<String> sets, RunOptions options)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    Recipe recipe =
        new RecipeReader(registry)
            .examine(file, sets, problems)
            .orElseThrow(() -> new RecipeException(problems));
    Sources sources = new Sources(recipe, options);
    requireHere(recipe, options);
    Plan plan = new Planner(registry, recipe, sources, problems).plan(sets);
    if (!sources.isProvisional()) {
      return plan;
    }
    sources.settle();
    return new Planner(registry, recipe, sources, new ArrayList<>()).plan(sets);
  }

  private Plan plan(List<String> sets) throws IOException {
    if (!written.areBindable()) {
      // Nothing can be bound, but what a check is called and asks for needs no data.
      Checks.examine(registry, recipe, problems);
      throw new RecipeException(problems);
    }
    splits = declaresSplits();
    Samples samples = recipe.inputs().isEmpty() ? read(recipe.read()) : combined();
    Schema raw = samples.schema();
    samples = steps(samples, recipe.steps());
    Samples all = samples;
    Map<String, List<Object>> hierarchies =
        Hierarchies.of(sources.workspace(), sourcePlans, stepPlans);
    Checks.Bound bound =
        Checks.bind(
            registry,
            recipe,
            samples.schema(),
            (spec, fields) -> compared(all, spec, fields),
            new Attackers(sources.workspace(), hierarchies),
            problems);
    List<Plan.CheckPlan> checks = bound.plans();
    // Steps may have written the names of subjects another way.
    samples = recipe.steps().isEmpty() ? samples : remembered(samples);
    samples = aside(samples, checks);
    Optional<Plan.TrainingPlan> training =
        PlannedTraining.of(recipe, raw, samples, encryption, problems);
    for (Plan.StepPlan step : stepPlans) {
      // The step of checks that set samples aside is none of the recipe's.
      Position place = places.get(step.task().step());
      if (place != null) {
        boolean tested = recipe.model().isPresent() && splits;
        KeepCurves.examine(step, place, samples.schema(), tested, problems);
      }
    }
    if (!problems.isEmpty()) {
      problems.removeIf(written::mayCause);
      throw new RecipeException(problems);
    }
    compare(samples, checks);
    boolean isKept = kept.contains(samples.key());
    points.add(
        new PlannedVersion(registry, recipe, sources.workspace())
            .publishing(samples, checks, sourcePlans, isKept));
    return new Plan(
        registry,
        recipe,
        sourcePlans,
        stepPlans,
        points,
        samples,
        checks,
        bound.notExecuted(),
        training,
        splits && training.isPresent() ? bypasses.without(recipe.steps()) : List.of(),
        questions.all(),
        hierarchies,
        List.copyOf(sets));
  }

  private boolean declaresSplits() {
    List<SourceSpec> all = new ArrayList<>(recipe.read());
    recipe.inputs().values().forEach(branch -> all.addAll(branch.read()));
    List<SourceSpec> without =
        all.stream().filter(s -> s.split() == dev.quern.data.Split.NONE).toList();
    boolean some = without.size() < all.size();
    if (some && recipe.inputs().isEmpty()) {
      for (SourceSpec source : without) {
        problems.add(
            new Problem(
                source.place(),
                "split_missing",
                "split must be given for every source or for none; found: none here; fix: add"
                    + " split: train, validation or test"));
      }
    }
    return some;
  }

  private Samples combined() throws IOException {
    List<Samples> inputs = new ArrayList<>();
    for (Branch branch : recipe.inputs().values()) {
      boolean side =
          !inputs.isEmpty() && recipe.combine().map(c -> c instanceof Combine.By).orElse(false);
      path = side ? Plan.StepPlan.Path.SIDE : Plan.StepPlan.Path.MAIN;
      inputs.add(steps(read(branch.read()), branch.steps()));
    }
    path = Plan.StepPlan.Path.MAIN;
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    Combine combine = recipe.combine().orElseThrow();
    return combine instanceof Combine.By by
        ? step(inputs, by.step()).orElse(inputs.get(0))
        : union(inputs);
  }

  private Samples read(List<SourceSpec> specs) throws IOException {
    List<Samples> all = new ArrayList<>();
    boolean unbound = false;
    for (SourceSpec spec : specs) {
      Sources.Found found;
      try {
        found = sources.find(spec, sourcePlans.size(), label(nameOf(spec)));
      } catch (BindException e) {
        problems.add(((SourceSpec.Origin.Read) spec.origin()).reader().problem(e));
        unbound = true;
        continue;
      } catch (DataException e) {
        if (problems.isEmpty()) {
          throw e;
        }
        // Who mends the recipe learns of the source too, at once.
        problems.add(new Problem(spec.place(), e.code(), String.valueOf(e.getMessage())));
        unbound = true;
        continue;
      }
      Schema schema = roles.in(found.samples().schema(), spec);
      all.add(remembered(found.samples(schema)));
      sourcePlans.add(found.plan(schema));
    }
    if (unbound) {
      Checks.examine(registry, recipe, problems);
      throw new RecipeException(problems);
    }
    return all.size() == 1 ? all.get(0) : union(all);
  }

  private static String nameOf(SourceSpec spec) {
    return spec.origin() instanceof SourceSpec.Origin.Read read ? read.reader().name() : "dataset";
  }

  private Samples union(List<Samples> inputs) {
    OperatorSpec spec = registry.find(UNION).orElseThrow();
    Transformation operator =
        (Transformation)
            OperatorTasks.operator(
                registry,
                new Task(UNION, UNION, spec.revision(), "{}", Task.Scope.ALL, Optional.empty()));
    Task task =
        new Task(label(UNION), UNION, spec.revision(), "{}", Task.Scope.ALL, Optional.empty());
    try {
      return operator.apply(inputs, new PlannedStep(task, firstPlace(), List.of()));
    } catch (BindException e) {
      problems.add(new Problem(firstPlace(), "does_not_fit", "read " + e.getMessage()));
      return inputs.get(0);
    }
  }

  private Position firstPlace() {
    return recipe.written().place();
  }

  private Samples steps(Samples input, List<StepSpec> specs) {
    Samples samples = input;
    for (StepSpec spec : specs) {
      samples = step(List.of(samples), spec).orElse(samples);
    }
    return samples;
  }

  private Optional<Samples> step(List<Samples> inputs, StepSpec spec) {
    Transformation operator = (Transformation) spec.use().operator();
    OperatorSpec described = spec.use().spec();
    if (operator.givesSplits()) {
      checkLeakage(spec);
    }
    Task task =
        new Task(
            label(spec.as().orElse(described.name())),
            described.name(),
            described.revision(),
            pinned(spec),
            scope(operator, spec),
            Optional.empty());
    if (!isOrdered(spec, inputs.get(0).schema())) {
      return Optional.empty();
    }
    PlannedStep planned = new PlannedStep(task, spec.place(), spec.order());
    Samples output;
    try {
      output = operator.apply(inputs, planned);
    } catch (BindException e) {
      problems.add(spec.use().problem(e));
      return Optional.empty();
    }
    checkScope(spec, task, inputs, output);
    if (operator.givesSplits()) {
      splits = true;
    }
    Set<String> below = new HashSet<>(kept);
    inputs.forEach(input -> below.add(input.key()));
    if (Graph.shuffles(output, below)) {
      points.add(new Plan.Point.Keeping(task.step(), output));
      kept.add(output.key());
    }
    Schema in = inputs.get(0).schema();
    places.put(task.step(), spec.place());
    try {
      questions.add(operator, planned.fitted, spec.place(), inputs.get(0), output);
    } catch (BindException e) {
      problems.add(spec.use().problem(e));
    }
    bypasses.add(spec, task, inputs.get(0));
    stepPlans.add(
        new Plan.StepPlan(
            planned.fitted,
            described,
            operator,
            spec.place().line(),
            in,
            output.schema(),
            serving(operator, described, in, planned.fitted),
            path));
    return Optional.of(output);
  }

  /**
   * Returns the step's parameters with the ids of its keys: after a rotation it is another step,
   * and what is made tells the key it was made with.
   */
  private String pinned(StepSpec spec) {
    try {
      return KeyIds.pinned(spec.use(), sources.workspace());
    } catch (DataException e) {
      problems.add(new Problem(spec.place(), e.code(), String.valueOf(e.getMessage())));
      return spec.use().params().canonical();
    }
  }

  /** Reports what of the step's order is no scalar field of {@code input}. */
  private boolean isOrdered(StepSpec spec, Schema input) {
    boolean ordered = true;
    for (SortKey key : spec.order()) {
      Position place = spec.written().place("order");
      Optional<Field> field = input.field(key.field());
      if (field.isEmpty()) {
        problems.add(
            UnknownField.problem(place, "order", "of the step's input", key.field(), input));
      } else if (!field.get().type().isScalar()) {
        problems.add(
            new Problem(
                place,
                "does_not_fit",
                "order must name scalar fields; found: "
                    + key.field()
                    + " of type "
                    + field.get().type()));
      }
      ordered &= field.isPresent() && field.get().type().isScalar();
    }
    return ordered;
  }

  private Task.Scope scope(Transformation operator, StepSpec spec) {
    if (spec.splits().isPresent()) {
      return spec.splits().get() == StepSpec.Splits.TRAIN ? Task.Scope.TRAIN : Task.Scope.ALL;
    }
    return splits && operator.dropsSamples() ? Task.Scope.TRAIN : Task.Scope.ALL;
  }

  /** Only what maps single samples can run before a model: a fitter with its fit, or a mapper. */
  private static Serving serving(
      Transformation operator, OperatorSpec spec, Schema input, Task task) {
    if (operator.dropsSamples() || operator.givesSplits()) {
      return Serving.TRAINING_ONLY;
    }
    if (operator instanceof Fitter<?> fitter && task.fit().isPresent()) {
      return fitter.serving(input, spec.serving());
    }
    return operator instanceof Mapper mapper
        ? mapper.serving(input, spec.serving())
        : Serving.TRAINING_ONLY;
  }

  /** Samples of other splits pass unchanged, so a step on train alone must keep the fields. */
  private void checkScope(StepSpec spec, Task task, List<Samples> inputs, Samples output) {
    if (task.scope() == Task.Scope.TRAIN && !output.schema().equals(inputs.get(0).schema())) {
      problems.add(
          new Problem(
              spec.written().place("splits"),
              "splits_differ",
              "splits must be all for a step that changes fields, because samples of other splits"
                  + " pass unchanged; found: train for "
                  + spec.use().name()
                  + "; fix: write splits: all"));
    }
  }

  private void checkLeakage(StepSpec spec) {
    firstFit.ifPresent(
        fit ->
            problems.add(
                new Problem(
                    spec.place(),
                    "leakage",
                    spec.use().name()
                        + " must come before every fit, or the fit has learnt from samples that"
                        + " test the model; found: after "
                        + firstFitName
                        + " in line "
                        + fit.line()
                        + "; fix: move it above line "
                        + fit.line())));
    if (splits) {
      problems.add(
          new Problem(
              spec.place(),
              "split_twice",
              spec.use().name()
                  + " must be the only one that gives splits; found: splits given before; fix: keep"
                  + " one"));
    }
  }

  private String label(String name) {
    int number = labels.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "-" + number;
  }

  /** A step being planned: collects the fits its operator asks for. */
  private final class PlannedStep implements Step {
    private final Task task;
    private final Position place;
    private final List<SortKey> order;
    private Task fitted;
    private Task.Scope roundScope = Task.Scope.ALL;

    PlannedStep(Task task, Position place, List<SortKey> order) {
      this.task = task;
      this.place = place;
      this.order = order;
      this.fitted = task;
    }

    @Override
    public Task task() {
      return task;
    }

    @Override
    public List<SortKey> order() {
      return order;
    }

    @Override
    public Task fit(Samples over) {
      if (firstFit.isEmpty()) {
        firstFit = Optional.of(place);
        firstFitName = task.operator();
      }
      return fit(over, splits ? Task.Scope.TRAIN : Task.Scope.ALL, Optional.empty());
    }

    @Override
    public Task learn(Samples over) {
      if (firstFit.isEmpty()) {
        firstFit = Optional.of(place);
        firstFitName = task.operator();
      }
      Learner learner = (Learner) OperatorTasks.operator(registry, task);
      StringBuilder identity = new StringBuilder("learn\n").append(task.identity());
      for (String name : learner.uses(over.schema(), registry)) {
        OperatorSpec used = registry.find(name).orElseThrow();
        identity.append('\n').append(name).append('#').append(used.revision());
      }
      identity.append('\n').append(recipe.seed()).append('\n').append(over.key());
      identity.append(encryption);
      String key = Digest.ofText(identity.toString());
      if (kept.add(over.key())) {
        points.add(new Plan.Point.Keeping(task.step(), over));
      }
      points.add(new Plan.Point.Learning(task.step(), task, key, over));
      fitted = task.fitted(key);
      return fitted;
    }

    @Override
    public Task refit(Task earlier, Samples over) {
      return fit(over, roundScope, earlier.fit());
    }

    @Override
    public Task fitOnAll(Samples over) {
      return fit(over, Task.Scope.ALL, Optional.empty());
    }

    private Task fit(Samples over, Task.Scope scope, Optional<String> earlier) {
      roundScope = scope;
      Task fold =
          new Task(
              task.step(), task.operator(), task.revision(), task.parameters(), scope, earlier);
      String key = Digest.ofText("fit\n" + fold.identity() + "\n" + over.key() + encryption);
      boolean fresh = Graph.readsSource(over, kept) && kept.add(over.key());
      points.add(
          new Plan.Point.Fitting(
              task.step(), fold, key, over, fresh ? Plan.Keep.SAMPLES : Plan.Keep.NOTHING));
      fitted = task.fitted(key);
      return fitted;
    }
  }

  /** Returns {@code samples}, each with what the reference of {@code check} says of its fields. */
  private Optional<Checks.Joined> compared(
      Samples samples, CheckSpec check, Map<String, String> wanted) throws IOException {
    if (check.by().isEmpty()) {
      return Optional.empty(); // Told when the recipe was read.
    }
    SourceSpec source = check.reference().orElseThrow();
    try {
      Sources.Found found =
          sources.find(source, sourcePlans.size(), label(nameOf(source) + "-reference"));
      Schema schema = found.samples().schema();
      sourcePlans.add(found.plan(schema).asReference());
      // Roles tell whose samples they are; beside others the fields have none.
      Schema declared = roles.in(schema, source);
      Samples reference = remembered(found.samples(schema), declared);
      List<String> whose =
          declared.fields().stream().filter(f -> f.is(Role.SUBJECT)).map(Field::name).toList();
      return Optional.of(references.join(samples, reference, whose, check, wanted));
    } catch (BindException e) {
      String what = e.param().equals("on") ? "by" : e.param();
      problems.add(
          new Problem(
              check.place(),
              "does_not_fit",
              ("check.reference " + what).strip() + " " + e.getMessage()));
      return Optional.empty();
    }
  }

  /** Puts operators of references into the graph. */
  private final class Unnamed implements References.Steps {
    @Override
    public Task task(String operator, Map<String, Object> parameters) {
      OperatorSpec spec = registry.find(operator).orElseThrow();
      String canonical =
          Params.read(spec.params(), parameters, new ArrayList<>()).orElseThrow().canonical();
      return new Task(
          label(operator), operator, spec.revision(), canonical, Task.Scope.ALL, Optional.empty());
    }

    @Override
    public Samples apply(Task task, List<Samples> inputs, Position place) {
      Transformation made = (Transformation) OperatorTasks.operator(registry, task);
      return made.apply(inputs, new PlannedStep(task, place, List.of()));
    }
  }

  /** What is compared and then written is made once: it is kept before both. */
  private void compare(Samples samples, List<Plan.CheckPlan> checks) {
    for (Plan.CheckPlan check : checks) {
      if (check.compared().isPresent() && check.check().failing() == Check.Failing.KEEP) {
        keep("reference", samples);
        points.add(
            new Plan.Point.Comparing(check.task().step(), check.compared().get(), check.task()));
      }
    }
  }

  private void keep(String step, Samples samples) {
    if (!(samples instanceof Samples.FromStored) && kept.add(samples.key())) {
      points.add(new Plan.Point.Keeping(step, samples));
    }
  }

  /** Samples of subjects that are forgotten in the workspace go before anybody sees them. */
  private Samples remembered(Samples samples) throws IOException {
    return remembered(samples, samples.schema());
  }

  /** Does so where {@code roles}, the schema with its roles, tells whose samples they are. */
  private Samples remembered(Samples samples, Schema roles) throws IOException {
    Schema schema = samples.schema();
    Optional<Suppression> found = sources.suppressions().of(roles);
    if (found.isEmpty()) {
      return samples;
    }
    Task task = found.get().task(label(Suppression.NAME));
    stepPlans.add(
        new Plan.StepPlan(
            task,
            Suppression.DESCRIPTION,
            found.get(),
            firstPlace().line(),
            schema,
            schema,
            Serving.TRAINING_ONLY,
            Plan.StepPlan.Path.SIDE));
    return samples.map(task, schema);
  }

  /**
   * Failing samples of checks that want them aside leave before the version is written: first those
   * that fail by themselves, then those that differ from references. What the other checks compare
   * with references is what is left.
   *
   * @param checks those with references are changed to compare what is there in their turn
   */
  private Samples aside(Samples samples, List<Plan.CheckPlan> checks) {
    List<Plan.CheckPlan> alone = Plan.checks(checks, Check.Failing.ASIDE);
    Samples left = alone.isEmpty() ? samples : passing(samples, alone);
    for (Check.Failing failing : List.of(Check.Failing.ASIDE, Check.Failing.KEEP)) {
      for (int i = 0; i < checks.size(); i++) {
        Plan.CheckPlan check = checks.get(i);
        if (check.compared().isPresent() && check.check().failing() == failing) {
          check = references.over(left, check);
          checks.set(i, check);
          if (failing == Check.Failing.ASIDE) {
            keep("reference", left);
            Samples passing = passing(check.compared().orElseThrow(), List.of(check));
            left = references.without(passing, left.schema(), check);
          }
        }
      }
    }
    return left;
  }

  /** Returns those of {@code samples} that fail none of {@code checks}. */
  private Samples passing(Samples samples, List<Plan.CheckPlan> checks) {
    Task fold = Plan.measuring(label("checks"), checks, JudgeMapping.Gives.PASSING);
    String key = Digest.ofText("fit\n" + fold.identity() + "\n" + samples.key() + encryption);
    boolean joined = checks.stream().anyMatch(check -> check.compared().isPresent());
    boolean fresh = (joined || Graph.readsSource(samples, kept)) && kept.add(samples.key());
    points.add(
        new Plan.Point.Judging(
            fold.step(),
            fold,
            key,
            samples,
            fresh ? Plan.Keep.SAMPLES : Plan.Keep.NOTHING,
            List.copyOf(checks)));
    Task map = fold.fitted(key);
    Schema schema = samples.schema();
    stepPlans.add(
        new Plan.StepPlan(
            map,
            MetricSet.DESCRIPTION,
            OperatorTasks.operator(registry, fold),
            checks.get(0).line(),
            schema,
            schema,
            Serving.TRAINING_ONLY,
            Plan.StepPlan.Path.SIDE));
    return samples.map(map, schema);
  }
}
