package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Localized;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.ExactQuantiles;
import dev.quern.statistics.LongsState;
import dev.quern.statistics.MomentsState;
import dev.quern.statistics.QuantilesState;
import dev.quern.statistics.Scalars;
import dev.quern.statistics.TextsState;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills missing values (null, or NaN in double and float fields) with one learnt value per field.
 *
 * <ul>
 *   <li>mean: of number fields, Σx / n, exact before one rounding; a long or decimal field becomes
 *       double
 *   <li>median: of doubles and floats the mean of the two middle values (type 7), of longs,
 *       timestamps and dates the lower middle value; a decimal field becomes double
 *   <li>mode: the most frequent value; of several the smallest (texts by their UTF-8 bytes)
 *   <li>constant: the value given as {@code value}
 *   <li>forward: see {@link ForwardFill}
 * </ul>
 *
 * <p>A field without a single value to learn from stays as it is. Mode and median hold the distinct
 * values in memory.
 *
 * @param fields fields to fill; absent: all that fit but label and identifiers
 * @param with what to fill with
 * @param value the constant
 */
public record Impute(Optional<List<String>> fields, With with, Optional<Object> value)
    implements Fitter<ColumnStates> {

  /** What missing values are filled with. */
  public enum With {
    MEAN,
    MEDIAN,
    MODE,
    CONSTANT,
    FORWARD
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Fields to fill; by default all that fit, without label and identifiers.",
                  "要填充的字段；默认为标签和标识符以外的全部适用字段。"))
          .optional();

  private static final Param<With> WITH =
      Param.choice(
          "with",
          With.class,
          new Localized(
              "What missing values are filled with; forward takes the last value before by rank.",
              "用什么填充缺失值；forward 取次序上前一个值。"));

  private static final Param<Object> VALUE =
      Param.scalar("value", new Localized("The value for with: constant.", "with: constant 时使用的值。"))
          .optional();

  private static final Param<List<String>> BY =
      Param.fields(
              "by",
              new Localized(
                  "For with: forward, fields whose values part the samples into series.",
                  "with: forward 时，用于划分序列的字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.impute",
          new Localized(
              "Fills missing values with a mean, median, mode, constant or the value before.",
              "用均值、中位数、众数、常量或前一个值填充缺失值。"),
          "Quantiles: Hyndman and Fan 1996, The American Statistician 50(4)",
          1,
          Serving.GRAPH,
          List.of(FIELDS, WITH, VALUE, BY),
          List.of(
              new Example(
                  "{fields: [work], with: mode}",
                  "[{\"work\": \"b\"}, {\"work\": null}, {\"work\": \"a\"}, {\"work\": \"b\"}]",
                  "[{\"work\": \"b\"}, {\"work\": \"b\"}, {\"work\": \"a\"}, {\"work\": \"b\"}]"),
              new Example(
                  "{fields: x, with: mean}",
                  "[{\"x\": 1}, {\"x\": null}, {\"x\": 2}]",
                  "[{\"x\": 1.0}, {\"x\": 1.5}, {\"x\": 2.0}]"),
              new Example(
                  "{with: median}",
                  "[{\"x\": 1, \"y\": 1.0}, {\"x\": null, \"y\": null}, {\"x\": 4, \"y\": 2.0}]",
                  "[{\"x\": 1, \"y\": 1.0}, {\"x\": 1, \"y\": 1.5}, {\"x\": 4, \"y\": 2.0}]"),
              new Example(
                  "{fields: [a], with: constant, value: none}",
                  "[{\"a\": null}, {\"a\": \"x\"}]",
                  "[{\"a\": \"none\"}, {\"a\": \"x\"}]"),
              new Example(
                  "{fields: [t], with: forward, by: [s]}",
                  "[{\"s\": 1, \"t\": null}, {\"s\": 1, \"t\": 5}, {\"s\": 2, \"t\": null}, {\"s\": 1,"
                      + " \"t\": null}]",
                  "[{\"s\": 1, \"t\": null}, {\"s\": 1, \"t\": 5}, {\"s\": 2, \"t\": null}, {\"s\": 1,"
                      + " \"t\": 5}]")),
          Impute::create);

  private static Operator create(Params params) {
    With with = params.get(WITH);
    Optional<Object> value = params.find(VALUE);
    if (value.isPresent() != (with == With.CONSTANT)) {
      throw new IllegalArgumentException(
          "quality.impute.value must be given for with: constant and only then; found: "
              + (value.isPresent() ? "a value" : "none"));
    }
    Optional<List<String>> by = params.find(BY);
    if (by.isPresent() && with != With.FORWARD) {
      throw new IllegalArgumentException(
          "quality.impute.by must be given for with: forward only; found: fields");
    }
    return with == With.FORWARD
        ? new ForwardFill(params.find(FIELDS), by.orElse(List.of()))
        : new Impute(params.find(FIELDS), with, value);
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(filled(input.field(position)));
    }
    return output;
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = positions(input);
    List<ColumnState> states = new ArrayList<>();
    for (int position : positions) {
      states.add(
          switch (with) {
            case MEAN, CONSTANT, FORWARD -> new MomentsState();
            case MEDIAN -> new QuantilesState();
            case MODE -> isText(input, position) ? new TextsState() : new LongsState();
          });
    }
    return with == With.CONSTANT
        ? new ColumnStates(new int[0], List.of())
        : new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    int[] positions = with == With.CONSTANT ? new int[0] : positions(input);
    return ColumnStates.read(
        in,
        positions,
        (i, from) ->
            switch (with) {
              case MEAN, CONSTANT, FORWARD -> MomentsState.read(from);
              case MEDIAN -> QuantilesState.read(from);
              case MODE ->
                  isText(input, positions[i]) ? TextsState.read(from) : LongsState.read(from);
            });
  }

  @Override
  public Fit fit(ColumnStates state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int[] positions = positions(input);
    for (int i = 0; i < positions.length; i++) {
      Field field = input.field(positions[i]);
      Optional<Object> learnt = learnt(state, i, field);
      if (learnt.isPresent()) {
        Object plain = learnt.get();
        boolean single = field.type().kind() == Type.Kind.FLOAT && plain instanceof Double;
        // The value as the field will hold it, so that host and graph agree to the last bit.
        values.put(field.name(), single ? (double) ((Double) plain).floatValue() : plain);
      }
    }
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    return new Filling(input, output, positions(input), fit.values());
  }

  @Override
  public Serving serving(Schema input, Serving declared) {
    return GraphFields.serving(input, positions(input), declared);
  }

  @Override
  public void emit(GraphFields graph, Fit fit) {
    fit.values()
        .forEach(
            (name, plain) -> {
              if (plain != null && graph.values().containsKey(name)) {
                GraphFields.Value value = graph.value(name);
                String tensor =
                    plain instanceof String text
                        ? filledText(graph, value.tensor(), text)
                        : filledNumber(graph, value.tensor(), number(plain));
                graph.set(filled(value.field()), tensor);
              }
            });
  }

  private static String filledText(GraphFields graph, String texts, String fill) {
    List<@Nullable String> missing = new ArrayList<>();
    missing.add(null);
    String index = OnnxText.categoryIndex(graph.graph(), texts, missing, -1);
    String none = graph.graph().constant("none", new long[] {-1});
    String isMissing = graph.graph().node("Greater", List.of(index, none));
    String value = graph.graph().constant("fill", List.of(OnnxText.encode(fill)), 1, 1);
    return graph.graph().node("Where", List.of(isMissing, value, texts));
  }

  private static String filledNumber(GraphFields graph, String numbers, double fill) {
    String isMissing = graph.graph().node("IsNaN", List.of(numbers));
    String value = graph.graph().constant("fill", new double[] {fill}, 1, 1);
    return graph.graph().node("Where", List.of(isMissing, value, numbers));
  }

  private static double number(Object plain) {
    return plain instanceof Boolean truth
        ? (truth.booleanValue() ? 1 : 0)
        : ((Number) plain).doubleValue();
  }

  private Optional<Object> learnt(ColumnStates state, int i, Field field) {
    return switch (with) {
      case CONSTANT -> Optional.of(constant(field));
      case MEAN -> {
        var moments = state.state(MomentsState.class, i).moments();
        yield moments.count() == 0 ? Optional.empty() : Optional.of(moments.mean());
      }
      case MEDIAN -> {
        ExactQuantiles quantiles = state.state(QuantilesState.class, i).quantiles();
        if (quantiles.count() == 0) {
          yield Optional.empty();
        }
        yield Optional.of(
            isWhole(field.type()) ? (Object) quantiles.lowerMedian() : quantiles.quantile(0.5));
      }
      case MODE ->
          field.type().equals(Type.TEXT)
              ? mode(state.state(TextsState.class, i))
              : mode(state.state(LongsState.class, i), field.type());
      case FORWARD -> Optional.empty();
    };
  }

  private static Optional<Object> mode(TextsState state) {
    List<Object> first = new ArrayList<>();
    state
        .counts()
        .top(
            1,
            (bytes, start, end, count) ->
                first.add(new String(bytes, start, end - start, StandardCharsets.UTF_8)));
    return first.stream().findFirst();
  }

  private static Optional<Object> mode(LongsState state, Type type) {
    long[] best = new long[2];
    state
        .counts()
        .forEach(
            (value, count) -> {
              if (count > best[1]) {
                best[0] = value;
                best[1] = count;
              }
            });
    return best[1] == 0 ? Optional.empty() : Optional.of(Scalars.plain(type, best[0]));
  }

  private Object constant(Field field) {
    Object given = value.orElseThrow();
    boolean fits =
        switch (field.type().kind()) {
          case TEXT -> given instanceof String;
          case LONG -> given instanceof Long;
          case DOUBLE, FLOAT -> given instanceof Number;
          case BOOL -> given instanceof Boolean;
          case DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
        };
    if (!fits) {
      throw new BindException(
          "value",
          "must be of the type of each field; found: "
              + given.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT)
              + " for "
              + field.name()
              + ", "
              + field.type());
    }
    boolean number =
        field.type().kind() == Type.Kind.DOUBLE || field.type().kind() == Type.Kind.FLOAT;
    return number ? (Object) ((Number) given).doubleValue() : given;
  }

  private Field filled(Field field) {
    boolean widened =
        switch (field.type().kind()) {
          case LONG -> with == With.MEAN;
          case DECIMAL -> with == With.MEAN || with == With.MEDIAN;
          case TEXT, DOUBLE, FLOAT, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
        };
    return widened ? field.typed(Type.DOUBLE) : field;
  }

  private int[] positions(Schema input) {
    int[] positions =
        FieldChoice.orAll(
            input,
            "fields",
            fields,
            rule(),
            field -> fits(field.type()),
            field -> !field.is(Role.LABEL) && !field.is(Role.IDENTIFIER));
    if (with == With.CONSTANT) {
      for (int position : positions) {
        constant(input.field(position));
      }
    }
    return positions;
  }

  private String rule() {
    return switch (with) {
      case MEAN -> "numbers";
      case MEDIAN -> "numbers, timestamps or dates";
      case MODE -> "text, long, double, float, bool, timestamp or date";
      case CONSTANT, FORWARD -> "text, long, double, float or bool";
    };
  }

  private boolean fits(Type type) {
    return switch (type.kind()) {
      case LONG, DOUBLE, FLOAT -> true;
      case DECIMAL -> with == With.MEAN || with == With.MEDIAN;
      case TIMESTAMP, DATE -> with == With.MEDIAN || with == With.MODE;
      case TEXT, BOOL -> with == With.MODE || with == With.CONSTANT;
      case BYTES, LIST, STRUCT -> false;
    };
  }

  private static boolean isText(Schema input, int position) {
    return input.field(position).type().equals(Type.TEXT);
  }

  private static boolean isWhole(Type type) {
    return type.kind() == Type.Kind.LONG
        || type.kind() == Type.Kind.TIMESTAMP
        || type.kind() == Type.Kind.DATE;
  }
}
