package dev.quern.check;

import dev.quern.operator.Params.Problem;
import java.util.List;

/** A check that is none or does not fit its analyzer, with all that is wrong with it. */
public final class CheckException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Makes an exception.
   *
   * @param problems what is wrong, one at least; the place of each is a key of the check's map, or
   *     empty for a line
   */
  public CheckException(List<Problem> problems) {
    super(
        String.join(
            "; also ",
            problems.stream()
                .map(p -> p.param().isEmpty() ? p.message() : p.param() + ": " + p.message())
                .toList()));
    this.problems = List.copyOf(problems);
  }

  /** Returns what is wrong, in the order of the check. */
  public List<Problem> problems() {
    return problems;
  }
}
