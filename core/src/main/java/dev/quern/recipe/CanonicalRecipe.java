package dev.quern.recipe;

import dev.quern.data.Digest;
import dev.quern.data.Role;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a recipe decides its results, as plain values. */
final class CanonicalRecipe {
  private CanonicalRecipe() {}

  static String digest(Recipe recipe) {
    return Digest.ofText(Json.canonical(plain(recipe)));
  }

  static Map<String, @Nullable Object> plain(Recipe recipe) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("recipe", recipe.name());
    plain.put("seed", recipe.seed());
    plain.put("read", sources(recipe.read()));
    List<Object> inputs = new ArrayList<>();
    for (Branch branch : recipe.inputs().values()) {
      inputs.add(List.of(branch.name(), sources(branch.read()), steps(branch.steps())));
    }
    plain.put("inputs", inputs);
    plain.put(
        "combine",
        recipe
            .combine()
            .map(c -> c instanceof Combine.By by ? (Object) step(by.step()) : "union")
            .orElse(null));
    plain.put("steps", steps(recipe.steps()));
    List<@Nullable Object> checks = new ArrayList<>();
    recipe.checks().forEach(check -> checks.add(check.canonical(recipe.folder())));
    plain.put("checks", checks);
    plain.put("write", recipe.write().map(CanonicalRecipe::write).orElse(null));
    plain.put("model", recipe.model().map(CanonicalRecipe::model).orElse(null));
    plain.put("roles", roles(recipe.roles()));
    plain.put("max_quarantined", recipe.maxQuarantined());
    return plain;
  }

  private static Object write(WriteSpec write) {
    return write
        .encryption()
        .<Object>map(e -> List.of(write.dataset(), e.fields(), e.key(), e.footer().name()))
        .orElse(write.dataset());
  }

  private static Object model(ModelSpec model) {
    return List.of(model.name(), model.target(), use(model.trainer()), steps(model.then()));
  }

  private static List<Object> sources(List<SourceSpec> sources) {
    List<Object> plain = new ArrayList<>();
    for (SourceSpec source : sources) {
      Object origin =
          source.origin() instanceof SourceSpec.Origin.Read read
              ? use(read.reader())
              : ((SourceSpec.Origin.Dataset) source.origin()).dataset().toString();
      plain.add(
          List.of(
              origin,
              source.name().orElse(""),
              source.split().written(),
              source.key(),
              roles(source.roles())));
    }
    return plain;
  }

  private static List<Object> steps(List<StepSpec> steps) {
    List<Object> plain = new ArrayList<>();
    steps.forEach(step -> plain.add(step(step)));
    return plain;
  }

  private static Object step(StepSpec step) {
    List<Object> order = new ArrayList<>();
    step.order().forEach(key -> order.add(List.of(key.field(), key.direction().name())));
    return List.of(
        use(step.use()),
        step.splits().map(splits -> splits.name().toLowerCase(Locale.ROOT)).orElse(""),
        order,
        step.as().orElse(""));
  }

  private static Object use(OperatorUse use) {
    return List.of(use.name(), use.spec().revision(), use.params().plain());
  }

  private static Object roles(Map<String, Set<Role>> roles) {
    Map<String, Object> plain = new LinkedHashMap<>();
    roles.forEach((field, set) -> plain.put(field, set.stream().map(Role::written).toList()));
    return plain;
  }
}
