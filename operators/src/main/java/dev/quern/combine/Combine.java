package dev.quern.combine;

import java.util.List;

/** The operators of the stage combine. */
public final class Combine {
  /** All of them, in the order of the documentation. */
  public static final List<Class<?>> OPERATORS = List.of(Union.class, Lookup.class, Review.class);

  private Combine() {}
}
