package dev.quern.run;

import java.util.List;
import java.util.Locale;

/** Small charts as SVG: no script, readable on paper. */
final class Charts {
  private static final int WIDTH = 180;

  private Charts() {}

  /** Returns a row of bars, the highest as high as the chart, as one path to keep it small. */
  static String bars(List<Double> values, String title) {
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    int width = 7 * values.size();
    StringBuilder svg = begin(width, 32, "histogram", title);
    svg.append("<path d=\"");
    for (int i = 0; i < values.size() && max > 0; i++) {
      if (values.get(i) > 0) {
        double height = Math.max(1, 30 * values.get(i) / max);
        svg.append(String.format(Locale.ROOT, "M%d 31v-%.1fh6v%.1fz", 7 * i, height, height));
      }
    }
    return svg.append("\"/><line x1=\"0\" y1=\"31.5\" x2=\"")
        .append(width)
        .append("\" y2=\"31.5\"/></svg>")
        .toString();
  }

  /** Returns the parts of a whole as one bar, each with its CSS class. */
  static String parts(double whole, List<Part> parts) {
    StringBuilder title = new StringBuilder();
    for (Part part : parts) {
      if (part.value() > 0) {
        title.append(title.isEmpty() ? "" : ", ").append(part.title());
      }
    }
    StringBuilder svg = begin(WIDTH, 14, "flow", title.toString());
    double x = 0;
    for (Part part : parts) {
      double width = whole == 0 ? 0 : WIDTH * part.value() / whole;
      if (part.value() > 0) {
        // A part that is there is seen, however small.
        double shown = Math.max(width, 1.5);
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"14\"><title>%s</title></rect>",
                part.name(),
                Math.min(x, WIDTH - shown),
                shown,
                Html.escape(part.title())));
      }
      x += width;
    }
    return svg.append("</svg>").toString();
  }

  /** A part of a bar. */
  record Part(String name, double value, String title) {}

  /** A cell of a matrix: row, column, a value in [-1, 1]. */
  record Cell(int row, int column, double value) {}

  /** Returns a triangle of cells, coloured by sign and, by opacity, size. */
  static String matrix(List<String> names, List<Cell> cells, String title) {
    int side = 16;
    int left = 170;
    StringBuilder svg =
        begin(left + side * names.size() + 4, side * names.size() + 4, "matrix", title);
    for (int i = 0; i < names.size(); i++) {
      svg.append(label(left - 6, side * i + 12, "end", ReportText.cut(names.get(i), 24)));
    }
    for (Cell cell : cells) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"15\" height=\"15\" opacity=\"%.2f\">"
                  + "<title>%s · %s: %s</title></rect>",
              cell.value() < 0 ? "minus" : "plus",
              left + side * cell.row(),
              side * cell.column(),
              Math.max(0.04, Math.abs(cell.value())),
              Html.escape(ReportText.cut(names.get(cell.row()), 60)),
              Html.escape(ReportText.cut(names.get(cell.column()), 60)),
              ReportText.number(cell.value())));
    }
    return svg.append("</svg>").toString();
  }

  /** Returns one line per series over the same steps. */
  static String lines(List<List<Double>> series, List<String> names, String axis) {
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    int steps = 0;
    for (List<Double> values : series) {
      for (double value : values) {
        max = Math.max(max, value);
        min = Math.min(min, value);
      }
      steps = Math.max(steps, values.size());
    }
    if (steps < 2 || !(max > min) || Double.isInfinite(max)) {
      return "";
    }
    StringBuilder svg = begin(560, 190, "loss", String.join(", ", names));
    for (int i = 0; i <= 3; i++) {
      int y = 15 + 45 * i;
      svg.append("<line x1=\"60\" y1=\"" + y + "\" x2=\"545\" y2=\"" + y + "\"/>");
      svg.append(label(54, y + 4, "end", ReportText.number(max - (max - min) * i / 3)));
    }
    svg.append(label(60, 168, "start", "1"));
    svg.append(label(545, 168, "end", Integer.toString(steps)));
    svg.append(label(302, 184, "middle", axis));
    for (int s = 0; s < series.size(); s++) {
      StringBuilder points = new StringBuilder();
      List<Double> values = series.get(s);
      for (int i = 0; i < values.size(); i++) {
        double x = 60 + 485.0 * i / (steps - 1);
        double y = 150 - 135 * (values.get(i) - min) / (max - min);
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      }
      svg.append("<polyline class=\"s")
          .append(s)
          .append("\" points=\"")
          .append(points)
          .append("\"/>");
      svg.append("<text class=\"s").append(s).append("\" x=\"540\" y=\"").append(30 + 16 * s);
      svg.append("\" text-anchor=\"end\">").append(Html.escape(names.get(s))).append("</text>");
    }
    return svg.append("</svg>").toString();
  }

  /** A line of a chart: values over {@code x}; what is NaN is left out. */
  record Line(String name, List<Double> x, List<Double> values) {}

  /** Returns lines over a common axis, both axes from 0 to 1. */
  static String fractions(List<Line> lines, String axis) {
    List<String> names = lines.stream().map(Line::name).toList();
    StringBuilder svg = begin(560, 200, "loss", String.join(", ", names));
    for (int i = 0; i <= 4; i++) {
      int y = 150 - 34 * i;
      String written = String.format(Locale.ROOT, "%.2f", i / 4.0);
      svg.append("<line x1=\"60\" y1=\"" + y + "\" x2=\"545\" y2=\"" + y + "\"/>");
      svg.append(label(54, y + 4, "end", written));
      svg.append(label(60 + 485 * i / 4, 168, "middle", written));
    }
    svg.append(label(302, 184, "middle", axis));
    for (int s = 0; s < lines.size(); s++) {
      // Two colours; further pairs of lines are dashed.
      String dashes = s < 2 ? "" : " stroke-dasharray=\"" + (2 + s / 2 * 2) + " 3\"";
      svg.append("<polyline class=\"s" + s % 2 + "\"" + dashes + " points=\"");
      svg.append(points(lines.get(s))).append("\"/>");
      svg.append("<text class=\"s" + s % 2 + "\" x=\"66\" y=\"" + (66 + 16 * s) + "\">");
      svg.append(Html.escape(names.get(s))).append("</text>");
    }
    return svg.append("</svg>").toString();
  }

  private static String points(Line line) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < Math.min(line.x().size(), line.values().size()); i++) {
      double value = line.values().get(i);
      if (!Double.isNaN(value)) {
        double x = 60 + 485 * clipped(line.x().get(i));
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, 150 - 136 * clipped(value)));
      }
    }
    return points.toString();
  }

  private static double clipped(double value) {
    return Math.max(0, Math.min(1, value));
  }

  private static String label(int x, int y, String anchor, String text) {
    return "<text x=\""
        + x
        + "\" y=\""
        + y
        + "\" text-anchor=\""
        + anchor
        + "\">"
        + Html.escape(text)
        + "</text>";
  }

  private static StringBuilder begin(int width, int height, String name, String title) {
    return new StringBuilder("<svg class=\"")
        .append(name)
        .append("\" role=\"img\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\"><title>")
        .append(Html.escape(title))
        .append("</title>");
  }
}
