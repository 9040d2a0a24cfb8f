package dev.quern.recipe;

import dev.quern.data.Role;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Traces;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.operator.Registry;
import dev.quern.store.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks a recipe's document once, from top to bottom, and collects problems. */
final class RecipeWalk {
  static final List<String> KEYS =
      List.of(
          "recipe",
          "seed",
          "lang",
          "read",
          "inputs",
          "combine",
          "steps",
          "checks",
          "write",
          "model",
          "roles",
          "dropped",
          "changes",
          "verdicts",
          "max_quarantined",
          "show_samples");
  static final Param<String> KEY = Param.key("key", new Localized("The key.", "密钥。"));
  static final List<String> WRITE_KEYS = List.of("name", "encrypt");
  static final List<String> ENCRYPT_KEYS = List.of("fields", "key", "footer");
  static final List<String> BRANCH_KEYS = List.of("read", "steps");
  static final List<String> MODEL_KEYS = List.of("name", "target", "then");
  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

  private final List<Problem> problems;
  private final Tree tree;
  private final OperatorReader operators;
  private final StepReader steps;
  private final SourceReader sources;
  private final CombineReader combines;

  RecipeWalk(Registry registry, List<Problem> problems) {
    this.problems = problems;
    this.tree = new Tree(problems);
    this.operators = new OperatorReader(registry, tree);
    this.steps = new StepReader(tree, operators);
    this.sources = new SourceReader(tree, operators);
    this.combines = new CombineReader(registry, tree, operators, steps);
  }

