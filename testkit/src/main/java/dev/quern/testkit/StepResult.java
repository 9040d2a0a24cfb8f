package dev.quern.testkit;

import dev.quern.data.SampleId;
import dev.quern.engine.Fault;
import dev.quern.engine.StepCounts;
import java.util.Comparator;
import java.util.List;

/**
 * What became of the samples of a step.
 *
 * @param counts the accounting, without time
 * @param dropped samples that were left out, in the order of their ids
 * @param changed cells that were changed, in the order of ids, fields and rules
 * @param quarantined samples that were set aside, in the order of their ids
 */
public record StepResult(
    StepCounts counts,
    List<Dropped> dropped,
    List<Changed> changed,
    List<Quarantined> quarantined) {
  public StepResult {
    dropped = dropped.stream().sorted(Comparator.comparing(Dropped::id)).toList();
    changed =
        changed.stream()
            .sorted(
                Comparator.comparing(Changed::id)
                    .thenComparing(Changed::field)
                    .thenComparing(Changed::rule))
            .toList();
    quarantined = quarantined.stream().sorted(Comparator.comparing(Quarantined::id)).toList();
  }

  /** A sample that was left out. */
  public record Dropped(SampleId id, String reason, double measured) {
    public Dropped {
      // Files of dropped samples hold no other number that is not finite.
      measured = Double.isFinite(measured) ? measured : Double.NaN;
    }
  }

  /** A cell that was changed. */
  public record Changed(SampleId id, String field, String rule, double confidence) {}

  /** A sample that was set aside. */
  public record Quarantined(SampleId id, String field, Fault fault) {}
}
