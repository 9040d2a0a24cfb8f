package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.StepRun;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import java.util.List;

/** A metric that has a value for each class and is that of the worst one. */
interface JudgedClasses extends ClassMetric {
  /** Returns the value of each class of {@code table}, in the order of {@link #classes}. */
  double[] values(CombinationTable table);

  /** Returns the name of what is wrong with samples of classes beyond the limit. */
  String wrong();

  @Override
  default Fit judged(Combinations state, Schema input, Limits limits) {
    double[] values = values(state.table());
    boolean least = judging().verdicts() == Judging.Verdicts.BELOW;
    return ClassSizes.failing(
        classes(state), one -> least ? limits.isAbove(values[one]) : limits.isBelow(values[one]));
  }

  @Override
  default SampleJudge judge(Schema input, Fit fit, StepRun run) {
    return ClassSizes.judge(
        ClassSizes.positions(input, fields(), List.of()), fit, Finding.of(fields(), wrong()));
  }
}
