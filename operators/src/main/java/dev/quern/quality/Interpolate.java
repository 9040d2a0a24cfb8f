package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Grouper;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import dev.quern.quality.series.Curve;
import dev.quern.quality.series.Member;
import dev.quern.quality.series.TimeStep;
import dev.quern.statistics.Scalars;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fills missing numbers of a series from the known ones around them in time, within the samples of
 * one series and one split.
 *
 * <p>Methods: the straight line, the value before, the nearest one (of two equally near the earlier
 * one), a monotone cubic (pchip) or the natural cubic spline, see {@link Curve}. Of known values at
 * one time the first by rank counts. A value stays missing before the first and behind the last
 * known one (previous fills behind it), where its time is missing, or where the known values around
 * it lie more than {@code max_gap} apart. A long field becomes double, but for previous and
 * nearest. The confidence of a change is 1 − distance to the nearer known value / gap. A series is
 * held in memory while it is filled.
 *
 * @param fields number fields; absent: all but label, identifiers, time and by
 * @param time the field that holds the time
 * @param method how values are found
 * @param maxGap longest gap that is filled; absent: any
 * @param by fields whose values part the samples into series
 */
public record Interpolate(
    Optional<List<String>> fields,
    String time,
    Method method,
    Optional<TimeStep> maxGap,
    List<String> by)
    implements Grouper {

  /** How missing values are found. */
  public enum Method {
    LINEAR,
    PREVIOUS,
    NEAREST,
    PCHIP,
    SPLINE
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Number fields; by default all but label, identifiers, time and by.",
                  "数值字段；默认为标签、标识符、时间和 by 以外的全部。"))
          .optional();

  private static final Param<String> TIME =
      Param.field("time", new Localized("The field that holds the time.", "时间字段。"));

  private static final Param<Method> METHOD =
      Param.choice(
              "method", Method.class, new Localized("How missing values are found.", "如何求得缺失值。"))
          .or(Method.LINEAR);

  private static final Param<TimeStep> MAX_GAP =
      TimeStep.param(
              "max_gap",
              new Localized(
                  "Longest time between known values that is filled, for example 3h.",
                  "可填充的已知值之间的最长时间，例如 3h。"))
          .optional();

  private static final Param<List<String>> BY =
      Param.fields(
              "by",
              new Localized("Fields whose values part the samples into series.", "用于划分序列的字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.interpolate",
          new Localized(
              "Fills missing numbers of a series from the known ones around them in time.",
              "按时间用前后已知值填充序列中缺失的数值。"),
          "Fritsch and Butland 1984, SIAM J. Sci. Stat. Comput. 5(2)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, TIME, METHOD, MAX_GAP, BY),
          List.of(
              new Example(
                  "{time: t, fields: [x]}",
                  "[{\"t\": 0, \"x\": 1.0}, {\"t\": 1, \"x\": null}, {\"t\": 4, \"x\": 9.0},"
                      + " {\"t\": 5, \"x\": null}]",
                  "[{\"t\": 0, \"x\": 1.0}, {\"t\": 1, \"x\": 3.0}, {\"t\": 4, \"x\": 9.0},"
                      + " {\"t\": 5, \"x\": null}]"),
              new Example(
                  "{time: t, method: previous, max_gap: 2, by: [s]}",
                  "[{\"t\": 2, \"s\": \"a\", \"x\": null}, {\"t\": 1, \"s\": \"a\", \"x\": 7}, {\"t\": 1,"
                      + " \"s\": \"b\", \"x\": null}]",
                  "[{\"t\": 2, \"s\": \"a\", \"x\": 7}, {\"t\": 1, \"s\": \"a\", \"x\": 7}, {\"t\": 1,"
                      + " \"s\": \"b\", \"x\": null}]"),
              new Example(
                  "{time: t, method: pchip, fields: [x]}",
                  "[{\"t\": 0, \"x\": 0.0}, {\"t\": 1, \"x\": null}, {\"t\": 2, \"x\": 1.0},"
                      + " {\"t\": 4, \"x\": 1.0}]",
                  "[{\"t\": 0, \"x\": 0.0}, {\"t\": 1, \"x\": 0.6875}, {\"t\": 2, \"x\": 1.0},"
                      + " {\"t\": 4, \"x\": 1.0}]")),
          params ->
              new Interpolate(
                  params.find(FIELDS),
                  params.get(TIME),
                  params.get(METHOD),
                  params.find(MAX_GAP),
                  params.find(BY).orElse(List.of())));

  @Override
  public boolean heedsOrder() {
    return false;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    Schema input = inputs.get(0);
    FieldChoice.named(input, "by", by);
    int at = TimeStep.time(input, time);
    maxGap.ifPresent(gap -> gap.in(input.field(at), "max_gap"));
    Schema output = input;
    for (int position : positions(input)) {
      Field field = input.field(position);
      boolean whole = field.type().equals(Type.LONG) && curve().isPresent();
      output = whole ? output.with(field.typed(Type.DOUBLE)) : output;
    }
    return output;
  }

  private Optional<Curve.Kind> curve() {
    return switch (method) {
      case LINEAR -> Optional.of(Curve.Kind.LINEAR);
      case PCHIP -> Optional.of(Curve.Kind.PCHIP);
      case SPLINE -> Optional.of(Curve.Kind.SPLINE);
      case PREVIOUS, NEAREST -> Optional.empty();
    };
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "long, double or float",
        field ->
            !field.name().equals(time)
                && switch (field.type().kind()) {
                  case LONG, DOUBLE, FLOAT -> true;
                  case TEXT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
                },
        field -> !field.is(Role.LABEL) && !field.is(Role.IDENTIFIER) && !by.contains(field.name()));
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    List<SortKey> order = List.of(new SortKey(time, SortKey.Direction.ASCENDING));
    return input
        .group(List.of(), order, step.task(), output(List.of(input.schema())))
        .sort(List.of());
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    Schema input = inputs.get(0);
    int at = TimeStep.time(input, time);
    double longest =
        maxGap
            .map(gap -> (double) gap.in(input.field(at), "max_gap"))
            .orElse(Double.POSITIVE_INFINITY);
    return new Series(
        at,
        positions(input),
        FieldChoice.named(input, "by", by),
        longest,
        method,
        curve().orElse(Curve.Kind.LINEAR),
        new BatchBuilder(output));
  }

  private static final class Series implements Grouping {
    private final int time;
    private final int[] positions;
    private final int[] by;
    private final double longest;
    private final Method method;
    private final Curve.Kind kind;
    private final BatchBuilder filled;
    private final List<Member> members = new ArrayList<>();

    Series(
        int time,
        int[] positions,
        int[] by,
        double longest,
        Method method,
        Curve.Kind kind,
        BatchBuilder filled) {
      this.time = time;
      this.positions = positions;
      this.by = by;
      this.longest = longest;
      this.method = method;
      this.kind = kind;
      this.filled = filled;
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
      while (group.next()) {
        members.add(new Member(group.batch(), group.row()));
      }
      Curve[] curves = new Curve[positions.length];
      for (int f = 0; f < positions.length; f++) {
        curves[f] = curve(positions[f]);
      }
      for (Member member : members) {
        append(member, curves, out);
      }
      members.clear();
    }

    @Override
    public void end(Outcome out) {
      if (filled.count() > 0) {
        out.keep(filled.build());
      }
    }

    private Curve curve(int position) {
      double[] x = new double[members.size()];
      double[] y = new double[members.size()];
      int size = 0;
      for (Member member : members) {
        Column column = member.batch().column(position);
        if (!member.batch().column(time).isNull(member.row())
            && !Scalars.isMissing(column, member.row())) {
          double at = member.batch().column(time).longAt(member.row());
          if (size == 0 || at > x[size - 1]) {
            x[size] = at;
            y[size++] = column.doubleAt(member.row());
          }
        }
      }
      return new Curve(kind, Arrays.copyOf(x, size), Arrays.copyOf(y, size));
    }

    private void append(Member member, Curve[] curves, Outcome out) {
      Batch batch = member.batch();
      int row = member.row();
      filled.keys().append(batch.keys(), row);
      int[] numbers = numbers(batch.schema().size());
      for (int i = 0; i < numbers.length; i++) {
        Column column = batch.column(i);
        if (numbers[i] >= 0
            && Scalars.isMissing(column, row)
            && !batch.column(time).isNull(row)
            && fill(batch, row, i, curves[numbers[i]], out)) {
          continue;
        }
        if (column.type().equals(filled.column(i).type())) {
          filled.column(i).append(column, row);
        } else if (column.isNull(row)) {
          filled.column(i).appendNull();
        } else {
          filled.column(i).appendDouble(column.doubleAt(row));
        }
      }
      if (filled.isFull()) {
        out.keep(filled.build());
      }
    }

    private int[] numbers(int size) {
      int[] numbers = new int[size];
      Arrays.fill(numbers, -1);
      for (int f = 0; f < positions.length; f++) {
        numbers[positions[f]] = f;
      }
      return numbers;
    }

    private boolean fill(Batch batch, int row, int field, Curve curve, Outcome out) {
      double at = batch.column(time).longAt(row);
      int before = curve.before(at);
      boolean behind = before == curve.size() - 1;
      if (before < 0 || behind && method != Method.PREVIOUS && curve.x(before) != at) {
        return false;
      }
      double left = at - curve.x(before);
      double right = behind ? Double.POSITIVE_INFINITY : curve.x(before + 1) - at;
      double gap = method == Method.PREVIOUS ? left : left == 0 ? 0 : left + right;
      if (gap > longest) {
        return false;
      }
      double value =
          left == 0 || method == Method.PREVIOUS || method == Method.NEAREST && left <= right
              ? curve.y(before)
              : method == Method.NEAREST ? curve.y(before + 1) : curve.at(at, before);
      double whole = left + right;
      double confidence =
          Double.isInfinite(whole) || whole == 0 ? 0.5 : 1 - Math.min(left, right) / whole;
      boolean longs = filled.column(field).type().equals(Type.LONG);
      Object after = longs ? (Object) (long) value : (Object) value;
      filled.column(field).appendValue(after);
      out.change(batch, row, batch.schema().field(field).name(), "interpolated", confidence, after);
      return true;
    }
  }
}
