package dev.quern.recipe;

import dev.quern.engine.SortKey;
import dev.quern.operator.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads steps: one operator with named extras. */
final class StepReader {
  static final List<String> EXTRAS = List.of("splits", "order", "as");

  private static final String ORDER_RULE =
      "a field name or a list of field names, each alone or as {field: descending}";

  private final Tree tree;
  private final OperatorReader operators;

  StepReader(Tree tree, OperatorReader operators) {
    this.tree = tree;
    this.operators = operators;
  }

  /** Reads a list of steps. */
  List<StepSpec> steps(List<Located> written, Kind expected) {
    List<StepSpec> steps = new ArrayList<>();
    for (Located part : written) {
      step(part, expected).ifPresent(steps::add);
    }
    return steps;
  }

  /** Reads a step: a map, or the bare name of an operator. */
  Optional<StepSpec> step(Located written, Kind expected) {
    if (written instanceof Located.Scalar scalar && scalar.plain() instanceof String name) {
      return operators
          .use(name, written.place(), Optional.empty(), expected)
          .map(use -> plain(use, written));
    }
    if (!(written instanceof Located.Mapping mapping)) {
      tree.wrong(written, expected.article(), "an operator's name or a map with one");
      return Optional.empty();
    }
    Optional<StepSpec.Splits> splits =
        tree.choice(mapping, "splits", "splits", List.of(StepSpec.Splits.values()));
    List<SortKey> order =
        tree.value(mapping, "order", "order", ORDER_RULE, StepReader::order).orElse(List.of());
    Optional<String> as = tree.text(mapping, "as", "as");
    return operators
        .only(mapping, expected.article(), EXTRAS, expected)
        .map(use -> new StepSpec(use, splits, heeded(use, order, mapping), as, written));
  }

  private List<SortKey> heeded(OperatorUse use, List<SortKey> order, Located.Mapping step) {
    boolean heeds =
        use.operator() instanceof Transformation transformation && transformation.heedsOrder();
    if (!order.isEmpty() && !heeds) {
      tree.problem(
          step.keyPlace("order"),
          "no_order",
          "order must stand at a step whose outcome depends on it (it groups samples); found: "
              + use.name()
              + "; fix: remove order");
      return List.of();
    }
    return order;
  }

  static StepSpec plain(OperatorUse use, Located written) {
    return new StepSpec(use, Optional.empty(), List.of(), Optional.empty(), written);
  }

  private static Optional<List<SortKey>> order(Located found) {
    List<Located> parts =
        found instanceof Located.Sequence list ? list.parts() : List.<Located>of(found);
    List<SortKey> order = new ArrayList<>();
    for (Located part : parts) {
      Optional<SortKey> key = sortKey(part);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      order.add(key.get());
    }
    return Optional.of(order);
  }

  private static Optional<SortKey> sortKey(Located part) {
    if (part instanceof Located.Scalar scalar && scalar.plain() != null) {
      return Optional.of(new SortKey(scalar.plain().toString(), SortKey.Direction.ASCENDING));
    }
    if (part instanceof Located.Mapping mapping && mapping.entries().size() == 1) {
      String field = mapping.entries().keySet().iterator().next();
      String direction = String.valueOf(mapping.plainMap().get(field));
      for (SortKey.Direction known : SortKey.Direction.values()) {
        if (known.name().toLowerCase(Locale.ROOT).equals(direction)) {
          return Optional.of(new SortKey(field, known));
        }
      }
    }
    return Optional.empty();
  }
}
