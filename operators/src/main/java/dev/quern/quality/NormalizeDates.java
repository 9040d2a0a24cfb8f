package dev.quern.quality;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.cell.CellMapping;
import dev.quern.quality.cell.CellReading;
import dev.quern.quality.cell.CellTarget;
import dev.quern.quality.cell.Otherwise;
import dev.quern.quality.date.DateEvidence;
import dev.quern.quality.date.DateOrder;
import dev.quern.quality.date.DateRules;
import dev.quern.quality.date.DateText;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings written dates and times to one form (see {@link DateText} for what is read).
 *
 * <p>A date such as 5/3/2024 does not tell its order of day and month. With {@code order: auto} it
 * is learnt field by field: the order by which more texts are dates than by any other, if at most
 * one in twenty of the decisive texts speaks against it. Texts that stay open break {@code
 * ambiguous_order}. A text that can be read by another order only is read by that one.
 *
 * @param fields text fields to read
 * @param to type that comes out: a date as written, an instant, or its ISO 8601 text
 * @param order order of day and month; AUTO: learnt
 * @param rules years of two digits, 民国, times since 1970, zone
 * @param otherwise what happens to a text that is no date
 */
public record NormalizeDates(
    List<String> fields, To to, Order order, DateRules rules, Otherwise otherwise)
    implements Fitter<ColumnStates> {

  /** The type that comes out. */
  public enum To {
    TEXT,
    DATE,
    TIMESTAMP
  }

  /** The order of day and month where the year is not the first. */
  public enum Order {
    AUTO,
    DMY,
    MDY,
    YMD
  }

  /** How years of two or three digits are counted. */
  public enum Calendar {
    GREGORIAN,
    MINGUO
  }

  /** What texts of digits alone are. */
  public enum Epoch {
    NONE,
    AUTO
  }

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields that hold dates.", "含日期的文本字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final Param<To> TO =
      Param.choice(
              "to",
              To.class,
              new Localized(
                  "What comes out: ISO 8601 text (times in UTC), the date as written, or the"
                      + " instant.",
                  "输出：ISO 8601 文本（时间为 UTC）、所写日期，或时刻。"))
          .or(To.TEXT);

  private static final Param<Order> ORDER =
      Param.choice(
              "order",
              Order.class,
              new Localized(
                  "Order of day and month where the year is not the first; auto learns it from the"
                      + " field.",
                  "年份不在首位时日与月的次序；auto 从字段中学习。"))
          .or(Order.AUTO);

  private static final Param<Long> PIVOT =
      Param.integer(
              "pivot",
              "year",
              1999,
              2199,
              new Localized(
                  "Last of the hundred years that years of two digits stand for.",
                  "两位数年份所代表的一百年中的最后一年。"))
          .or(2049L);

  private static final Param<Calendar> CALENDAR =
      Param.choice(
              "calendar",
              Calendar.class,
              new Localized(
                  "minguo counts years of up to three digits from 1912; 民国 before a year always"
                      + " does.",
                  "minguo 表示三位及以下的年份按民国纪年；年份前写有民国时总是如此。"))
          .or(Calendar.GREGORIAN);

  private static final Param<Epoch> EPOCH =
      Param.choice(
              "epoch",
              Epoch.class,
              new Localized(
                  "auto reads 10, 13 or 16 digits as seconds, milliseconds or microseconds since"
                      + " 1970.",
                  "auto 把 10、13、16 位数字读作自 1970 年起的秒、毫秒、微秒。"))
          .or(Epoch.NONE);

  private static final Param<ZoneId> ZONE =
      new Param<ZoneId>(
              "zone",
              Param.Kind.TEXT,
              "-",
              "a time zone, for example UTC, +08:00 or Asia/Shanghai",
              new Localized("Zone of times that name none.", "未写明时区的时间所在的时区。"),
              Param.Necessity.REQUIRED,
              null,
              NormalizeDates::zone,
              ZoneId::getId,
              Map.of("type", "string"))
          .or(ZoneId.of("UTC"));

  private static final Param<Otherwise> OTHERWISE = Otherwise.PARAM.or(Otherwise.QUARANTINE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.normalize_dates",
          new Localized("Brings written dates and times to one form.", "把各种写法的日期和时间统一为一种形式。"),
          "ISO 8601-1:2019",
          1,
          Serving.HOST,
          List.of(FIELDS, TO, ORDER, PIVOT, CALENDAR, EPOCH, ZONE, OTHERWISE),
          List.of(
              new Example(
                  "{fields: [d]}",
                  "[{\"d\": \"25/3/2024\"}, {\"d\": \"2024年3月5日 下午3点\"}, {\"d\": \"5/3/2024\"},"
                      + " {\"d\": \"Mar 5, 2024\"}, {\"d\": \"soon\"}, {\"d\": null}]",
                  "[{\"d\": \"2024-03-25\"}, {\"d\": \"2024-03-05T15:00:00Z\"}, {\"d\":"
                      + " \"2024-03-05\"}, {\"d\": \"2024-03-05\"}, {\"d\": null}]"),
              new Example(
                  "{fields: [d], order: mdy, otherwise: keep}",
                  "[{\"d\": \"3/5/49\"}, {\"d\": \"3/5/50\"}, {\"d\": \"民国113年3月5日\"},"
                      + " {\"d\": \"30/2/2024\"}]",
                  "[{\"d\": \"2049-03-05\"}, {\"d\": \"1950-03-05\"}, {\"d\": \"2024-03-05\"},"
                      + " {\"d\": \"30/2/2024\"}]")),
          NormalizeDates::create);

  private static Operator create(Params params) {
    To to = params.get(TO);
    Otherwise otherwise = params.get(OTHERWISE);
    if (otherwise == Otherwise.KEEP && to != To.TEXT) {
      throw new IllegalArgumentException(
          "quality.normalize_dates.otherwise must be missing or quarantine unless to: text, because"
              + " the field is no longer text; found: keep");
    }
    DateRules rules =
        new DateRules(
            Math.toIntExact(params.get(PIVOT)),
            params.get(CALENDAR) == Calendar.MINGUO,
            params.get(EPOCH) == Epoch.AUTO,
            params.get(ZONE));
    return new NormalizeDates(params.get(FIELDS), to, params.get(ORDER), rules, otherwise);
  }

  private static ZoneId zone(Object plain) {
    try {
      return ZoneId.of(plain.toString());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a time zone", e);
    }
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(made(input.field(position)));
    }
    return output;
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = learnt(input);
    List<DateEvidence> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(new DateEvidence(rules));
    }
    return new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(in, learnt(input), (i, from) -> DateEvidence.read(from, rules));
  }

  @Override
  public Fit fit(ColumnStates state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int[] positions = learnt(input);
    for (int i = 0; i < positions.length; i++) {
      String name = input.field(positions[i]).name();
      state
          .state(DateEvidence.class, i)
          .order()
          .ifPresent(found -> values.put(name, found.name().toLowerCase(Locale.ROOT)));
    }
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    List<CellTarget> targets = new ArrayList<>();
    for (int position : positions(input)) {
      Field field = input.field(position);
      Object learnt = order == Order.AUTO ? fit.values().get(field.name()) : order.name();
      DateOrder known =
          learnt == null ? null : DateOrder.valueOf(learnt.toString().toUpperCase(Locale.ROOT));
      targets.add(
          new CellTarget(
              position,
              new Reading(new DateText(rules), to, known),
              List.of(made(field)),
              "a date"));
    }
    return new CellMapping(targets, otherwise);
  }

  private Field made(Field field) {
    return field.typed(
        switch (to) {
          case TEXT -> Type.TEXT;
          case DATE -> Type.DATE;
          case TIMESTAMP -> Type.TIMESTAMP;
        });
  }

  private int[] learnt(Schema input) {
    return order == Order.AUTO ? positions(input) : new int[0];
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }

  private static final class Reading implements CellReading {
    private final DateText date;
    private final To to;
    private final @Nullable DateOrder order;
    private boolean changed;

    Reading(DateText date, To to, @Nullable DateOrder order) {
      this.date = date;
      this.to = to;
      this.order = order;
    }

    @Override
    public @Nullable String read(Slice text, ColumnBuilder[] parts) {
      String rule = date.read(text, order);
      if (rule != null) {
        return rule;
      }
      byte[] canonical = written().getBytes(StandardCharsets.UTF_8);
      changed = !Arrays.equals(canonical, 0, canonical.length, text.bytes, text.start, text.end);
      switch (to) {
        case TEXT -> parts[0].appendSlice(canonical, 0, canonical.length);
        case DATE -> parts[0].appendLong(date.epochDay());
        case TIMESTAMP -> parts[0].appendLong(date.epochMicros());
      }
      return null;
    }

    private String written() {
      return to == To.DATE || to == To.TEXT && !date.hasTime()
          ? LocalDate.ofEpochDay(date.epochDay()).toString()
          : Instant.EPOCH.plus(date.epochMicros(), ChronoUnit.MICROS).toString();
    }

    @Override
    public @Nullable String change() {
      return changed ? "date_form" : null;
    }
  }
}
