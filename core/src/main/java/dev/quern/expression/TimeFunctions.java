package dev.quern.expression;

import dev.quern.data.Type;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;

/** Functions of dates and timestamps, in UTC. */
final class TimeFunctions {
  private static final long MICROS_OF_HOUR = 3_600_000_000L;
  private static final long FIRST_DAY = LocalDate.MIN.toEpochDay();
  private static final long LAST_DAY = LocalDate.MAX.toEpochDay();

  private TimeFunctions() {}

  static Bound year(Binder binder, Node.Call call, List<Bound> arguments) {
    return part(binder, call, arguments, LocalDate::getYear);
  }

  static Bound month(Binder binder, Node.Call call, List<Bound> arguments) {
    return part(binder, call, arguments, LocalDate::getMonthValue);
  }

  static Bound day(Binder binder, Node.Call call, List<Bound> arguments) {
    return part(binder, call, arguments, LocalDate::getDayOfMonth);
  }

  static Bound weekday(Binder binder, Node.Call call, List<Bound> arguments) {
    return part(binder, call, arguments, date -> date.getDayOfWeek().getValue());
  }

  private static Bound part(
      Binder binder, Node.Call call, List<Bound> arguments, ToLongFunction<LocalDate> part) {
    return Functions.call(
        Type.LONG,
        List.of(binder.time(call, 0, arguments.get(0), Type.DATE)),
        (in, out, row) -> {
          long day = in.longAt(0);
          if (day < FIRST_DAY || day > LAST_DAY) {
            out.setNull(row);
          } else {
            out.setLong(row, part.applyAsLong(LocalDate.ofEpochDay(day)));
          }
        });
  }

  static Bound hour(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.LONG,
        List.of(binder.time(call, 0, arguments.get(0), Type.TIMESTAMP)),
        (in, out, row) ->
            out.setLong(
                row, Math.floorMod(in.longAt(0), Conversion.MICROS_OF_DAY) / MICROS_OF_HOUR));
  }

  static Bound addDays(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.DATE,
        List.of(
            binder.time(call, 0, arguments.get(0), Type.DATE),
            binder.argument(call, 1, arguments.get(1), Type.LONG)),
        (in, out, row) -> {
          long sum = in.longAt(0) + in.longAt(1);
          out.setLong(row, sum);
          if (((in.longAt(0) ^ sum) & (in.longAt(1) ^ sum)) < 0) {
            out.setNull(row);
          }
        });
  }

  static Bound diffDays(Binder binder, Node.Call call, List<Bound> arguments) {
    Bound days =
        new Arithmetic(
            Node.Operator.SUBTRACT,
            Type.LONG,
            new Days(binder.time(call, 0, arguments.get(0), Type.DATE)),
            new Days(binder.time(call, 1, arguments.get(1), Type.DATE)));
    return days;
  }

  /** The number of a date's day since the epoch. */
  private static final class Days extends Bound {
    Days(Bound date) {
      super(Type.LONG, List.of(date));
    }

    @Override
    dev.quern.data.Column evaluate(dev.quern.data.Batch batch) {
      var dates = (dev.quern.data.LongColumn) inputs.get(0).evaluate(batch);
      return new dev.quern.data.LongColumn(Type.LONG, dates.values(), dates.size(), dates.nulls());
    }
  }
}
