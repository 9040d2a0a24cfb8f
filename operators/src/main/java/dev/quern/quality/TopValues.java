package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.LongsState;
import dev.quern.statistics.Scalars;
import dev.quern.statistics.TextsState;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The most frequent values of a field with their numbers of samples, most frequent first, ties by
 * value. Values that fewer than {@value #SHARED} samples share are never told, nor those of
 * sensitive, identifier or subject fields. Texts are cut to {@value #SHOWN} characters (UTF-16).
 *
 * <p>Exact; distinct values are held in memory.
 *
 * @param field a text, long, double, float or bool field
 * @param limit how many values at most
 */
public record TopValues(String field, int limit) implements Analyzer<ColumnStates> {
  /** Samples that must share a value before it is told. */
  static final int SHARED = 5;

  private static final int SHOWN = 100;

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field.", "字段。"));

  private static final Param<Long> LIMIT =
      Param.integer(
              "limit", "values", 1, 1000, new Localized("How many values at most.", "最多列出多少个值。"))
          .or(10L);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.top_values",
          new Localized(
              "The most frequent values that at least five samples share.", "至少五个样本共有的最常见的值。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, LIMIT),
          List.of(
              new Example(
                  "{field: a}",
                  "[{\"a\": \"x\"}, {\"a\": \"x\"}, {\"a\": \"x\"}, {\"a\": \"x\"}, {\"a\": \"x\"},"
                      + " {\"a\": \"rare\"}]",
                  "{\"top_values(a)[x]\": 5.0}")),
          params -> new TopValues(params.get(FIELD), params.get(LIMIT).intValue()));

  @Override
  public Judging judging() {
    return Judging.none("it lists values and wants nothing of samples", "它列出取值，对样本没有要求");
  }

  @Override
  public void check(Schema input) {
    position(input);
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    ColumnState state = isText(input) ? new TextsState() : new LongsState();
    return new ColumnStates(position(input), List.of(state));
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    boolean text = isText(input);
    return ColumnStates.read(
        in, position(input), (i, from) -> text ? TextsState.read(from) : LongsState.read(from));
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    List<Metric> metrics = new ArrayList<>();
    if (isText(input)) {
      state
          .state(TextsState.class, 0)
          .counts()
          .top(
              limit,
              (bytes, start, end, count) -> {
                if (count >= SHARED) {
                  metrics.add(metric(shown(bytes, start, end), count));
                }
              });
      return metrics;
    }
    Type type = input.field(position(input)[0]).type();
    List<long[]> shared = new ArrayList<>();
    state
        .state(LongsState.class, 0)
        .counts()
        .forEach(
            (value, count) -> {
              if (count >= SHARED) {
                shared.add(new long[] {value, count});
              }
            });
    // The sort is stable: ties stay in ascending order of the values.
    shared.sort((a, b) -> Long.compare(b[1], a[1]));
    for (long[] entry : shared.subList(0, Math.min(limit, shared.size()))) {
      metrics.add(metric(Scalars.plain(type, entry[0]).toString(), entry[1]));
    }
    return metrics;
  }

  private Metric metric(String value, long count) {
    return Metric.exact(
        "top_values", List.of(field), value, Optional.of((double) count), "samples");
  }

  private static String shown(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    if (text.length() <= SHOWN) {
      return text;
    }
    int cut = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return text.substring(0, cut) + "…";
  }

  private boolean isText(Schema input) {
    return input.field(position(input)[0]).type().equals(Type.TEXT);
  }

  private int[] position(Schema input) {
    int[] position =
        FieldChoice.named(
            input,
            "field",
            List.of(field),
            "text, long, double, float or bool",
            found -> fits(found.type()));
    Field found = input.field(position[0]);
    for (Role role : List.of(Role.SENSITIVE, Role.IDENTIFIER, Role.SUBJECT)) {
      if (found.is(role)) {
        throw new BindException(
            "field",
            "must not be sensitive, an identifier or a subject, whose values are never told;"
                + " found: "
                + field
                + ", "
                + role.written());
      }
    }
    return position;
  }

  private static boolean fits(Type type) {
    return switch (type.kind()) {
      case TEXT, LONG, DOUBLE, FLOAT, BOOL -> true;
      case DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }
}
