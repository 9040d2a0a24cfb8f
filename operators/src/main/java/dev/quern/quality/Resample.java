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
import dev.quern.quality.series.Aggregate;
import dev.quern.quality.series.Aggregation;
import dev.quern.quality.series.Member;
import dev.quern.quality.series.TimeStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a series to a regular grid of time: one sample for each step, whose fields are aggregates
 * of the samples in it. Steps are [k · every, (k + 1) · every), counted from 1970-01-01T00:00Z or
 * from 0; the time of a new sample is the beginning of its step.
 *
 * <p>Numbers are aggregated by {@code aggregate}, all other fields by their first value, unless
 * {@code fields} says otherwise. Missing values count for nothing; mean and sum become double,
 * count long. Steps without samples are left out, or filled with samples of missing values where at
 * most {@code max_fill} of them lie side by side. A series are the samples of one split with equal
 * values of {@code by}. New samples are children of the first sample of their step or, where it has
 * none, of the last one before. A sample without a time goes to quarantine.
 *
 * @param time the field that holds the time
 * @param every length of a step
 * @param by fields whose values part the samples into series
 * @param aggregate how numbers are aggregated
 * @param fields how single fields are aggregated
 * @param empty what becomes of steps without samples
 * @param maxFill most steps without samples side by side that are filled
 */
