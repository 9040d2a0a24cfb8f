package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.operator.BindException;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.StepRun;
import dev.quern.quality.outlier.IsolationForest;
import dev.quern.quality.outlier.RowSample;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code quality.outliers} that judges samples over several fields: {@link
 * IsolationForest} grown from the {@value #ROWS} samples whose ids have the smallest hashes, so
 * that it depends neither on order nor on shards. A flag is a field {@code outlier} with {@code
 * outlier_score} beside it; a sample with a missing value scores 0.
 *
 * @param fields number fields; absent: all that fit
 * @param limit the largest score that is no outlier
 * @param action DROP or FLAG
 */
record IsolationOutliers(Optional<List<String>> fields, double limit, OutlierAction action)
    implements Fitter<RowSample> {
  private static final int ROWS = 2048;
  private static final String FLAG = "outlier";
  private static final String SCORE = "outlier_score";

  @Override
  public boolean dropsSamples() {
    return action == OutlierAction.DROP;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> read = new LinkedHashSet<>();
    for (String name : made) {
      if (input.indexOf(name) >= 0) {
        read.add(name);
      } else {
        for (int position : OutlierAction.positions(input, fields)) {
          read.add(input.field(position).name());
        }
      }
    }
    return read;
  }

  @Override
  public Schema output(Schema input) {
    int[] positions = OutlierAction.positions(input, fields);
    if (positions.length == 0) {
      throw new BindException("fields", "must be at least one number field; found: none");
    }
    if (action == OutlierAction.DROP) {
      return input;
    }
    for (String made : List.of(FLAG, SCORE)) {
      if (input.indexOf(made) >= 0) {
        throw new BindException(
            "action", "flag must make fields that are not there; found: " + made);
      }
    }
    return input.with(Field.of(FLAG, Type.BOOL)).with(Field.of(SCORE, Type.DOUBLE));
  }

  @Override
  public RowSample zero(Schema input, StepRun run) {
    return new RowSample(OutlierAction.positions(input, fields), ROWS);
  }

  @Override
  public RowSample read(DataInput in, Schema input, StepRun run) throws IOException {
    return RowSample.read(in, OutlierAction.positions(input, fields), ROWS);
  }

  @Override
  public Fit fit(RowSample state, Schema input) {
    List<@Nullable Object> rows = new ArrayList<>();
    for (double[] row : state.rows()) {
      List<@Nullable Object> values = new ArrayList<>();
      for (double value : row) {
        values.add(value);
      }
      rows.add(values);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("rows", rows);
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    List<double[]> rows = new ArrayList<>();
    if (fit.values().get("rows") instanceof List<?> all) {
      for (Object row : all) {
        List<?> values = (List<?>) row;
        rows.add(values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray());
      }
    }
    return new Judging(
        OutlierAction.positions(input, fields), new IsolationForest(rows), limit, action);
  }

  private static final class Judging implements Mapping {
    private final int[] positions;
    private final IsolationForest forest;
    private final double limit;
    private final OutlierAction action;
    private final double[] values;

    Judging(int[] positions, IsolationForest forest, double limit, OutlierAction action) {
      this.positions = positions;
      this.forest = forest;
      this.limit = limit;
      this.action = action;
      this.values = new double[positions.length];
    }

    @Override
    public void map(Batch batch, Outcome out) {
      if (action == OutlierAction.DROP) {
        int[] rows = new int[batch.count()];
        int left = 0;
        for (int i = 0; i < batch.count(); i++) {
          double score = score(batch, batch.row(i));
          if (score > limit) {
            out.drop(batch, batch.row(i), "outlier", score);
          } else {
            rows[left++] = batch.row(i);
          }
        }
        out.keep(left == batch.count() ? batch : batch.select(rows, left));
        return;
      }
      ColumnBuilder flags = ColumnBuilder.of(Type.BOOL);
      ColumnBuilder scores = ColumnBuilder.of(Type.DOUBLE);
      for (int row = 0; row < batch.rows(); row++) {
        double score = score(batch, row);
        flags.appendBool(score > limit);
        scores.appendDouble(score);
      }
      out.keep(
          batch
              .with(Field.of(FLAG, Type.BOOL), flags.build())
              .with(Field.of(SCORE, Type.DOUBLE), scores.build()));
    }

    private double score(Batch batch, int row) {
      return RowSample.values(batch, row, positions, values) ? forest.score(values) : 0;
    }
  }
}
