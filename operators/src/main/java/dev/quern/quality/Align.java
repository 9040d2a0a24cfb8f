package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Fault;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Grouper;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import dev.quern.quality.series.Member;
import dev.quern.quality.series.TimeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each sample of the first input the fields of the sample of the second input that is next
 * to it in time (an as-of join): the last one at or before it, the first one at or behind it, or
 * the nearest (of two equally near the earlier one). Ids, ranks and splits of the first input stay.
 *
 * <p>Both inputs have the time and the fields of {@code by} under one name and type. A sample
 * without a partner within the tolerance keeps its place with missing fields. Of several samples of
 * the second input at one time the first by rank counts; all of them are merged, those without a
 * time go to quarantine. The second input of one series is held in memory. Two series on one grid
 * are had by {@code quality.resample} in both inputs first.
 *
 * @param time the field that holds the time
 * @param by fields whose values part the samples into series
 * @param fields fields of the second input to add; absent: all but time and by
 * @param match which sample is next
 * @param tolerance longest distance in time; absent: any
 */
public record Align(
    String time,
    List<String> by,
    Optional<List<String>> fields,
    Match match,
    Optional<TimeStep> tolerance)
    implements Grouper {

  /** Which sample of the second input is next to one of the first. */
  public enum Match {
    BEFORE,
    AFTER,
    NEAREST
  }

  private static final Param<String> TIME =
      Param.field(
          "time", new Localized("The field of both inputs that holds the time.", "两个输入的时间字段。"));

  private static final Param<List<String>> BY =
      Param.fields(
              "by",
              new Localized("Fields whose values part the samples into series.", "用于划分序列的字段。"))
          .optional();

  private static final Param<List<String>> FIELDS =
      Param.texts(
              "fields",
              new Localized(
                  "Fields of the second input to add; all but time and by by default.",
                  "要添加的第二个输入的字段；默认为时间和 by 以外的全部。"))
          .optional();

  private static final Param<Match> MATCH =
      Param.choice(
              "match",
              Match.class,
              new Localized(
                  "Which sample counts: the last at or before, the first at or after, the nearest.",
                  "取哪一个样本：此前最后、此后最先或最近的。"))
          .or(Match.BEFORE);

  private static final Param<TimeStep> TOLERANCE =
      TimeStep.param(
              "tolerance",
              new Localized("Longest distance in time, for example 5m.", "最长时间距离，例如 5m。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.align",
          new Localized(
              "Adds fields of the sample next in time of another series.", "按时间添加另一序列中相邻样本的字段。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(TIME, BY, FIELDS, MATCH, TOLERANCE),
          List.of(
              new Example(
                  "{time: t}",
                  "[[{\"t\": 5, \"x\": 1}, {\"t\": 1, \"x\": 2}, {\"t\": 9, \"x\": 3}], [{\"t\": 2,"
                      + " \"y\": \"a\"}, {\"t\": 5, \"y\": \"b\"}]]",
                  "[{\"t\": 5, \"x\": 1, \"y\": \"b\"}, {\"t\": 1, \"x\": 2, \"y\": null}, {\"t\": 9,"
                      + " \"x\": 3, \"y\": \"b\"}]"),
              new Example(
                  "{time: t, by: [s], match: nearest, tolerance: 2}",
                  "[[{\"t\": 4, \"s\": 1}, {\"t\": 9, \"s\": 1}, {\"t\": 4, \"s\": 2}], [{\"t\": 2,"
                      + " \"s\": 1, \"y\": 20}, {\"t\": 5, \"s\": 1, \"y\": 50}]]",
                  "[{\"t\": 4, \"s\": 1, \"y\": 50}, {\"t\": 9, \"s\": 1, \"y\": null}, {\"t\": 4,"
                      + " \"s\": 2, \"y\": null}]")),
          params ->
              new Align(
                  params.get(TIME),
                  params.find(BY).orElse(List.of()),
                  params.find(FIELDS),
                  params.get(MATCH),
                  params.find(TOLERANCE)));

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    if (inputs.size() != 2) {
      throw new BindException("", "quality.align must have two inputs; found: " + inputs.size());
    }
    Schema samples = inputs.get(0);
    Schema others = inputs.get(1);
    Field at = samples.field(TimeStep.time(samples, time));
    tolerance.ifPresent(longest -> longest.in(at, "tolerance"));
    check("time", at, others.field(TimeStep.time(others, time)));
    for (String name : by) {
      check(
          "by",
          samples.field(FieldChoice.position(samples, "by", name)),
          others.field(FieldChoice.position(others, "by", name)));
    }
    Schema output = samples;
    for (int position : added(others)) {
      Field field = others.field(position);
      if (output.indexOf(field.name()) >= 0) {
        throw new BindException(
            "fields",
            "must be fields that the samples do not have; found: "
                + field.name()
                + " in both; use quality.rename or name the fields to add");
      }
      output = output.with(field);
    }
    return output;
  }

  private static void check(String param, Field one, Field other) {
    if (!one.type().equals(other.type())) {
      throw new BindException(
          param,
          "must be of one type in both inputs; found: "
              + one.name()
              + ", "
              + one.type()
              + " and "
              + other.type());
    }
  }

  private int[] added(Schema others) {
    return FieldChoice.orAll(
        others,
        "fields",
        fields,
        "any",
        field -> true,
        field -> !field.name().equals(time) && !by.contains(field.name()));
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Schema output = output(inputs.stream().map(Samples::schema).toList());
    List<SortKey> order = List.of(new SortKey(time, SortKey.Direction.ASCENDING));
    // The second input comes first in a group, so that it is known when samples come.
    return inputs.get(1).group(List.of(inputs.get(0)), order, step.task(), output).sort(List.of());
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    Schema others = inputs.get(0);
    Schema samples = inputs.get(1);
    Field at = samples.field(samples.indexOf(time));
    return new Join(
        new int[] {others.indexOf(time), samples.indexOf(time)},
        new int[][] {FieldChoice.named(others, "by", by), FieldChoice.named(samples, "by", by)},
        added(others),
        match,
        tolerance.map(longest -> longest.in(at, "tolerance")).orElse(Long.MAX_VALUE),
        new BatchBuilder(output));
  }

  private static final class Join implements Grouping {
    private final int[] times;
    private final int[][] by;
    private final int[] added;
    private final Match match;
    private final long tolerance;
    private final BatchBuilder joined;
    private final List<Member> others = new ArrayList<>();
    private int next;

    Join(int[] times, int[][] by, int[] added, Match match, long tolerance, BatchBuilder joined) {
      this.times = times;
      this.by = by;
      this.added = added;
      this.match = match;
      this.tolerance = tolerance;
      this.joined = joined;
    }

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      for (int position : by[input]) {
        key.put(batch.column(position), row);
      }
    }

    @Override
    public void group(Group group, Outcome out) {
      others.clear();
      next = 0;
      while (group.next()) {
        Batch batch = group.batch();
        int row = group.row();
        boolean timed = !batch.column(times[group.input()]).isNull(row);
        if (group.input() == 1) {
          join(batch, row, timed ? partner(batch.column(times[1]).longAt(row)) : null, out);
        } else if (!timed) {
          String field = batch.schema().field(times[0]).name();
          out.quarantine(batch, row, field, Fault.of("missing_time", "a time"));
        } else {
          long at = batch.column(times[0]).longAt(row);
          if (others.isEmpty() || time(others.size() - 1) != at) {
            others.add(new Member(batch, row));
          }
          out.merged(1);
        }
      }
      others.clear();
    }

    @Override
    public void end(Outcome out) {
      if (joined.count() > 0) {
        out.keep(joined.build());
      }
    }

    private long time(int other) {
      Member member = others.get(other);
      return member.batch().column(times[0]).longAt(member.row());
    }

    /** Samples come in the order of time, so the place among the others only moves forward. */
    private @Nullable Member partner(long at) {
      while (next < others.size() && time(next) <= at) {
        next++;
      }
      int before = next - 1;
      int after = before >= 0 && time(before) == at ? before : next;
      boolean hasBefore = before >= 0 && isNear(time(before), at);
      boolean hasAfter = after < others.size() && isNear(at, time(after));
      return switch (match) {
        case BEFORE -> hasBefore ? others.get(before) : null;
        case AFTER -> hasAfter ? others.get(after) : null;
        case NEAREST -> {
          if (hasBefore && hasAfter) {
            // Unsigned: times may lie more than half of all longs apart.
            boolean earlier = Long.compareUnsigned(at - time(before), time(after) - at) <= 0;
            yield others.get(earlier ? before : after);
          }
          yield hasBefore ? others.get(before) : hasAfter ? others.get(after) : null;
        }
      };
    }

    private boolean isNear(long earlier, long later) {
      return tolerance == Long.MAX_VALUE || Long.compareUnsigned(later - earlier, tolerance) <= 0;
    }

    private void join(Batch batch, int row, @Nullable Member partner, Outcome out) {
      joined.keys().append(batch.keys(), row);
      int own = batch.schema().size();
      for (int i = 0; i < own; i++) {
        joined.column(i).append(batch.column(i), row);
      }
      for (int i = 0; i < added.length; i++) {
        if (partner == null) {
          joined.column(own + i).appendNull();
        } else {
          joined.column(own + i).append(partner.batch().column(added[i]), partner.row());
        }
      }
      if (joined.isFull()) {
        out.keep(joined.build());
      }
    }
  }
}
