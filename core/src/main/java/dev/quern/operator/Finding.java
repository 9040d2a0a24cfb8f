package dev.quern.operator;

import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a sample, told without its values.
 *
 * @param fields the fields at fault
 * @param reason snake_case name of the rule that the sample breaks, for example {@code missing}
 * @param measured the number the rule compared, NaN where there is none
 * @param repair what could stand there instead, where the analyzer knows
 */
public record Finding(
    List<String> fields, String reason, double measured, Optional<String> repair) {
  public Finding {
    fields = List.copyOf(fields);
  }

  /** Returns a finding that measures nothing and knows no repair. */
  public static Finding of(List<String> fields, String reason) {
    return new Finding(fields, reason, Double.NaN, Optional.empty());
  }
}
