package dev.quern.quality.repair;

import dev.quern.data.SampleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One round over one row.
 *
 * @param model what the round learnt
 * @param reviewed what reviews say
 * @param id the sample
 * @param cells the fields looked at
 * @param policy which findings change cells
 */
record Mending(Model model, Reviewed reviewed, SampleId id, CellTexts cells, Policy policy) {

  /** Returns {@code row} as the round leaves it; adds what it found to {@code judgements}. */
  @Nullable String[] mend(@Nullable String[] row, Map<Integer, Judgement> judgements) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : reviewed.heed(id, row, model.judge(row))) {
      String repair = finding.repair();
      findings.add(
          repair == null || cells.holds(finding.field(), repair)
              ? finding
              : Finding.doubtful(finding.field(), finding.rule(), finding.certain()));
    }
    @Nullable String[] mended = Repairs.apply(row, findings, policy);
    for (Finding finding : findings) {
      int field = finding.field();
      boolean changed = !Objects.equals(mended[field], row[field]);
      boolean chosen = changed && Objects.equals(mended[field], finding.repair());
      if (finding.certain() >= Policy.TOLD || chosen) {
        double confidence =
            chosen && mended[field] != null ? finding.confidence() : finding.certain();
        Judgement judgement =
            new Judgement(field, finding.rule().label(), confidence, finding.repair(), chosen);
        judgements.merge(field, judgement, Mending::better);
      }
    }
    return mended;
  }

  private static Judgement better(Judgement known, Judgement other) {
    if (known.changed() != other.changed()) {
      return known.changed() ? known : other;
    }
    return other.confidence() > known.confidence() ? other : known;
  }
}
