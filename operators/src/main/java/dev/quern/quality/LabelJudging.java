package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.label.LabelScore;
import dev.quern.label.Lowest;
import dev.quern.label.Probabilities;
import java.util.ArrayList;
import java.util.List;

/** Judges labels by what was learnt of all of them. */
final class LabelJudging implements Mapping {
  private static final List<String> MADE =
      List.of(
          LabelErrors.QUALITY, LabelErrors.ISSUE, LabelErrors.SUGGESTED, LabelErrors.CONFIDENCE);

  private final Schema input;
  private final Schema output;
  private final LabelFields fields;
  private final LabelFit known;
  private final LabelScore rankBy;
  private final boolean declared;
  private final double[] thresholds;
  private final Lowest.Ranked[][] ends;
  private final double[] p;
  private final Slice scratch = new Slice();
  private final String reason;

  LabelJudging(
      Schema input,
      Schema output,
      LabelFields fields,
      LabelFit known,
      LabelScore rankBy,
      boolean declared) {
    this.input = input;
    this.output = output;
    this.fields = fields;
    this.known = known;
    this.rankBy = rankBy;
    this.declared = declared;
    this.thresholds = known.thresholds();
    this.ends = known.ends();
    this.p = new double[fields.classes().size()];
    this.reason =
        switch (known.by()) {
          case PRUNE_BY_CLASS -> "low_self_confidence";
          case PRUNE_BY_NOISE_RATE -> "low_margin";
          case BOTH -> "low_self_confidence_and_margin";
          case CONFIDENT_LEARNING -> "confident_of_other_class";
          case PREDICTED_NEQ_GIVEN -> "predicted_other_class";
        };
  }

  @Override
  public void map(Batch batch, Outcome out) {
    List<ColumnBuilder> made = new ArrayList<>();
    for (String name : MADE) {
      made.add(ColumnBuilder.of(output.field(name).orElseThrow().type()));
    }
    int[] kept = new int[batch.count()];
    int size = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      fill(made, row);
      if (judge(batch, row, made, out)) {
        kept[size++] = row;
      }
    }
    fill(made, batch.rows());
    Batch judged = batch;
    for (int i = 0; i < MADE.size(); i++) {
      judged = judged.with(output.field(MADE.get(i)).orElseThrow(), made.get(i).build());
    }
    if (size == batch.count()) {
      out.keep(judged);
    } else if (size > 0) {
      out.keep(judged.select(kept, size));
    }
  }

  /** Leaves rows up to {@code row} that are not selected without values. */
  private static void fill(List<ColumnBuilder> made, int row) {
    for (ColumnBuilder column : made) {
      while (column.size() < row) {
        column.appendNull();
      }
    }
  }

  /** Appends what is found of a sample and returns whether it stays. */
  private boolean judge(Batch batch, int row, List<ColumnBuilder> made, Outcome out) {
    Column labels = batch.column(fields.label());
    if (labels.isNull(row)) {
      return true;
    }
    ProbabilityFields.Found found = fields.probabilities().read(batch, row, p);
    if (found == ProbabilityFields.Found.WRONG) {
      Fault fault = Fault.of("not_probabilities", p.length + " probabilities, one for each class");
      out.quarantine(batch, row, fields.probabilities().name(input), fault);
      return false;
    }
    int given = fields.classes().numberOf(labels, row, scratch);
    if (given < 0 && declared) {
      Fault fault = Fault.of("unknown_class", "one of the declared classes");
      out.quarantine(batch, row, input.field(fields.label()).name(), fault);
      return false;
    }
    if (given >= 0 && found == ProbabilityFields.Found.PROBABILITIES) {
      made.get(0).appendDouble(rankBy.of(p, given));
      long high = batch.keys().idHigh(row);
      long low = batch.keys().idLow(row);
      if (known.by().isIssue(p, given, thresholds, known.collisions(), ends, high, low)) {
        int suggested = Probabilities.largest(p);
        made.get(1).appendText(reason);
        fields.classes().append(made.get(2), suggested);
        made.get(3).appendDouble(p[suggested]);
      }
    }
    return true;
  }
}
