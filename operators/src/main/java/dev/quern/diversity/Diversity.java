package dev.quern.diversity;

import java.util.List;

/** The operators of the stage diversity. */
public final class Diversity {
  /** All of them, in the order of the documentation. */
  public static final List<Class<?>> OPERATORS = List.of(Split.class, Sample.class);

  private Diversity() {}
}
