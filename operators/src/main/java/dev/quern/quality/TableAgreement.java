package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.label.Difference;
import dev.quern.operator.Analyzer;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Metric;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * {@code quality.agreement} over a table with one sample per label.
 *
 * @param unit names what was labelled
 * @param label the label
 * @param measure alpha or Fleiss' kappa
 * @param difference how far labels are apart, for alpha
 */
record TableAgreement(String unit, String label, Agreement.Measure measure, Difference difference)
    implements Analyzer<ItemVotes> {

  @Override
  public Judging judging() {
    return Judging.responsible("each label of what got different labels", "所标对象得到不同标签时，其每个标签");
  }

  @Override
  public void check(Schema input) {
    FieldChoice.named(input, "unit", List.of(unit), "scalars", field -> field.type().isScalar());
    FieldChoice.named(
        input,
        "label",
        List.of(label),
        "text, long, double or bool",
        field -> AnnotatorVotes.fits(field.type()));
  }

  @Override
  public ItemVotes zero(Schema input, StepRun run) {
    check(input);
    return new ItemVotes(input.indexOf(unit), input.indexOf(label));
  }

  @Override
  public ItemVotes read(DataInput in, Schema input, StepRun run) throws IOException {
    ItemVotes state = zero(input, run);
    state.readState(in);
    return state;
  }

  @Override
  public List<Metric> metrics(ItemVotes state, Schema input) {
    return AgreementMetrics.of(List.of(label), state.coincidences(), measure, difference);
  }

  @Override
  public Fit judged(ItemVotes state, Schema input, Limits limits) {
    return KnownHashes.fit(state.contested());
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    return zero(input, run)
        .judge(KnownHashes.read(fit), Finding.of(List.of(label), "disagreement"));
  }
}
