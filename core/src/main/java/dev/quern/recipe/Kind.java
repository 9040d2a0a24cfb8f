package dev.quern.recipe;

import dev.quern.operator.Analyzer;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Reader;
import dev.quern.operator.Trainer;
import dev.quern.operator.Transformation;
import dev.quern.operator.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator is to a recipe: where it may stand. */
enum Kind {
  READER("a reader", "under read"),
  STEP("a step", "under steps"),
  COMBINATION("an operator of several inputs", "under combine"),
  ANALYZER("an analyzer", "in checks"),
  WRITER("a writer", "nowhere in a recipe: write names a dataset"),
  TRAINER("a trainer", "under model"),
  MODEL_STEP("a step of models", "under then of a model");

  private final String article;
  private final String home;

  Kind(String article, String home) {
    this.article = article;
    this.home = home;
  }

  /** Returns for example {@code a reader}. */
  String article() {
    return article;
  }

  /** Returns where operators of this kind stand, for example {@code under read}. */
  String home() {
    return home;
  }

  static Kind of(OperatorSpec spec, Operator operator) {
    if (spec.stage().equals("compress") || spec.stage().equals("explain")) {
      return MODEL_STEP;
    }
    if (operator instanceof Transformation transformation) {
      return transformation.inputs() > 1 ? COMBINATION : STEP;
    }
    if (operator instanceof Reader) {
      return READER;
    }
    if (operator instanceof Analyzer<?>) {
      return ANALYZER;
    }
    return operator instanceof Writer ? WRITER : checkedTrainer(operator);
  }

  private static Kind checkedTrainer(Operator operator) {
    if (operator instanceof Trainer) {
      return TRAINER;
    }
    throw new IllegalStateException("operator kind must be known; found: " + operator.getClass());
  }

  /** Returns the kind of an operator without parameters at hand: that of its first example. */
  static Optional<Kind> of(OperatorSpec spec) {
    return example(spec).map(operator -> of(spec, operator));
  }

  private static Optional<Operator> example(OperatorSpec spec) {
    if (spec.examples().isEmpty()) {
      return Optional.empty();
    }
    List<Problem> yaml = new ArrayList<>();
    Optional<Located> written =
        YamlReader.read(spec.examples().get(0).parameters(), spec.name(), yaml);
    Map<String, @Nullable Object> plain =
        written.flatMap(Tree::asMapping).map(Located.Mapping::plainMap).orElse(Map.of());
    Optional<Params> params = Params.read(spec.params(), plain, new ArrayList<>());
    return params.map(spec.create());
  }
}