public record Resample(
    String time,
    TimeStep every,
    List<String> by,
    Aggregate aggregate,
    SortedMap<String, Aggregate> fields,
    Empty empty,
    long maxFill)
    implements Grouper {

  /** What becomes of steps without samples. */
  public enum Empty {
    SKIP,
    FILL
  }

  private static final String FIELDS_RULE =
      "a map from field name to one of mean, sum, first, last, min, max, count";

  private static final Param<String> TIME =
      Param.field("time", new Localized("The field that holds the time.", "时间字段。"));

  private static final Param<TimeStep> EVERY =
      TimeStep.param(
          "every", new Localized("Length of a step, for example 15m or 1d.", "步长，例如 15m 或 1d。"));

  private static final Param<List<String>> BY =
      Param.fields(
              "by",
              new Localized("Fields whose values part the samples into series.", "用于划分序列的字段。"))
          .optional();

  private static final Param<Aggregate> AGGREGATE =
      Param.choice(
              "aggregate",
              Aggregate.class,
              new Localized("How numbers are aggregated.", "数值的聚合方式。"))
          .or(Aggregate.MEAN);

  private static final Param<Map<String, String>> FIELDS =
      Param.textMap(
              "fields",
              Param.Kind.FIELD_MAP,
              FIELDS_RULE,
              new Localized("How single fields are aggregated.", "各字段的聚合方式。"))
          .where(
              FIELDS_RULE,
              map -> map.values().stream().allMatch(name -> Aggregate.of(name).isPresent()))
          .or(Map.of());

  private static final Param<Empty> EMPTY =
      Param.choice(
              "empty",
              Empty.class,
              new Localized(
                  "Whether steps without samples are left out or filled with missing values.",
                  "没有样本的步：跳过，或以缺失值填充。"))
          .or(Empty.SKIP);

  private static final Param<Long> MAX_FILL =
      Param.integer(
              "max_fill",
              "steps",
              1,
              1_000_000,
              new Localized(
                  "Most steps without samples side by side that are filled.", "最多连续填充的步数。"))
          .or(10_000L);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.resample",
          new Localized("Brings a series to a regular grid of time.", "把序列重采样到规则的时间网格。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(TIME, EVERY, BY, AGGREGATE, FIELDS, EMPTY, MAX_FILL),
          List.of(
              new Example(
                  "{time: t, every: 10}",
                  "[{\"t\": 12, \"x\": 3.0, \"s\": \"b\"}, {\"t\": 3, \"x\": 1.0, \"s\": \"a\"},"
                      + " {\"t\": 19, \"x\": 5.0, \"s\": \"c\"}, {\"t\": -1, \"x\": null, \"s\": null}]",
                  "[{\"t\": 10, \"x\": 4.0, \"s\": \"b\"}, {\"t\": 0, \"x\": 1.0, \"s\": \"a\"},"
                      + " {\"t\": -10, \"x\": null, \"s\": null}]"),
              new Example(
                  "{time: t, every: 1, by: [s], fields: {x: max, n: count}, empty: fill}",
                  "[{\"s\": 1, \"t\": 0, \"x\": 5, \"n\": \"a\"}, {\"s\": 1, \"t\": 0, \"x\": 7, \"n\":"
                      + " null}, {\"s\": 1, \"t\": 2, \"x\": 1, \"n\": \"b\"}]",
                  "[{\"s\": 1, \"t\": 0, \"x\": 7, \"n\": 1}, {\"s\": 1, \"t\": 1, \"x\": null, \"n\":"
                      + " 0}, {\"s\": 1, \"t\": 2, \"x\": 1, \"n\": 1}]")),
          params -> {
            SortedMap<String, Aggregate> fields = new TreeMap<>();
            params
                .get(FIELDS)
                .forEach((name, how) -> fields.put(name, Aggregate.of(how).orElseThrow()));
            return new Resample(
                params.get(TIME),
                params.get(EVERY),
                params.find(BY).orElse(List.of()),
                params.get(AGGREGATE),
                fields,
                params.get(EMPTY),
                params.get(MAX_FILL));
          });

  /** Makes the operator; the map is copied. */
  public Resample {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  @Override
  public boolean heedsOrder() {
    return false;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    Schema input = inputs.get(0);
    every.in(input.field(TimeStep.time(input, time)), "every");
    FieldChoice.named(input, "by", by);
    for (String name : fields.keySet()) {
      FieldChoice.position(input, "fields", name);
      if (name.equals(time) || by.contains(name)) {
        throw new BindException("fields", "must not name time or by; found: " + name);
      }
    }
    Schema output = input;
    for (Field field : input.fields()) {
      Aggregate how = how(field);
      if (!how.fits(field.type())) {
        throw new BindException(
            "fields",
            "must aggregate numbers by mean, sum, min or max; found: "
                + how.name().toLowerCase(Locale.ROOT)
                + " for "
                + field.name()
                + ", "
                + field.type());
      }
      output = output.with(field.typed(how.type(field.type())));
    }
    return output;
  }

  private Aggregate how(Field field) {
    if (field.name().equals(time) || by.contains(field.name())) {
      return Aggregate.FIRST;
    }
    Aggregate given = fields.get(field.name());
    boolean number =
        switch (field.type().kind()) {
          case LONG, DOUBLE, FLOAT -> true;
          case TEXT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
        };
    return given != null ? given : number ? aggregate : Aggregate.FIRST;
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
    List<Aggregation> aggregations = new ArrayList<>();
    for (Field field : input.fields()) {
      aggregations.add(new Aggregation(how(field)));
    }
    return new Grid(
        at,
        every.in(input.field(at), "every"),
        FieldChoice.named(input, "by", by),
        aggregations,
        empty == Empty.FILL ? maxFill : 0,
        new BatchBuilder(output));
  }

  private static final class Grid implements Grouping {
    private final int time;
    private final long every;
    private final int[] by;
    private final List<Aggregation> aggregations;
    private final long maxFill;
    private final BatchBuilder made;
    private Optional<Member> first = Optional.empty();
    private @Nullable Member last;
    private long step;
    private long lastStep;

    Grid(
        int time,
        long every,
        int[] by,
        List<Aggregation> aggregations,
        long maxFill,
        BatchBuilder made) {
      this.time = time;
      this.every = every;
      this.by = by;
      this.aggregations = aggregations;
      this.maxFill = maxFill;
      this.made = made;
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
      first = Optional.empty();
      last = null;
      while (group.next()) {
        Batch batch = group.batch();
        int row = group.row();
        if (batch.column(time).isNull(row)) {
          out.quarantine(
              batch, row, batch.schema().field(time).name(), Fault.of("missing_time", "a time"));
          continue;
        }
        long at = Math.floorDiv(batch.column(time).longAt(row), every);
        if (first.isPresent() && at != step) {
          finish(out);
        }
        if (first.isEmpty()) {
          fill(at, out);
          step = at;
          first = Optional.of(new Member(batch, row));
          aggregations.forEach(Aggregation::clear);
        }
        for (int i = 0; i < aggregations.size(); i++) {
          aggregations.get(i).add(batch.column(i), row);
        }
        last = new Member(batch, row);
        out.merged(1);
      }
      if (first.isPresent()) {
        finish(out);
      }
    }

    @Override
    public void end(Outcome out) {
      if (made.count() > 0) {
        out.keep(made.build());
      }
    }

    private void finish(Outcome out) {
      Member parent = first.orElseThrow();
      made.keys().appendChild(parent.batch().keys(), parent.row(), 0, null);
      for (int i = 0; i < aggregations.size(); i++) {
        if (i == time) {
          made.column(i).appendLong(begin(step));
        } else {
          aggregations.get(i).append(made.column(i));
        }
      }
      lastStep = step;
      first = Optional.empty();
      created(out);
    }

    /** Makes samples of the steps between the last one and {@code next}, if they are few enough. */
    private void fill(long next, Outcome out) {
      Member parent = last;
      long between = parent == null ? 0 : next - lastStep - 1;
      // Negative: further apart than all longs.
      if (parent == null || between < 0 || between > maxFill) {
        return;
      }
      for (int number = 1; number <= between; number++) {
        made.keys().appendChild(parent.batch().keys(), parent.row(), number, null);
        for (int i = 0; i < aggregations.size(); i++) {
          if (i == time) {
            made.column(i).appendLong(begin(lastStep + number));
          } else if (isBy(i)) {
            made.column(i).append(parent.batch().column(i), parent.row());
          } else {
            aggregations.get(i).clear();
            aggregations.get(i).append(made.column(i));
          }
        }
        created(out);
      }
    }

    /** Returns when a step begins; the first of all longs begins no step of its own. */
    private long begin(long number) {
      long begin = number * every;
      return Math.floorDiv(begin, every) == number ? begin : Long.MIN_VALUE;
    }

    private boolean isBy(int field) {
      for (int position : by) {
        if (position == field) {
          return true;
        }
      }
      return false;
    }

    private void created(Outcome out) {
      out.created(1);
      if (made.isFull()) {
        out.keep(made.build());
      }
    }
  }
}
