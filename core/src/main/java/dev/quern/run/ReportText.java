package dev.quern.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/** The words and numbers of the report in one language. */
final class ReportText {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private final Properties words = new Properties();
  private final String language;

  ReportText(String wanted) {
    this.language = "zh".equals(wanted) ? "zh" : "en";
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
  }

  String language() {
    return language.equals("zh") ? "zh-CN" : "en";
  }

  /** Returns the words of {@code key}, with {0}, {1} … replaced. */
  String of(String key, Object... arguments) {
    String text = words.getProperty(key);
    if (text == null) {
      return key.substring(key.indexOf('.') + 1);
    }
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
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
    if (value == Math.rint(value) && size < 1e9) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    if (size >= 1e9 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    return size >= 1000
        ? String.format(Locale.ROOT, "%,.1f", value)
        : String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.4f", value);
  }

  static String percent(double fraction) {
    double percent = 100 * fraction;
    return String.format(
        Locale.ROOT,
        percent == Math.rint(percent) || percent >= 10 ? "%.0f %%" : "%.1f %%",
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
    return of("seconds", String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.1f", seconds));
  }
}
