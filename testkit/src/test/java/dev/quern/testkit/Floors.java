package dev.quern.testkit;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/**
 * The floors of the house as rules: each returns its violations, one line each, sorted.
 *
 * @param classes what is judged
 * @param base package that holds the packages named here, for example {@code dev.quern}
 */
record Floors(JavaClasses classes, String base) {
  /** Floor of each package below the base; a package below one of these is on the same floor. */
  static final Map<String, Integer> FLOOR =
      Map.ofEntries(
          Map.entry("data", 0),
          Map.entry("engine", 1),
          Map.entry("format", 1),
          Map.entry("text", 1),
          Map.entry("expression", 1),
          Map.entry("key", 1),
          Map.entry("onnx", 1),
          Map.entry("statistics", 1),
          Map.entry("label", 1),
          Map.entry("drift", 1),
          Map.entry("spark", 1),
          Map.entry("operator", 2),
          Map.entry("tensor", 2),
          Map.entry("feature", 2),
          Map.entry("recipe", 3),
          Map.entry("check", 3),
          Map.entry("contract", 3),
          Map.entry("store", 3),
          Map.entry("acquire", 3),
          Map.entry("quality", 3),
          Map.entry("privacy", 3),
          Map.entry("diversity", 3),
          Map.entry("export", 3),
          Map.entry("combine", 3),
          Map.entry("catalog", 4),
          Map.entry("train", 3),
          Map.entry("compress", 3),
          Map.entry("explain", 3),
          Map.entry("predict", 3),
          Map.entry("run", 4),
          Map.entry("cli", 5),
          Map.entry("server", 5),
          Map.entry("console", 5));

  private static final Set<String> OPERATORS =
      Set.of("acquire", "quality", "privacy", "diversity", "combine", "export");
  private static final Set<String> MODELS = Set.of("train", "compress", "explain", "predict");
  private static final Set<String> APP = Set.of("cli", "server", "console");

  private static final Set<String> MEANINGLESS =
      Set.of("util", "utils", "common", "helper", "helpers", "base", "impl", "manager", "misc");

  /** Types whose draws or ids no seed decides. */
  private static final Set<String> UNSEEDED =
      Set.of("java.util.Random", "java.util.concurrent.ThreadLocalRandom");

  private static final Set<String> THREADS =
      Set.of(
          "java.lang.Thread",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ExecutorService",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.CompletableFuture");

  List<String> importsPointDown() {
    return dependencies(
        (from, to) -> floor(from) < floor(to), "must not import from the higher floor");
  }

  List<String> packagesHaveAFloor() {
    return packages(
        found -> !FLOOR.containsKey(part(found)), "must be a package of the design's floors");
  }

