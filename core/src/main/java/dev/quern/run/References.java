package dev.quern.run;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.JudgeMapping;
import dev.quern.recipe.CheckSpec;
import dev.quern.recipe.Position;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What checks compare the samples of a version with. A reference is bound to the fields of the
 * version before it is known which of its samples leave; what is compared is joined again to those
 * that are left.
 */
final class References {
  private final Steps steps;
  private final Map<String, Beside> joins = new HashMap<>();

  /** Puts operators into the graph that no step of the recipe names. */
  interface Steps {
    /** Returns a task of {@code operator} under a label of its own. */
    Task task(String operator, Map<String, Object> parameters);

    /** Returns what {@code task}, asked for at {@code place}, makes of {@code inputs}. */
    Samples apply(Task task, List<Samples> inputs, Position place);
  }

  /** A reference whose fields have names of their own, and the task that puts it beside samples. */
  private record Beside(Samples reference, Task lookup, Position place) {}

  References(Steps steps) {
    this.steps = steps;
  }

  /**
   * Returns {@code samples}, each with what {@code reference} says of its fields.
   *
   * @param whose fields of the reference that say whose data it is: they stand beside samples too,
   *     so that who is forgotten later is found in those set aside
   * @param wanted fields, each with that of the reference; none for all that both have
   * @throws BindException if they cannot be joined or have no fields in common
   */
  Checks.Joined join(
      Samples samples,
      Samples reference,
      List<String> whose,
      CheckSpec check,
      Map<String, String> wanted) {
    Map<String, String> fields = compared(samples.schema(), reference.schema(), check, wanted);
    Map<String, String> names = new LinkedHashMap<>();
    fields.values().forEach(field -> names.put(field, JudgeMapping.referenceName(field)));
    whose.stream()
        .filter(field -> !check.by().contains(field))
        .forEach(field -> names.put(field, JudgeMapping.referenceName(field)));
    Task rename = steps.task("quality.rename", Map.of("fields", names));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("on", check.by());
    parameters.put("fields", List.copyOf(names.values()));
    Beside join =
        new Beside(
            steps.apply(rename, List.of(reference), check.place()),
            steps.task("combine.lookup", parameters),
            check.place());
    Samples joined = joined(join, samples);
    joins.put(joined.key(), join);
    return new Checks.Joined(joined, fields);
  }

  /** Returns {@code check}, which is compared with a reference, over {@code samples} instead. */
  Plan.CheckPlan over(Samples samples, Plan.CheckPlan check) {
    Beside join = of(check);
    Samples joined = joined(join, samples);
    joins.put(joined.key(), join);
    return new Plan.CheckPlan(check.check(), check.task(), check.line(), Optional.of(joined));
  }

  /** Returns {@code joined} with the fields of {@code schema} alone. */
  Samples without(Samples joined, Schema schema, Plan.CheckPlan check) {
    Beside join = of(check);
    Task select = steps.task("quality.select", Map.of("fields", schema.names()));
    return steps.apply(select, List.of(joined), join.place());
  }

  private Beside of(Plan.CheckPlan check) {
    Beside join = joins.get(check.compared().orElseThrow().key());
    if (join == null) {
      throw new IllegalStateException("reference must be joined before; found: none");
    }
    return join;
  }

  private Samples joined(Beside join, Samples samples) {
    return steps.apply(join.lookup(), List.of(samples, join.reference()), join.place());
  }

  /** Returns the fields to compare: those wanted, else all that both have but the key. */
  private static Map<String, String> compared(
      Schema samples, Schema reference, CheckSpec check, Map<String, String> wanted) {
    Map<String, String> fields = new LinkedHashMap<>(wanted);
    if (wanted.isEmpty()) {
      for (Field field : samples.fields()) {
        boolean both = reference.indexOf(field.name()) >= 0 && field.type().isScalar();
        if (both && !check.by().contains(field.name())) {
          fields.put(field.name(), field.name());
        }
      }
    }
    if (fields.isEmpty()) {
      throw new BindException(
          "metric", "must have fields in common with the version; found: none but its key");
    }
    fields.forEach(
        (field, other) -> {
          FieldChoice.position(samples, "metric", field);
          FieldChoice.position(reference, "metric", other);
        });
    return fields;
  }
}
