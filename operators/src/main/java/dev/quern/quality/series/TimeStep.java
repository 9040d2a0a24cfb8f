package dev.quern.quality.series;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import java.util.Map;

/**
 * A span of time as recipes write it: a whole number and one of us, ms, s, m, h, d, w; or the
 * number alone, for times that are whole numbers.
 *
 * @param amount the number, at least 1
 * @param unit the unit, empty where there is none
 */
public record TimeStep(long amount, String unit) {
  private static final String RULE =
      "a whole number with a unit (us, ms, s, m, h, d, w), or without for times that are longs";

  private static final Map<String, Long> MICROS =
      Map.of(
          "us",
          1L,
          "ms",
          1000L,
          "s",
          1_000_000L,
          "m",
          60_000_000L,
          "h",
          3_600_000_000L,
          "d",
          86_400_000_000L,
          "w",
          604_800_000_000L);

  /** Returns the parameter of a span; required. */
  public static Param<TimeStep> param(String name, Localized help) {
    return new Param<>(
        name,
        Param.Kind.TEXT,
        "time",
        RULE,
        help,
        Param.Necessity.REQUIRED,
        null,
        TimeStep::parse,
        TimeStep::toString,
        Map.of("type", java.util.List.of("string", "integer")));
  }

  private static TimeStep parse(Object plain) {
    String text = plain.toString();
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String unit = text.substring(digits).strip();
    if (digits == 0 || digits > 15 || !unit.isEmpty() && !MICROS.containsKey(unit)) {
      throw new IllegalArgumentException(RULE);
    }
    long amount = Long.parseLong(text.substring(0, digits));
    if (amount < 1) {
      throw new IllegalArgumentException(RULE);
    }
    return new TimeStep(amount, unit);
  }

  /**
   * Returns this span in units of {@code type}: microseconds, days or whole numbers.
   *
   * @throws BindException if the field's type has no such span
   */
  public long in(Field field, String param) {
    boolean plain = unit.isEmpty();
    boolean day = unit.equals("d") || unit.equals("w");
    return switch (field.type().kind()) {
      case TIMESTAMP -> {
        check(!plain, param, field);
        yield Math.multiplyExact(amount, MICROS.getOrDefault(unit, 1L));
      }
      case DATE -> {
        check(day, param, field);
        yield unit.equals("w") ? 7 * amount : amount;
      }
      case LONG -> {
        check(plain, param, field);
        yield amount;
      }
      case TEXT, DOUBLE, FLOAT, DECIMAL, BOOL, BYTES, LIST, STRUCT ->
          throw new BindException(param, "must go with a time; found: " + field.type());
    };
  }

  private void check(boolean fits, String param, Field field) {
    if (!fits) {
      throw new BindException(
          param,
          "must be a span that the time field can hold (timestamp: with unit; date: d or w; long:"
              + " without unit); found: "
              + this
              + " for "
              + field.name()
              + ", "
              + field.type());
    }
  }

  /** Returns the position of the time field called {@code name}. */
  public static int time(Schema input, String name) {
    return FieldChoice.named(
        input,
        "time",
        java.util.List.of(name),
        "timestamp, date or long",
        field -> isTime(field.type()))[0];
  }

  private static boolean isTime(Type type) {
    return type.kind() == Type.Kind.TIMESTAMP
        || type.kind() == Type.Kind.DATE
        || type.kind() == Type.Kind.LONG;
  }

  @Override
  public String toString() {
    return amount + unit;
  }
}
