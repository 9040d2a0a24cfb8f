package dev.quern.operator;

import java.util.List;
import java.util.stream.Collectors;

/** A value with parts of which some break their rules: each is told at its own place. */
public final class Misfits extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Misfit> parts;

  /**
   * A part that breaks its rule.
   *
   * @param path what leads to it: keys of maps, numbers of lists from 0
   * @param message {@code what must be rule (unit); found: value[; fix]}
   */
  public record Misfit(List<String> path, String message) {
    /** Copies the path. */
    public Misfit {
      path = List.copyOf(path);
    }
  }

  /**
   * Makes an exception.
   *
   * @param parts at least one
   */
  public Misfits(List<Misfit> parts) {
    super(parts.stream().map(Misfit::message).collect(Collectors.joining("; ")));
    this.parts = List.copyOf(parts);
  }

  /** Returns what is wrong, in the order in which it was found. */
  public List<Misfit> parts() {
    return parts;
  }
}
