package dev.quern.run;

import java.util.List;
import java.util.Locale;

/** Small charts as SVG: no script, readable on paper. */
final class Charts {
  private Charts() {}

  /** Returns a row of bars, the highest as high as the chart. */
  static String bars(List<Double> values, List<String> titles) {
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    int width = 7 * values.size();
    StringBuilder svg = begin(width, 32, "histogram");
    for (int i = 0; i < values.size() && max > 0; i++) {
      double height = values.get(i) == 0 ? 0 : Math.max(1, 30 * values.get(i) / max);
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%.1f\" width=\"6\" height=\"%.1f\"><title>%s</title></rect>",
              7 * i,
              31 - height,
              height,
              Html.escape(titles.get(i))));
    }
    return svg.append("<line x1=\"0\" y1=\"31.5\" x2=\"")
        .append(width)
        .append("\" y2=\"31.5\"/></svg>")
        .toString();
  }

  /** Returns the parts of a whole as one bar, each with its CSS class. */
  static String parts(double whole, List<Part> parts) {
    StringBuilder svg = begin(260, 14, "flow");
    double x = 0;
    for (Part part : parts) {
      double width = whole == 0 ? 0 : 260 * part.value() / whole;
      if (part.value() > 0) {
        // A part that is there is seen, however small.
        double shown = Math.max(width, 1.5);
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"14\"><title>%s</title></rect>",
                part.name(),
                Math.min(x, 260 - shown),
                shown,
                Html.escape(part.title())));
      }
      x += width;
    }
    return svg.append("</svg>").toString();
  }

  /** A part of a bar. */
  record Part(String name, double value, String title) {}

  /** Returns one line per series over the same steps. */
  static String lines(List<List<Double>> series, List<String> names) {
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
    if (steps < 2 || !(max > min)) {
      return "";
    }
    StringBuilder svg = begin(520, 170, "loss");
    svg.append("<line x1=\"50\" y1=\"145\" x2=\"515\" y2=\"145\"/>");
    svg.append(label(46, 14, "end", ReportText.number(max)));
    svg.append(label(46, 145, "end", ReportText.number(min)));
    svg.append(label(50, 162, "start", "1"));
    svg.append(label(515, 162, "end", Integer.toString(steps)));
    for (int s = 0; s < series.size(); s++) {
      StringBuilder points = new StringBuilder();
      List<Double> values = series.get(s);
      for (int i = 0; i < values.size(); i++) {
        double x = 50 + 465.0 * i / (steps - 1);
        double y = 145 - 135 * (values.get(i) - min) / (max - min);
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      }
      svg.append("<polyline class=\"s")
          .append(s)
          .append("\" points=\"")
          .append(points)
          .append("\"/>");
      svg.append("<text class=\"s").append(s).append("\" x=\"510\" y=\"").append(22 + 16 * s);
      svg.append("\" text-anchor=\"end\">").append(Html.escape(names.get(s))).append("</text>");
    }
    return svg.append("</svg>").toString();
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

  private static StringBuilder begin(int width, int height, String name) {
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
        .append("\">");
  }
}
