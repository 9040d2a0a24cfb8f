package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Grouper;
import dev.quern.operator.StepRun;
import dev.quern.quality.outlier.Hampel;
import dev.quern.statistics.Scalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form of {@code quality.outliers} that judges a value by its neighbours in a series: the
 * {@code window} samples before and after it in the order of the step (by rank unless it names
 * one), within the samples of one series and one split. See {@link Hampel} for the score. Windows
 * are as they came in: a value that is mended does not mend others.
 *
 * @param fields number fields; absent: all that fit
 * @param limit the largest score that is no outlier
 * @param action what happens to an outlier
 * @param window samples on each side
 * @param by fields whose values part the samples into series; empty: one series
 */
record HampelOutliers(
    Optional<List<String>> fields, double limit, OutlierAction action, int window, List<String> by)
    implements Grouper {

  @Override
  public boolean dropsSamples() {
    return action == OutlierAction.DROP;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    FieldChoice.named(inputs.get(0), "by", by);
    return action.output(inputs.get(0), positions(inputs.get(0)));
  }

  private int[] positions(Schema input) {
    List<Integer> chosen = new ArrayList<>();
    for (int position : OutlierAction.positions(input, fields)) {
      if (fields.isPresent() || !by.contains(input.field(position).name())) {
        chosen.add(position);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    Schema input = inputs.get(0);
    return new Series(
        this, positions(input), FieldChoice.named(input, "by", by), new BatchBuilder(output));
  }

  /** A sample that waits for those behind it. */
  private record Member(Batch batch, int row) {}

  private static final class Series implements Grouping {
    private final HampelOutliers rules;
    private final int[] positions;
    private final int[] by;
    private final BatchBuilder kept;
    private final Hampel hampel = new Hampel();
    private final List<Member> members = new ArrayList<>();
    private final double[] values;

    Series(HampelOutliers rules, int[] positions, int[] by, BatchBuilder kept) {
      this.rules = rules;
      this.positions = positions;
      this.by = by;
      this.kept = kept;
      this.values = new double[2 * rules.window + 1];
    }

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      key.putLong(batch.keys().splitCode(row));
      for (int position : by) {
        key.put(batch.column(position), row);
      }
    }

    @Override
    public void group(Group group, Outcome out) {
      members.clear();
      int next = 0;
      while (group.next()) {
        members.add(new Member(group.batch(), group.row()));
        if (members.size() - next > rules.window) {
          judge(next++, out);
        }
        // What no window reaches any more is forgotten, in blocks so that little is moved.
        int past = next - rules.window;
        if (past > 4096) {
          members.subList(0, past).clear();
          next -= past;
        }
      }
      while (next < members.size()) {
        judge(next++, out);
      }
      members.clear();
    }

    @Override
    public void end(Outcome out) {
      if (kept.count() > 0) {
        out.keep(kept.build());
      }
    }

    private void judge(int at, Outcome out) {
      Member member = members.get(at);
      Batch batch = member.batch();
      int row = member.row();
      double[] scores = new double[positions.length];
      double[] bounds = new double[positions.length];
      double worst = 0;
      for (int f = 0; f < positions.length; f++) {
        Column column = batch.column(positions[f]);
        if (isThere(column, row)) {
          hampel.window(values, fill(at, positions[f]));
          scores[f] = hampel.score(column.doubleAt(row));
          bounds[f] = hampel.bound(column.doubleAt(row), rules.limit);
          worst = Math.max(worst, scores[f]);
        }
      }
      if (rules.action == OutlierAction.DROP && worst > rules.limit) {
        out.drop(batch, row, "outlier", worst);
      } else {
        append(batch, row, scores, bounds, out);
      }
    }

    private static boolean isThere(Column column, int row) {
      return !Scalars.isMissing(column, row) && !Double.isInfinite(column.doubleAt(row));
    }

    private int fill(int at, int position) {
      int size = 0;
      int from = Math.max(0, at - rules.window);
      int to = Math.min(members.size() - 1, at + rules.window);
      for (int i = from; i <= to; i++) {
        Column column = members.get(i).batch().column(position);
        if (isThere(column, members.get(i).row())) {
          values[size++] = column.doubleAt(members.get(i).row());
        }
      }
      return size;
    }

    private void append(Batch batch, int row, double[] scores, double[] bounds, Outcome out) {
      kept.keys().append(batch.keys(), row);
      int own = batch.schema().size();
      for (int i = 0; i < own; i++) {
        Column column = batch.column(i);
        int number = number(i);
        boolean mended =
            number >= 0
                && scores[number] > rules.limit
                && (rules.action == OutlierAction.MISSING || rules.action == OutlierAction.CLIP);
        if (!mended) {
          kept.column(i).append(column, row);
          continue;
        }
        Object after =
            rules.action == OutlierAction.MISSING
                ? null
                : OutlierAction.clipped(column, row, bounds[number]);
        kept.column(i).appendValue(after);
        double confidence = OutlierAction.confidence(scores[number], rules.limit);
        out.change(batch, row, batch.schema().field(i).name(), "outlier", confidence, after);
      }
      if (rules.action == OutlierAction.FLAG) {
        for (int flag = 0; flag < positions.length; flag++) {
          kept.column(own + flag).appendBool(scores[flag] > rules.limit);
        }
      }
      if (kept.isFull()) {
        out.keep(kept.build());
      }
    }

    private int number(int field) {
      for (int f = 0; f < positions.length; f++) {
        if (positions[f] == field) {
          return f;
        }
      }
      return -1;
    }
  }
}
