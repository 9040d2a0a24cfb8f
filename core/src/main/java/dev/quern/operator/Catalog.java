package dev.quern.operator;

import java.util.List;
import java.util.Optional;

/**
 * The operators of one jar: a plain list, found by {@link java.util.ServiceLoader} once per jar.
 */
public interface Catalog {

  /** Returns the operators, in the order of the documentation. */
  List<OperatorSpec> operators();

  /** Returns the names of the operators, in the same order. */
  default List<String> names() {
    return operators().stream().map(OperatorSpec::name).toList();
  }

  /** Returns the operator called {@code name}, where it can be without making the others. */
  default Optional<OperatorSpec> find(String name) {
    return operators().stream().filter(spec -> spec.name().equals(name)).findFirst();
  }
}
