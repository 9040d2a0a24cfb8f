package dev.quern.acquire;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import dev.quern.engine.RunContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/**
 * A made value: what stands in a field's text as {@code name(arguments)}. It depends on the
 * position of the sample and on 64 random bits alone.
 */
sealed interface Generator {
  /** The names, for messages. */
  String NAMES =
      "sequence(), uniform(a, b), integer(a, b), normal(mean, deviation), choice(a|b|c),"
          + " date(from, to)";

  /** Returns the type of the values. */
  Type type();

  /** Appends the value of the sample at {@code position}, drawn with {@code bits}. */
  void append(long position, long bits, ColumnBuilder out);

  /**
   * Returns the generator called {@code name}.
   *
   * @throws IllegalArgumentException if the arguments do not fit it
   */
  static Generator of(String name, String arguments) {
    return switch (name) {
      case "sequence" -> {
        if (!arguments.isBlank()) {
          throw new IllegalArgumentException(
              "sequence() must have no arguments; found: " + arguments.strip());
        }
        yield new Sequence();
      }
      case "uniform" -> {
        double[] limits = numbers(name, arguments);
        yield new Uniform(limits[0], limits[1]);
      }
      case "integer" -> {
        double[] limits = numbers(name, arguments);
        yield new Whole((long) limits[0], (long) limits[1]);
      }
      case "normal" -> {
        double[] moments = numbers(name, arguments);
        yield new Normal(moments[0], moments[1]);
      }
      case "choice" -> new Choice(choices(arguments));
      case "date" -> {
        String[] parts = pair(name, arguments);
        try {
          yield new Days(
              LocalDate.parse(parts[0]).toEpochDay(), LocalDate.parse(parts[1]).toEpochDay());
        } catch (DateTimeException e) {
          throw new IllegalArgumentException(
              "date(from, to) must have dates like 2024-01-31; found: " + arguments.strip());
        }
      }
      default ->
          throw new IllegalArgumentException(
              "generator must be one of " + NAMES + "; found: " + name);
    };
  }

  private static String[] pair(String name, String arguments) {
    String[] parts = arguments.split(",", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          name + "() must have two arguments; found: " + parts.length);
    }
    return new String[] {parts[0].strip(), parts[1].strip()};
  }

  private static double[] numbers(String name, String arguments) {
    String[] parts = pair(name, arguments);
    try {
      double[] numbers = {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
      if (Double.isFinite(numbers[0]) && Double.isFinite(numbers[1])) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers that are not finite.
    }
    throw new IllegalArgumentException(
        name + "() must have two finite numbers; found: " + arguments.strip());
  }

  private static List<String> choices(String arguments) {
    List<String> choices = List.of(arguments.split("\\|", -1)).stream().map(String::strip).toList();
    if (choices.contains("")) {
      throw new IllegalArgumentException(
          "choice(a|b|c) must have texts between bars; found: none in one place");
    }
    return choices;
  }

  /** 0, 1, 2 … */
  record Sequence() implements Generator {
    @Override
    public Type type() {
      return Type.LONG;
    }

    @Override
    public void append(long position, long bits, ColumnBuilder out) {
      out.appendLong(position);
    }
  }

  /**
   * Numbers spread evenly over [low, high).
   *
   * @param low smallest number
   * @param high above the largest
   */
  record Uniform(double low, double high) implements Generator {
    public Uniform {
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "uniform(a, b) must have a < b; found: " + low + ", " + high);
      }
    }

    @Override
    public Type type() {
      return Type.DOUBLE;
    }

    @Override
    public void append(long position, long bits, ColumnBuilder out) {
      out.appendDouble(low + RunContext.unit(bits) * (high - low));
    }
  }

  /**
   * Whole numbers spread evenly over [low, high].
   *
   * @param low smallest number
   * @param high largest number
   */
  record Whole(long low, long high) implements Generator {
    public Whole {
      if (low > high || high - low < 0 || high - low >= 1L << 52) {
        throw new IllegalArgumentException(
            "integer(a, b) must have a <= b, less than 2^52 apart; found: " + low + ", " + high);
      }
    }

    @Override
    public Type type() {
      return Type.LONG;
    }

    @Override
    public void append(long position, long bits, ColumnBuilder out) {
      out.appendLong(low + (long) (RunContext.unit(bits) * (high - low + 1)));
    }
  }

  /**
   * Normally distributed numbers (Box and Muller 1958).
   *
   * @param mean the mean
   * @param deviation the standard deviation
   */
  record Normal(double mean, double deviation) implements Generator {
    public Normal {
      if (!(deviation >= 0)) {
        throw new IllegalArgumentException(
            "normal(mean, deviation) must have deviation >= 0; found: " + deviation);
      }
    }

    @Override
    public Type type() {
      return Type.DOUBLE;
    }

    @Override
    public void append(long position, long bits, ColumnBuilder out) {
      // 1 - u lies in (0, 1]; StrictMath gives equal bits on every machine.
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - RunContext.unit(bits)));
      double angle = 2 * Math.PI * RunContext.unit(RunContext.draw(bits, 1, 2));
      out.appendDouble(mean + deviation * (radius * StrictMath.cos(angle)));
    }
  }

  /**
   * One of some texts, each as likely as the others.
   *
   * @param texts the texts
   */
  record Choice(List<String> texts) implements Generator {
    @Override
    public Type type() {
      return Type.TEXT;
    }

    @Override
    public void append(long position, long bits, ColumnBuilder out) {
      out.appendText(texts.get((int) (RunContext.unit(bits) * texts.size())));
    }
  }

  /**
   * Dates spread evenly over [from, to].
   *
   * @param from first day since 1970-01-01
   * @param to last day
   */
  record Days(long from, long to) implements Generator {
    public Days {
      if (from > to) {
        throw new IllegalArgumentException(
            "date(from, to) must have from <= to; found: "
                + LocalDate.ofEpochDay(from)
                + ", "
                + LocalDate.ofEpochDay(to));
      }
    }

    @Override
    public Type type() {
      return Type.DATE;
    }

    @Override
    public void append(long position, long bits, ColumnBuilder out) {
      out.appendLong(from + (long) (RunContext.unit(bits) * (to - from + 1)));
    }
  }
}
