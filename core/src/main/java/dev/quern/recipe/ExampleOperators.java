package dev.quern.recipe;

import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operators as the examples of their descriptions make them: what documentation asks. */
public final class ExampleOperators {
  private ExampleOperators() {}

  /** Returns the operator that each example of {@code spec} makes, as far as it is one. */
  public static List<Operator> of(OperatorSpec spec) {
    List<Operator> operators = new ArrayList<>();
    for (Example example : spec.examples()) {
      List<Problem> unread = new ArrayList<>();
      Optional<Located> written =
          YamlReader.read(example.parameters(), spec.name(), unread)
              .filter(read -> read instanceof Located.Mapping);
      if (written.isPresent() && unread.isEmpty()) {
        Located.Mapping map = (Located.Mapping) written.get();
        Params.read(spec.params(), map.plainMap(), new ArrayList<>())
            .ifPresent(params -> operators.add(spec.create().apply(params)));
      }
    }
    return operators;
  }

  /**
   * Returns what the analyzer of {@code spec} says of single samples, each of its kinds once; empty
   * where it is no analyzer.
   */
  public static List<Judging> judgings(OperatorSpec spec) {
    Set<Judging> judgings = new LinkedHashSet<>();
    for (Operator operator : of(spec)) {
      if (operator instanceof Analyzer<?> analyzer) {
        judgings.add(analyzer.judging());
      }
    }
    return List.copyOf(judgings);
  }
}
