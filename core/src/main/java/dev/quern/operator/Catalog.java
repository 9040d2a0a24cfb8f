package dev.quern.operator;

import java.util.List;

/**
 * The operators of one jar: a plain list, found by {@link java.util.ServiceLoader} once per jar.
 */
public interface Catalog {

  /** Returns the operators, in the order of the documentation. */
  List<OperatorSpec> operators();
}
