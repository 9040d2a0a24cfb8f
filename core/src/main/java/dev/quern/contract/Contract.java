package dev.quern.contract;

import dev.quern.check.Check;
import dev.quern.recipe.Position;
import java.util.List;

/**
 * What a data contract asks of one dataset.
 *
 * @param name of the contract's schema object
 * @param rules what is checked, in the order of the contract
 * @param notExecuted what is written in the contract but cannot be checked here
 */
public record Contract(String name, List<Rule> rules, List<Skipped> notExecuted) {
  public Contract {
    rules = List.copyOf(rules);
    notExecuted = List.copyOf(notExecuted);
  }

  /**
   * A check and where the contract asks for it.
   *
   * @param place in the contract's file
   */
  public record Rule(Check check, Position place) {}

  /**
   * A rule that is not executed.
   *
   * @param name of the rule
   * @param reason why, one sentence without a full stop
   * @param place in the contract's file
   */
  public record Skipped(String name, String reason, Position place) {}
}
