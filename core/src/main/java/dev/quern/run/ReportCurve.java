package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section of the report on what each threshold of a score keeps and is worth. */
final class ReportCurve {
  /** Fields of groups that are drawn. */
  private static final int DRAWN = 2;

  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportCurve(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void curves() {
    List<@Nullable Object> curves = items(report, "keep_curves");
    if (curves.isEmpty()) {
      return;
    }
    html.longSection("curves", words.of("curves"));
    for (Object item : curves) {
      curve(Json.object(item));
    }
    html.note(words.of("curves_note")).endSection();
  }

  private void curve(Map<String, @Nullable Object> curve) {
    html.raw("<h3>").element("code", "", curve.get("step")).raw("</h3>");
    List<Double> thresholds = numbers(curve, "thresholds");
    double samples = amount(curve, "samples");
    List<Double> kept = numbers(curve, "kept");
    List<Charts.Line> lines = new ArrayList<>();
    List<Double> fractions = kept.stream().map(n -> n / samples).toList();
    lines.add(new Charts.Line(words.of("curves.kept"), thresholds, fractions));
    tested(items(curve, "models"), lines);
    List<@Nullable Object> groups = items(curve, "groups");
    for (Object item : groups.subList(0, Math.min(DRAWN, groups.size()))) {
      Map<String, @Nullable Object> group = Json.object(item);
      for (String name : List.of("balance", "representativeness")) {
        String told = words.of("curves." + name, group.get("field"));
        lines.add(new Charts.Line(told, thresholds, numbers(group, name)));
      }
    }
    html.raw(Charts.fractions(lines, words.of("curves.threshold")));
    table(thresholds, kept, samples, groups);
    models(items(curve, "models"));
  }

  /** The first metric of the models is drawn where it is a fraction. */
  private void tested(List<@Nullable Object> models, List<Charts.Line> lines) {
    List<Double> thresholds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    String name = "";
    for (Object item : models) {
      Map<String, @Nullable Object> model = Json.object(item);
      List<@Nullable Object> metrics = items(model, "metrics");
      if (!metrics.isEmpty() && "fraction".equals(Json.object(metrics.get(0)).get("unit"))) {
        name = String.valueOf(Json.object(metrics.get(0)).get("name"));
        thresholds.add(amount(model, "threshold"));
        values.add(amount(Json.object(metrics.get(0)), "value"));
      }
    }
    if (!values.isEmpty()) {
      lines.add(new Charts.Line(words.of("curves.metric", name), thresholds, values));
    }
  }

  private void table(
      List<Double> thresholds, List<Double> kept, double samples, List<@Nullable Object> groups) {
    List<String> columns = new ArrayList<>();
    columns.add(">" + words.of("curves.threshold"));
    columns.add(">" + words.of("curves.samples"));
    columns.add(">" + words.of("curves.kept"));
    for (Object item : groups) {
      Object field = Json.object(item).get("field");
      columns.add(">" + words.of("curves.balance", field));
      columns.add(">" + words.of("curves.representativeness", field));
    }
    html.table("curves", columns.toArray(String[]::new));
    for (int i = 0; i < thresholds.size(); i += 2) {
      html.raw("<tr>").number(written(thresholds.get(i)));
      html.number(ReportText.count(kept.get(i)));
      html.number(ReportText.share(kept.get(i), samples));
      for (Object item : groups) {
        for (String name : List.of("balance", "representativeness")) {
          double value = numbers(Json.object(item), name).get(i);
          html.number(Double.isNaN(value) ? "–" : ReportText.number(value));
        }
      }
      html.raw("</tr>\n");
    }
    html.endTable();
  }

  private void models(List<@Nullable Object> models) {
    if (models.isEmpty()) {
      return;
    }
    html.table(
        "curve_models",
        ">" + words.of("curves.threshold"),
        ">" + words.of("curves.train"),
        words.of("metric"),
        ">" + words.of("value"),
        ">" + words.of("curves.test"));
    for (Object item : models) {
      Map<String, @Nullable Object> model = Json.object(item);
      List<@Nullable Object> metrics = items(model, "metrics");
      for (int i = 0; i < metrics.size(); i++) {
        Map<String, @Nullable Object> metric = Json.object(metrics.get(i));
        html.raw("<tr>").number(i > 0 ? "" : written(amount(model, "threshold")));
        html.number(i > 0 ? "" : ReportText.count(amount(model, "train_samples")));
        html.cell(metric.get("name")).number(words.value(metric.get("value")));
        html.number(i > 0 ? "" : ReportText.count(amount(model, "test_samples"))).raw("</tr>\n");
      }
      if (metrics.isEmpty()) {
        html.raw("<tr>").number(written(amount(model, "threshold")));
        html.number(ReportText.count(amount(model, "train_samples")));
        html.cell("–").number("").number("").raw("</tr>\n");
      }
    }
    html.endTable();
  }

  private static String written(double threshold) {
    return String.format(Locale.ROOT, "%.2f", threshold);
  }

  /** Returns the numbers of a list; what is none is NaN. */
  private static List<Double> numbers(Map<String, @Nullable Object> of, String name) {
    List<Double> numbers = new ArrayList<>();
    for (Object item : items(of, name)) {
      numbers.add(item instanceof Number number ? number.doubleValue() : Double.NaN);
    }
    return numbers;
  }
}
