package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.HashCounts;
import dev.quern.statistics.RankedValues;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * monotonicity = values that are in order / values, a fraction: a value is in order if it is not
 * less (increasing) or not greater (decreasing) than the value before it; where ties are refused,
 * an equal one is out of order, too. The first value is in order. Samples stand in the order of
 * their ranks (source, file, position, child), missing values are passed over. Without values the
 * metric has none.
 *
 * <p>Exact for any threads and shards; values are held in memory, 48 bytes each.
 *
 * @param field a number, date, timestamp or bool field
 * @param direction where values go
 * @param ties whether equal neighbours are in order
 * @param where the condition for which samples are measured
 */
public record Monotonicity(String field, Direction direction, Ties ties, Optional<String> where)
    implements Analyzer<RankedValues> {
  /** Where values go. */
  public enum Direction {
    INCREASING,
    DECREASING
  }

  /** Whether equal neighbours are in order. */
  public enum Ties {
    ALLOWED,
    REFUSED
  }

  private static final Param<String> FIELD =
      Param.field(
          "field", new Localized("The number, date, timestamp or bool field.", "数值、日期、时间戳或布尔字段。"));

  private static final Param<Direction> DIRECTION =
      Param.choice("direction", Direction.class, new Localized("Where values go.", "值的走向。"))
          .or(Direction.INCREASING);

  private static final Param<Ties> TIES =
      Param.choice(
              "ties",
              Ties.class,
              new Localized("Whether equal neighbours are in order.", "相邻的相等值是否算有序。"))
          .or(Ties.ALLOWED);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.monotonicity",
          new Localized(
              "The fraction of values that are in order, sample by sample.", "按样本顺序有序的值所占的比例。"),
          "definition",
          2,
          Serving.TRAINING_ONLY,
          List.of(FIELD, DIRECTION, TIES, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x}",
                  "[{\"x\": 1}, {\"x\": 1}, {\"x\": null}, {\"x\": 3}, {\"x\": 2}]",
                  "{\"monotonicity(x)\": 0.75}"),
              new Example(
                  "{field: x, direction: decreasing, ties: refused}",
                  "[{\"x\": 3}, {\"x\": 2}, {\"x\": 2}, {\"x\": 1}]",
                  "{\"monotonicity(x)\": 0.75}")),
          params ->
              new Monotonicity(
                  params.get(FIELD),
                  params.get(DIRECTION),
                  params.get(TIES),
                  params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.failures(
        "each sample whose value breaks the order with the value before it", "与前一个值相比破坏次序的每个样本");
  }

  @Override
  public void check(Schema input) {
    Scale.position(input, field);
  }

  @Override
  public RankedValues zero(Schema input, StepRun run) {
    return new RankedValues(Scale.position(input, field)[0]);
  }

  @Override
  public RankedValues read(DataInput in, Schema input, StepRun run) throws IOException {
    return RankedValues.read(in, Scale.position(input, field)[0]);
  }

  @Override
  public List<Metric> metrics(RankedValues state, Schema input) {
    int ordered = 0;
    for (int i = 0; i < state.count(); i++) {
      ordered += isInOrder(state, i) ? 1 : 0;
    }
    return List.of(Metric.proportion("monotonicity", List.of(field), ordered, state.count()));
  }

  private boolean isInOrder(RankedValues state, int rank) {
    int step = rank == 0 ? 0 : Long.compare(state.value(rank), state.value(rank - 1));
    int forward = direction == Direction.INCREASING ? step : -step;
    return rank == 0 || forward > 0 || forward == 0 && ties == Ties.ALLOWED;
  }

  /** By their ids, because a stored version has ranks of its own. */
  @Override
  public Fit judged(RankedValues state, Schema input, Limits limits) {
    HashCounts ids = new HashCounts();
    for (int i = 0; i < state.count(); i++) {
      if (!isInOrder(state, i)) {
        ids.add(state.idHigh(i), state.idLow(i), 1);
      }
    }
    return KnownHashes.fit(ids);
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int position = Scale.position(input, field)[0];
    HashCounts ids = KnownHashes.read(fit);
    Finding finding = Finding.of(List.of(field), "out_of_order");
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (Scalars.isMissing(batch.column(position), row)) {
          findings.notApplicable(row);
        } else if (ids.contains(batch.keys().idHigh(row), batch.keys().idLow(row))) {
          findings.fail(row, finding);
        }
      }
    };
  }
}
