package dev.quern.server;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes metrics as Prometheus reads them (text exposition format 0.0.4): families one after the
 * other, each with its help and type, no line twice. Not safe for several threads.
 */
public final class PrometheusText {
  /** Lines of each family after its head, families in the order they began. */
  private final Map<String, StringBuilder> families = new LinkedHashMap<>();

  private final Set<String> lines = new HashSet<>();
  private String family = "";
  private StringBuilder out = new StringBuilder();

  /** What the values of a family are. */
  public enum Kind {
    /** Only grows while the process lives; named {@code …_total}. */
    COUNTER,
    /** Grows and shrinks. */
    GAUGE,
    /** Counts below bounds: {@code _bucket}, {@code _sum}, {@code _count}. */
    HISTOGRAM,
    /** {@code _sum} and {@code _count}. */
    SUMMARY
  }

  /** Begins a family, or goes on with one that began before; its lines follow. */
  public PrometheusText family(String name, Kind kind, String help) {
    String head =
        "# HELP "
            + name
            + ' '
            + help.replace("\\", "\\\\").replace("\n", "\\n")
            + "\n# TYPE "
            + name
            + ' '
            + kind.name().toLowerCase(Locale.ROOT)
            + '\n';
    family = name;
    out = families.computeIfAbsent(name, begun -> new StringBuilder(head));
    if (!out.substring(0, Math.min(head.length(), out.length())).equals(head)) {
      throw new IllegalArgumentException("family must be told in one way; found another: " + name);
    }
    return this;
  }

  /** Adds a value of the family; {@code labels} are names and values in turns. */
  public PrometheusText value(double value, String... labels) {
    return part("", value, labels);
  }

  /** Adds a value of {@code family + suffix}, for histograms and summaries. */
  public PrometheusText part(String suffix, double value, String... labels) {
    StringBuilder line = new StringBuilder(family).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      line.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      line.append(escaped(labels[i + 1])).append('"');
    }
    line.append(labels.length > 0 ? "}" : "");
    if (!lines.add(line.toString())) {
      throw new IllegalArgumentException("line must be told once; found again: " + line);
    }
    out.append(line).append(' ').append(number(value)).append('\n');
    return this;
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Returns a number without exponent, whole ones without a point. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 0x1p53
        ? Long.toString((long) value)
        : new BigDecimal(Double.toString(value)).toPlainString();
  }

  /** Returns all that was added. */
  public String text() {
    return String.join("", families.values());
  }
}
