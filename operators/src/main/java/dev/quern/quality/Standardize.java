package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DoubleColumn;
import dev.quern.data.Field;
import dev.quern.data.Nulls;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.format.json.Json;
import dev.quern.onnx.OnnxGraph;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.ExactQuantiles;
import dev.quern.statistics.Moments;
import dev.quern.statistics.MomentsState;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings number fields to one scale: (x − center) / scale, as double.
 *
 * <ul>
 *   <li>zscore: center = mean, scale = population standard deviation √(Σ(x − mean)² / n)
 *   <li>minmax: center = min, scale = max − min
 *   <li>robust: center = median, scale = third − first quartile (type 7)
 * </ul>
 *
 * <p>Values are learnt from finite values; where the scale is 0 every value becomes 0. Missing
 * values stay missing; a field without any value is left as it is.
 *
 * @param fields number fields; absent: all but label, identifier, subject, group and event time
 * @param with how center and scale are learnt
 */
public record Standardize(Optional<List<String>> fields, With with)
    implements Fitter<ColumnStates> {

  /** How center and scale are learnt. */
  public enum With {
    ZSCORE,
    MINMAX,
    ROBUST
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Number fields; by default all but label, identifier, subject, group and event"
                      + " time.",
                  "数值字段；默认为标签、标识符、主体、分组和事件时间以外的全部。"))
          .optional();

  private static final Param<With> WITH =
      Param.choice(
              "with", With.class, new Localized("How center and scale are learnt.", "如何学习中心与尺度。"))
          .or(With.ZSCORE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.standardize",
          new Localized("Brings number fields to one scale.", "把数值字段变换到同一尺度。"),
          "Quartiles: Hyndman and Fan 1996, The American Statistician 50(4), type 7",
          1,
          Serving.GRAPH,
          List.of(FIELDS, WITH),
          List.of(
              new Example(
                  "{}",
                  "[{\"x\": 1, \"c\": 7}, {\"x\": 3, \"c\": 7}]",
                  "[{\"x\": -1.0, \"c\": 0.0}, {\"x\": 1.0, \"c\": 0.0}]"),
              new Example(
                  "{with: minmax, fields: x}",
                  "[{\"x\": 2}, {\"x\": null}, {\"x\": 4}, {\"x\": 6}]",
                  "[{\"x\": 0.0}, {\"x\": null}, {\"x\": 0.5}, {\"x\": 1.0}]"),
              new Example(
                  "{with: robust}",
                  "[{\"x\": 1}, {\"x\": 2}, {\"x\": 3}, {\"x\": 4}, {\"x\": 5}]",
                  "[{\"x\": -1.0}, {\"x\": -0.5}, {\"x\": 0.0}, {\"x\": 0.5}, {\"x\": 1.0}]")),
          params -> new Standardize(params.find(FIELDS), params.get(WITH)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(input.field(position).typed(Type.DOUBLE));
    }
    return output;
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = positions(input);
    List<ColumnState> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(
          switch (with) {
            case ZSCORE -> new MomentsState();
            case MINMAX, ROBUST -> new QuantilesOfNumbers();
          });
    }
    return new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(
        in,
        positions(input),
        (i, from) ->
            switch (with) {
              case ZSCORE -> MomentsState.read(from);
              case MINMAX, ROBUST -> QuantilesOfNumbers.read(from);
            });
  }

  @Override
  public Fit fit(ColumnStates state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int[] positions = positions(input);
    for (int i = 0; i < positions.length; i++) {
      double center;
      double scale;
      if (with == With.ZSCORE) {
        Moments moments = state.state(MomentsState.class, i).moments();
        center = moments.mean();
        scale = moments.deviation();
      } else {
        ExactQuantiles quantiles = state.state(QuantilesOfNumbers.class, i).quantiles();
        double low = quantiles.quantile(with == With.MINMAX ? 0 : 0.25);
        double high = quantiles.quantile(with == With.MINMAX ? 1 : 0.75);
        center = with == With.MINMAX ? low : quantiles.quantile(0.5);
        scale = high - low;
      }
      if (!Double.isNaN(center) && !Double.isInfinite(scale)) {
        Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
        learnt.put("center", center);
        learnt.put("scale", scale);
        values.put(input.field(positions[i]).name(), learnt);
      }
    }
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    int[] positions = positions(input);
    Scaling[] scalings = new Scaling[positions.length];
    for (int i = 0; i < positions.length; i++) {
      scalings[i] = Scaling.of(fit, input.field(positions[i]).name());
    }
    return (batch, out) -> {
      Batch scaled = batch;
      for (int i = 0; i < positions.length; i++) {
        Field field = output.field(positions[i]);
        scaled = scaled.with(field, scalings[i].apply(batch.column(positions[i])));
      }
      out.keep(scaled);
    };
  }

  @Override
  public Serving serving(Schema input, Serving declared) {
    return GraphFields.serving(input, positions(input), declared);
  }

  @Override
  public void emit(GraphFields graph, Fit fit) {
    for (String name : fit.values().keySet()) {
      if (graph.values().containsKey(name)) {
        GraphFields.Value value = graph.value(name);
        graph.set(
            value.field().typed(Type.DOUBLE),
            Scaling.of(fit, name).emit(graph.graph(), value.tensor()));
      }
    }
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "numbers",
        field -> field.type().isNumber(),
        field ->
            !field.is(Role.LABEL)
                && !field.is(Role.IDENTIFIER)
                && !field.is(Role.SUBJECT)
                && !field.is(Role.GROUP)
                && !field.is(Role.EVENT_TIME));
  }

  /** Host and graph compute the same doubles in the same order: equal bits. */
  private record Scaling(double center, double scale) {
    static Scaling of(Fit fit, String field) {
      Object learnt = fit.values().get(field);
      if (learnt == null) {
        return new Scaling(0, 1);
      }
      Map<String, @Nullable Object> values = Json.object(learnt);
      return new Scaling(number(values.get("center")), number(values.get("scale")));
    }

    private static double number(@Nullable Object plain) {
      if (plain instanceof Number number) {
        return number.doubleValue();
      }
      throw new IllegalArgumentException("fit must hold numbers; found: none");
    }

    Column apply(Column column) {
      double[] scaled = new double[column.size()];
      Nulls.Builder nulls = new Nulls.Builder();
      for (int row = 0; row < scaled.length; row++) {
        if (column.isNull(row)) {
          nulls.set(row);
        } else {
          double centered = column.doubleAt(row) - center;
          // 0 · x keeps NaN; + 0 makes a negative zero positive.
          scaled[row] = scale == 0 ? centered * 0.0 + 0.0 : centered / scale;
        }
      }
      return new DoubleColumn(scaled, scaled.length, nulls.build());
    }

    String emit(OnnxGraph graph, String numbers) {
      String from = graph.constant("center", new double[] {center}, 1, 1);
      String centered = graph.node("Sub", List.of(numbers, from));
      if (scale == 0) {
        String zero = graph.constant("zero", new double[] {0}, 1, 1);
        return graph.node("Add", List.of(graph.node("Mul", List.of(centered, zero)), zero));
      }
      String by = graph.constant("scale", new double[] {scale}, 1, 1);
      return graph.node("Div", List.of(centered, by));
    }
  }
}