  List<String> packagesAreFreeOfCycles() {
    var result =
        SlicesRuleDefinition.slices()
            .matching(base + ".(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .evaluate(classes);
    return result.getFailureReport().getDetails();
  }

  List<String> stagesNeverImportEachOther() {
    return dependencies(
        (from, to) -> isStage(from) && isStage(to) && !part(from).equals(part(to)),
        "is a stage and must not import the stage");
  }

  List<String> operatorsKnowNoEngineAndNoRun() {
    return dependencies(
        (from, to) ->
            (isStage(from) && Set.of("recipe", "run").contains(part(to)))
                || (isStage(from)
                    && (to.startsWith(base + ".engine.local")
                        || to.startsWith(base + ".engine.pass")))
                || (OPERATORS.contains(part(from)) && Set.of("check", "store").contains(part(to))),
        "is a stage and must not know");
  }

  List<String> onlyTheAppChoosesSpark() {
    return dependencies(
        (from, to) ->
            part(to).equals("spark") && !part(from).equals("spark") && !APP.contains(part(from)),
        "must not import the Spark engine");
  }

  List<String> packagesHaveAMeaning() {
    return packages(
        found -> List.of(found.split("\\.")).stream().anyMatch(MEANINGLESS::contains),
        "must be named after what it holds");
  }

  List<String> packagesAreNullMarked() {
    List<String> violations = new ArrayList<>();
    for (JavaPackage found : inhabited()) {
      if (!found.isAnnotatedWith(NullMarked.class)) {
        violations.add(found.getName() + " must have a package-info.java with @NullMarked");
      }
    }
    return violations;
  }

  List<String> randomnessHasASeed() {
    return accesses(
        origin -> !APP.contains(part(origin)),
        (owner, name) ->
            UNSEEDED.contains(owner)
                || (owner.startsWith("java.lang.") && name.equals("random"))
                || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                || (owner.equals("java.util.Collections") && name.equals("shuffle")),
        "draws without the run's seed");
  }

  /** The wall clock is read in app and run; spans are also timed by engines and store. */
  List<String> onlyTheOutsideReadsTheClock() {
    List<String> violations = new ArrayList<>();
    violations.addAll(
        accesses(
            origin -> !APP.contains(part(origin)) && !part(origin).equals("run"),
            (owner, name) ->
                (owner.startsWith("java.time.") && name.equals("now"))
                    || (owner.equals("java.time.Clock") && name.startsWith("system"))
                    || (owner.equals("java.lang.System") && name.equals("currentTimeMillis")),
            "reads the clock"));
    violations.addAll(
        accesses(
            origin ->
                !APP.contains(part(origin))
                    && !Set.of("run", "store").contains(part(origin))
                    && !part(origin).equals("engine"),
            (owner, name) ->
                (owner.equals("java.lang.System") && name.equals("nanoTime"))
                    || owner.equals("java.lang.management.ManagementFactory"),
            "times itself"));
    return violations;
  }

  List<String> onlyTheAppTalksToTheProcess() {
    return accesses(
        origin -> !APP.contains(part(origin)),
        (owner, name) ->
            (owner.equals("java.lang.System")
                    && Set.of("out", "err", "in", "exit", "getenv", "console").contains(name))
                || (owner.equals("java.lang.Runtime") && Set.of("exit", "halt").contains(name))
                || name.equals("printStackTrace"),
        "uses the process's streams, environment or exit");
  }

  List<String> operatorsStartNoThreads() {
    return accesses(
        origin -> OPERATORS.contains(part(origin)),
        (owner, name) ->
            (THREADS.contains(owner) && !name.equals("currentThread") && !name.equals("interrupt"))
                || name.equals("parallelStream")
                || (owner.startsWith("java.util.stream.") && name.equals("parallel")),
        "starts threads");
  }

  List<String> operatorsAreRecords() {
    List<String> violations = new ArrayList<>();
    for (JavaClass found : classes) {
      boolean operator =
          found.isAssignableTo(base + ".operator.Operator")
              && !found.isInterface()
              && !found.getModifiers().contains(JavaModifier.ABSTRACT);
      if (operator && isStage(found.getPackageName()) && !found.isRecord()) {
        violations.add(found.getName() + " is an operator and must be a record");
      }
    }
    return sorted(violations);
  }

  private List<String> dependencies(BiPredicate<String, String> forbidden, String rule) {
    List<String> violations = new ArrayList<>();
    for (JavaClass origin : classes) {
      for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        boolean both = inside(origin.getPackageName()) && inside(target.getPackageName());
        if (both && forbidden.test(origin.getPackageName(), target.getPackageName())) {
          violations.add(origin.getName() + " " + rule + " " + target.getName());
        }
      }
    }
    return sorted(violations);
  }

  private List<String> accesses(
      Predicate<String> origins, BiPredicate<String, String> forbidden, String rule) {
    List<String> violations = new ArrayList<>();
    for (JavaClass origin : classes) {
      if (!inside(origin.getPackageName()) || !origins.test(origin.getPackageName())) {
        continue;
      }
      for (JavaAccess<?> access : origin.getAccessesFromSelf()) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        if (forbidden.test(owner, name)) {
          violations.add(origin.getName() + " " + rule + ": " + owner + "." + name);
        }
      }
    }
    return sorted(violations);
  }

  private List<String> packages(Predicate<String> forbidden, String rule) {
    List<String> violations = new ArrayList<>();
    for (JavaPackage found : inhabited()) {
      if (forbidden.test(found.getName())) {
        violations.add(found.getName() + " " + rule);
      }
    }
    return violations;
  }

  /** Packages below the base that hold classes other than package-info. */
  private Collection<JavaPackage> inhabited() {
    return classes.getPackage(base).getSubpackagesInTree().stream()
        .filter(found -> found.getClasses().stream().anyMatch(this::isCode))
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .toList();
  }

  private boolean isCode(JavaClass found) {
    return !found.getSimpleName().equals("package-info");
  }

  private int floor(String found) {
    return Optional.ofNullable(FLOOR.get(part(found))).orElse(Integer.MAX_VALUE);
  }

  private boolean inside(String found) {
    return found.startsWith(base + ".");
  }

  private boolean isStage(String found) {
    return OPERATORS.contains(part(found)) || MODELS.contains(part(found));
  }

  /** First part of a package's name below the base. */
  private String part(String found) {
    String below = inside(found) ? found.substring(base.length() + 1) : "";
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  private static List<String> sorted(Collection<String> violations) {
    return List.copyOf(new TreeSet<>(violations));
  }
}
