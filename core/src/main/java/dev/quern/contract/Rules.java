package dev.quern.contract;

import dev.quern.check.Check;
import dev.quern.check.Constraint;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the checks of a contract. */
final class Rules {
  private static final String COMPLIANCE = "quality.compliance";

  private final Registry registry;
  private final ContractReader.Choice choice;
  private final List<Problem> problems;
  private final List<Contract.Rule> rules = new ArrayList<>();
  private final List<Contract.Skipped> skipped = new ArrayList<>();

  Rules(Registry registry, ContractReader.Choice choice, List<Problem> problems) {
    this.registry = registry;
    this.choice = choice;
    this.problems = problems;
  }

  /**
   * How a rule compares and what its failure means.
   *
   * @param name what reports call it
   */
  record Terms(String name, Constraint constraint, Check.Measure measure, Check.Level level) {
    /** No sample may fail. */
    static Terms none(String name) {
      return new Terms(
          name, Constraint.of(Constraint.Kind.EQUALS, 0), Check.Measure.FAILING, Check.Level.ERROR);
    }
  }

  List<Contract.Rule> rules() {
    return rules;
  }

  List<Contract.Skipped> skipped() {
    return skipped;
  }

  Registry registry() {
    return registry;
  }

  Optional<Field> field(String name) {
    return choice.fields().flatMap(fields -> fields.field(name));
  }

  /** Returns whether the dataset has the property as a field; it is a problem if not. */
  boolean knows(Located.Mapping property) {
    String name = Values.name(property).orElseThrow();
    Optional<Schema> fields = choice.fields();
    if (fields.isEmpty() || fields.get().field(name).isPresent()) {
      return true;
    }
    problem(
        property.place("name"),
        "property must be a field of "
            + choice.dataset()
            + "; found: "
            + name
            + Suggestion.of(name, fields.get().names())
            + "; fields: "
            + String.join(", ", fields.get().names()));
    return false;
  }

  void problem(Position place, String message) {
    problems.add(new Problem(place, "contract_invalid", message));
  }

  void skip(String name, String reason, Position place) {
    skipped.add(new Contract.Skipped(name, reason, place));
  }

  /** Samples for which {@code condition} is false fail under {@code reason}. */
  void compliance(String condition, String reason, Terms terms, Position place) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("condition", condition);
    parameters.put("reason", reason);
    add(COMPLIANCE, parameters, "compliance(" + condition + ")", terms, place);
  }

  void unique(List<String> fields, String what, Position place) {
    String name = String.join(", ", fields) + ": " + what;
    unique(fields, Terms.none(name), place);
  }

  void unique(List<String> fields, Terms terms, Position place) {
    add(
        "quality.uniqueness",
        Map.of("fields", fields),
        "uniqueness(" + String.join(", ", fields) + ")",
        terms,
        place);
  }

  void count(Terms terms, Position place) {
    add("quality.count", Map.of(), "count()", terms, place);
  }

  private void add(
      String operator, Map<String, Object> given, String metric, Terms terms, Position place) {
    OperatorSpec spec = registry.find(operator).orElse(null);
    if (spec == null) {
      problem(place, terms.name + ": operator must be registered; found: no " + operator);
      return;
    }
    List<Params.Problem> wrong = new ArrayList<>();
    Optional<Params> params = Params.read(spec.params(), new LinkedHashMap<>(given), wrong);
    wrong.forEach(p -> problem(place, terms.name + ": " + p.param() + " " + p.message()));
    if (params.isEmpty()) {
      return;
    }
    Judging judging = ((Analyzer<?>) spec.create().apply(params.get())).judging();
    Limits limits = terms.measure == Check.Measure.VALUE ? terms.constraint.limits() : Limits.NONE;
    Check check =
        new Check(
            terms.name,
            metric,
            terms.level,
            operator,
            params.get().plain(),
            terms.constraint,
            terms.measure,
            judging.judges(limits) ? choice.failing() : Check.Failing.KEEP,
            Optional.empty(),
            judging);
    rules.add(new Contract.Rule(check, place));
  }

  /** Adds a check that the contract writes in Quern's own words. */
  void add(Check check, Position place) {
    rules.add(new Contract.Rule(check, place));
  }
}
