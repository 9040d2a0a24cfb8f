package dev.quern.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The words and numbers of the report in one language. */
final class ReportText {
  /** The ids of the sections, in their order; each has a word of the same name. */
  static final List<String> SECTIONS =
      List.of(
          "dataset",
          "checks",
          "quality",
          "model",
          "curves",
          "anonymity",
          "personal",
          "sources",
          "flow",
          "fields",
          "learnt",
          "work",
          "recipe",
          "environment");

  /** Stands around the key of a word that is missing. */
  static final String ABSENT = "⟦";

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private final Properties words;
  private final String language;

  ReportText(String wanted) {
    this.language = "zh".equals(wanted) ? "zh" : "en";
    this.words = words(language);
  }

  static Properties words(String language) {
    Properties words = new Properties();
    String name = "report_" + language + ".properties";
    try (InputStream in = ReportText.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar must hold " + name);
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        words.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  String language() {
    return language.equals("zh") ? "zh-CN" : "en";
  }

  /** Returns the words of {@code key}, with {0}, {1} … replaced. */
  String of(String key, @Nullable Object... arguments) {
    String text = words.getProperty(key);
    if (text == null) {
      return ABSENT + key + "⟧";
    }
    // In one pass: what an argument contains is no placeholder.
    StringBuilder filled = new StringBuilder(text.length() + 32);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{' && at + 2 < text.length() && text.charAt(at + 2) == '}') {
        filled.append(arguments[text.charAt(at + 1) - '0']);
        at += 3;
      } else {
        filled.append(c);
        at++;
      }
    }
    return filled.toString();
  }

  /**
   * Returns the words of {@code name} where there are some, else the name: extensions add names.
   */
  String or(String prefix, @Nullable Object name) {
    return words.getProperty(prefix + name, String.valueOf(name));
  }

  /** Returns the name of a metric as people say it, the technical one where there is no other. */
  String metric(@Nullable Object name) {
    String written = String.valueOf(name);
    for (String part : List.of("test", "validation", "train")) {
      String prefix = part + "_";
      if (written.startsWith(prefix)) {
        String rest = written.substring(prefix.length());
        return of("metric_of", of("split." + part), or("metric.", rest));
      }
    }
    return or("metric.", written);
  }

  /** Returns the value of a metric of a model. */
  String measure(Map<String, @Nullable Object> metric) {
    Object value = metric.get("value");
    return value instanceof Number n && "fraction".equals(metric.get("unit"))
        ? String.format(Locale.ROOT, "%.4f", n.doubleValue())
        : value(value);
  }

  /** Returns a number, a dash where there is none. */
  String value(@Nullable Object value) {
    return value instanceof Number n ? number(n.doubleValue()) : "–";
  }

  /** Says what a check asked for and what was found. */
  String checkFailure(Map<String, @Nullable Object> check) {
    return check.get("value") instanceof Number n
        ? of("failed_check", check.get("check"), number(n.doubleValue()))
        : of("failed_unmeasured", check.get("check"));
  }

  static String count(double value) {
    return String.format(Locale.ROOT, "%,d", (long) value);
  }

  /** Returns a number with about four significant digits. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e12) {
      return signed(String.format(Locale.ROOT, "%,d", (long) value));
    }
    if (size >= 1e12 || size < 1e-3) {
      return signed(String.format(Locale.ROOT, "%.3g", value));
    }
    return signed(
        size >= 1000
            ? String.format(Locale.ROOT, "%,.1f", value)
            : String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.4f", value));
  }

  /** A minus of a digit's width, so that columns stand. */
  private static String signed(String number) {
    return number.startsWith("-") ? "−" + number.substring(1) : number;
  }

  /** Returns a number with three significant digits and no exponent, for prices. */
  static String significant(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }

  /** Returns a value of a field of {@code type}: times as such, bools as words. */
  static String typed(String type, double value) {
    try {
      switch (type) {
        case "date":
          return LocalDate.ofEpochDay((long) value).toString();
        case "timestamp":
          Instant time = Instant.EPOCH.plus((long) value, ChronoUnit.MICROS);
          return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
        default:
          return number(value);
      }
    } catch (java.time.DateTimeException | ArithmeticException e) {
      return number(value); // Out of the calendar's range: the number says as much.
    }
  }

  static String percent(double fraction) {
    return share(fraction, 1);
  }

  /** Returns part / whole in percent; what is there is never 0 %, what is missing never all. */
  static String share(double part, double whole) {
    if (whole == 0 || part == 0) {
      return "0%";
    }
    double percent = 100 * part / whole;
    if (percent < 0.1) {
      return "<0.1%";
    }
    if (percent > 99.9 && part < whole) {
      return ">99.9%";
    }
    return String.format(
        Locale.ROOT,
        percent == Math.rint(percent) || percent >= 99.95 ? "%.0f%%" : "%.1f%%",
        percent);
  }

  static String bytes(double bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }

  String seconds(double seconds) {
    if (seconds >= 60) {
      long whole = Math.round(seconds);
      return whole >= 3600
          ? of("hours", whole / 3600, whole % 3600 / 60)
          : of("minutes", whole / 60, whole % 60);
    }
    return of("seconds", String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.1f", seconds));
  }

  /** Returns at most {@code characters} code points of a text, with an ellipsis where it is cut. */
  static String cut(@Nullable Object value, int characters) {
    String text = String.valueOf(value);
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
  }
}