  /** Returns the recipe without its wrong parts, or empty if it has no name; problems tell all. */
  Optional<Recipe> recipe(Located.Mapping root, String file, Path folder) {
    tree.close(root, "a recipe", KEYS);
    Optional<String> name = requiredName(root, "recipe", "recipe");
    List<SourceSpec> read = sources.sources(list(root, "read", "sources"));
    Map<String, Branch> inputs = inputs(root);
    Optional<Combine> combine = root.find("combine").flatMap(combines::combine);
    List<StepSpec> line = steps.steps(list(root, "steps", "steps"), Kind.STEP);
    List<CheckSpec> checks = checks(root);
    Optional<WriteSpec> write = write(root);
    Optional<ModelSpec> model = model(root);
    Map<String, Set<Role>> roles = sources.roles(root);
    shape(root);
    long seed = seed(root);
    Optional<Locale> lang = lang(root);
    DroppedSamples dropped =
        tree.choice(root, "dropped", "dropped", List.of(DroppedSamples.values()))
            .orElse(DroppedSamples.IDS);
    ChangedCells changed =
        tree.choice(root, "changes", "changes", List.of(ChangedCells.values()))
            .orElse(ChangedCells.IDS);
    Recipe.Verdicts verdicts =
        tree.choice(root, "verdicts", "verdicts", List.of(Recipe.Verdicts.values()))
            .orElse(Recipe.Verdicts.FAILED);
    double maxQuarantined = maxQuarantined(root);
    Recipe.ShowSamples samples = showSamples(root);
    new Environment(tree, operators.secrets()).check(root);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Recipe(
            name.get(),
            seed,
            lang,
            read,
            inputs,
            combine,
            line,
            checks,
            write,
            model,
            roles,
            new Traces(dropped, changed),
            verdicts,
            maxQuarantined,
            samples,
            file,
            folder,
            root));
  }

  /** A recipe is a line with read, or a graph with inputs and combine. */
  private void shape(Located.Mapping root) {
    boolean read = root.find("read").isPresent();
    boolean inputs = root.find("inputs").isPresent();
    boolean combine = root.find("combine").isPresent();
    if (read && inputs) {
      tree.problem(
          root.keyPlace("inputs"),
          "several_inputs",
          "a recipe must have either read or inputs; found: both");
    } else if (!read && !inputs) {
      tree.missing(root, "read", "a list of sources, or inputs with several such lists");
    } else if (inputs && !combine) {
      tree.problem(
          root.keyPlace("inputs"),
          "missing",
          "combine must be given with inputs: union or an operator of several inputs; found:"
              + " nothing");
    } else if (!inputs && combine) {
      tree.problem(
          root.keyPlace("combine"), "missing", "inputs must be given with combine; found: nothing");
    }
    if (root.find("read").filter(RecipeWalk::isEmptyList).isPresent()) {
      tree.problem(
          root.find("read").get().place(),
          "wrong_value",
          "read must be a list of at least one source; found: an empty list");
    }
  }

  private static boolean isEmptyList(Located found) {
    return found instanceof Located.Sequence list && list.parts().isEmpty();
  }

  private List<Located> list(Located.Mapping mapping, String key, String of) {
    return tree.list(mapping, key, key, "a list of " + of);
  }

  private Optional<String> requiredName(Located.Mapping mapping, String key, String what) {
    if (mapping.find(key).isEmpty()) {
      tree.missing(mapping, what, Reference.NAME_RULE);
      return Optional.empty();
    }
    return tree.name(mapping, key, what);
  }

  private Map<String, Branch> inputs(Located.Mapping root) {
    Map<String, Branch> inputs = new LinkedHashMap<>();
    Optional<Located.Mapping> written =
        tree.mapping(root, "inputs", "inputs", "a map from name to {read: …, steps: …}");
    if (written.isEmpty()) {
      return inputs;
    }
    if (written.get().entries().size() < 2) {
      tree.wrong(written.get(), "inputs", "at least two");
    }
    written
        .get()
        .entries()
        .forEach((name, entry) -> branch(name, entry).ifPresent(b -> inputs.put(name, b)));
    return inputs;
  }

  private Optional<Branch> branch(String name, Located.Entry entry) {
    if (!Reference.isName(name)) {
      tree.problem(
          entry.keyPlace(),
          "wrong_value",
          "name of an input must be " + Reference.NAME_RULE + "; found: " + name);
    }
    if (!(entry.value() instanceof Located.Mapping mapping)) {
      tree.wrong(entry.value(), "input " + name, "a map with read and steps");
      return Optional.empty();
    }
    tree.close(mapping, "an input", BRANCH_KEYS);
    List<Located> read = list(mapping, "read", "sources");
    if (read.isEmpty()) {
      tree.missing(mapping, "read of input " + name, "a list of sources");
    }
    return Optional.of(
        new Branch(
            name,
            sources.sources(read),
            steps.steps(list(mapping, "steps", "steps"), Kind.STEP),
            entry.keyPlace()));
  }

  private List<CheckSpec> checks(Located.Mapping root) {
    List<CheckSpec> checks = new ArrayList<>();
    for (Located part : list(root, "checks", "checks")) {
      boolean text = part instanceof Located.Scalar scalar && scalar.plain() instanceof String;
      if (text || part instanceof Located.Mapping) {
        checks.add(check(part));
      } else {
        tree.wrong(part, "a check", "a comparison such as completeness(field) >= 0.95, or a map");
      }
    }
    return checks;
  }

  private CheckSpec check(Located found) {
    Located written =
        found instanceof Located.Mapping given ? new TableFiles(tree).inlined(given) : found;
    Optional<Located> reference =
        written instanceof Located.Mapping mapping ? mapping.find("reference") : Optional.empty();
    if (reference.isEmpty() || !(written instanceof Located.Mapping mapping)) {
      return new CheckSpec(written);
    }
    List<String> by = tree.texts(mapping, "by", "by", "a field name or a list of field names");
    if (by.isEmpty()) {
      tree.problem(
          mapping.place(),
          "key_missing",
          "a check with a reference must name the fields that its samples are found by; found:"
              + " none; fix: add by: [field]");
    }
    Optional<SourceSpec> source = sources.sources(List.of(reference.get())).stream().findFirst();
    return new CheckSpec(written, source, by);
  }

  private Optional<WriteSpec> write(Located.Mapping root) {
    Optional<Located.Mapping> written = root.find("write").flatMap(Tree::asMapping);
    if (written.isEmpty()) {
      return tree.name(root, "write", "write")
          .map(dataset -> new WriteSpec(dataset, root.place("write")));
    }
    Located.Mapping write = written.get();
    tree.close(write, "write", WRITE_KEYS);
    return requiredName(write, "name", "write.name")
        .map(dataset -> new WriteSpec(dataset, write.place("name"), encryption(write)));
  }

  /** A wrong reference may be the secret itself, so it is not shown. */
  private Optional<String> keyReference(Located.Mapping encrypt) {
    Optional<Located> found = encrypt.find("key");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(KEY.parse().apply(String.valueOf(found.get().plain())));
    } catch (IllegalArgumentException e) {
      tree.problem(
          found.get().place(),
          "wrong_value",
          "write.encrypt.key must be " + KEY.rule() + "; found: something else, not shown");
      return Optional.empty();
    }
  }

  private Optional<WriteSpec.Encryption> encryption(Located.Mapping write) {
    String rule = "a map with fields and key";
    Optional<Located.Mapping> written = tree.mapping(write, "encrypt", "write.encrypt", rule);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Located.Mapping encrypt = written.get();
    tree.close(encrypt, "write.encrypt", ENCRYPT_KEYS);
    encrypt.find("key").ifPresent(key -> operators.secrets().add(key.place()));
    List<String> fields =
        tree.texts(encrypt, "fields", "write.encrypt.fields", "a list of field names");
    Optional<String> key = keyReference(encrypt);
    WriteSpec.Footer footer =
        tree.choice(encrypt, "footer", "write.encrypt.footer", List.of(WriteSpec.Footer.values()))
            .orElse(WriteSpec.Footer.PLAIN);
    if (encrypt.find("fields").isEmpty() || encrypt.find("key").isEmpty()) {
      tree.missing(encrypt, "fields and key of write.encrypt", rule);
    }
    return fields.isEmpty()
        ? Optional.empty()
        : key.map(
            found -> new WriteSpec.Encryption(fields, found, footer, encrypt.place("fields")));
  }

  private Optional<ModelSpec> model(Located.Mapping root) {
    Optional<Located.Mapping> written =
        tree.mapping(root, "model", "model", "a map with name, target and a trainer");
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Located.Mapping mapping = written.get();
    Optional<String> name = requiredName(mapping, "name", "model.name");
    Optional<String> target = tree.text(mapping, "target", "model.target");
    if (mapping.find("target").isEmpty()) {
      tree.missing(mapping, "model.target", "the field to predict");
    }
    Optional<OperatorUse> trainer = operators.only(mapping, "a model", MODEL_KEYS, Kind.TRAINER);
    List<StepSpec> then =
        steps.steps(
            tree.list(mapping, "then", "model.then", "a list of steps of models"), Kind.MODEL_STEP);
    if (name.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    return trainer.map(use -> new ModelSpec(name.get(), target.get(), use, then, mapping));
  }

  private long seed(Located.Mapping root) {
    return tree.value(
            root,
            "seed",
            "seed",
            "a whole number >= 0",
            found ->
                found.plain() instanceof Long seed && seed >= 0
                    ? Optional.of(seed)
                    : Optional.<Long>empty())
        .orElse(Recipe.DEFAULT_SEED);
  }

  private double maxQuarantined(Located.Mapping root) {
    return tree.value(
            root,
            "max_quarantined",
            "max_quarantined",
            "a number in [0, 1] (fraction)",
            found ->
                found.plain() instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() <= 1
                    ? Optional.of(n.doubleValue())
                    : Optional.<Double>empty())
        .orElse(Recipe.DEFAULT_MAX_QUARANTINED);
  }

  private Optional<Locale> lang(Located.Mapping root) {
    return tree.value(
        root,
        "lang",
        "lang",
        "en or zh",
        found -> LANGUAGES.stream().filter(l -> l.getLanguage().equals(found.plain())).findFirst());
  }

  private Recipe.ShowSamples showSamples(Located.Mapping root) {
    return tree.value(
            root,
            "show_samples",
            "show_samples",
            "true or false",
            found ->
                found.plain() instanceof Boolean shown
                    ? Optional.of(shown ? Recipe.ShowSamples.SHOWN : Recipe.ShowSamples.HIDDEN)
                    : Optional.<Recipe.ShowSamples>empty())
        .orElse(Recipe.ShowSamples.HIDDEN);
  }
}
