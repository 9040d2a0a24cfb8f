package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * completeness = values that are there / all values, a fraction. Null, NaN and texts that are blank
 * after trimming are missing. Over several fields first the fraction of all their values, then one
 * metric per field. Without samples the metric has no value.
 *
 * @param fields fields to look at; absent: all
 */
public record Completeness(Optional<List<String>> fields) implements Analyzer<ColumnStates> {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Fields to look at; all by default.", "要检查的字段；默认全部。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.completeness",
          new Localized("The fraction of values that are not missing.", "非缺失值所占的比例。"),
          "ISO/IEC 25012, completeness (own definition)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS),
          List.of(
              new Example(
                  "{fields: [a]}",
                  "[{\"a\": 1}, {\"a\": null}, {\"a\": 3}, {\"a\": 4}]",
                  "{\"completeness(a)\": 0.75}"),
              new Example(
                  "{}",
                  "[{\"a\": 1, \"b\": \" \"}, {\"a\": 2, \"b\": \"x\"}]",
                  "{\"completeness(a, b)\": 0.75, \"completeness(a)\": 1.0,"
                      + " \"completeness(b)\": 0.5}")),
          params -> new Completeness(params.find(FIELDS)));

  @Override
  public void check(Schema input) {
    positions(input);
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = positions(input);
    List<ColumnState> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(new Cells());
    }
    return new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(in, positions(input), (i, from) -> Cells.read(from));
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    int[] positions = positions(input);
    List<Metric> metrics = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long there = 0;
    long all = 0;
    for (int i = 0; i < positions.length; i++) {
      Cells cells = state.state(Cells.class, i);
      String name = input.field(positions[i]).name();
      names.add(name);
      there += cells.all() - cells.missing();
      all += cells.all();
      metrics.add(
          Metric.proportion(
              "completeness", List.of(name), cells.all() - cells.missing(), cells.all()));
    }
    if (positions.length != 1) {
      metrics.add(0, Metric.proportion("completeness", names, there, all));
    }
    return metrics;
  }

  @Override
  public boolean judgesSamples() {
    return true;
  }

  /** One failure for each cell without a value. */
  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int[] positions = positions(input);
    List<Finding> missing = new ArrayList<>();
    for (int position : positions) {
      missing.add(Finding.of(List.of(input.field(position).name()), "missing"));
    }
    Slice slice = new Slice();
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        for (int j = 0; j < positions.length; j++) {
          Column column = batch.column(positions[j]);
          if (Cells.isMissing(column, row, column.type().equals(Type.TEXT), slice)) {
            findings.fail(row, missing.get(j));
          }
        }
      }
    };
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(input, "fields", fields, "any", field -> true, field -> true);
  }
}
