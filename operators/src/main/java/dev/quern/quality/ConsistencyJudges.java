package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Slice;
import dev.quern.expression.BoundExpression;
import dev.quern.operator.Finding;
import dev.quern.operator.SampleJudge;
import dev.quern.statistics.HashCounts;
import java.util.List;
import java.util.Optional;

/** What each kind of consistency tells of single samples. */
final class ConsistencyJudges {
  private ConsistencyJudges() {}

  /**
   * Tells of the samples whose y is not the most frequent of their x.
   *
   * @param fields the one at fault first
   * @param source what else must be known of a sample
   */
  static SampleJudge minorities(
      Majorities majorities, RowHash x, RowHash y, Optional<RowHash> source, List<String> fields) {
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        boolean there = x.compute(batch, row) && y.compute(batch, row);
        if (!there || source.isPresent() && !source.get().compute(batch, row)) {
          findings.notApplicable(row);
          continue;
        }
        int group = majorities.group(x.value());
        if (group >= 0 && !majorities.isMajority(group, y.value())) {
          findings.fail(
              row,
              new Finding(fields, "minority", majorities.share(group), majorities.value(group)));
        }
      }
    };
  }

  /** Tells of the samples whose reference is among {@code orphans}. */
  static SampleJudge orphans(HashCounts orphans, RowHash references, List<String> fields) {
    Finding finding = Finding.of(fields, "orphan");
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!references.compute(batch, row)) {
          findings.notApplicable(row);
        } else if (orphans.contains(references.value(), 0)) {
          findings.fail(row, finding);
        }
      }
    };
  }

  /** Tells of the samples whose text has another mask than {@code usual}. */
  static SampleJudge masks(String usual, int position, String field) {
    Finding finding = Finding.of(List.of(field), "unusual_format");
    Slice slice = new Slice();
    return (batch, findings) -> {
      Column column = batch.column(position);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (column.isNull(row)) {
          findings.notApplicable(row);
        } else if (!Mask.of(column.sliceAt(row, slice)).equals(usual)) {
          findings.fail(row, finding);
        }
      }
    };
  }

  /** Tells of the samples for which {@code condition} is false. */
  static SampleJudge condition(BoundExpression condition, String reason) {
    Finding finding = Finding.of(List.copyOf(condition.fields()), reason);
    return (batch, findings) -> {
      Column answers = condition.evaluate(batch);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (answers.isNull(row)) {
          findings.notApplicable(row);
        } else if (!answers.boolAt(row)) {
          findings.fail(row, finding);
        }
      }
    };
  }
}
