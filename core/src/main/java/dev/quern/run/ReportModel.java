package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;
import static dev.quern.run.ReportPage.part;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section of the report on the model: its test, its classes, its way there. */
final class ReportModel {
  private static final List<String> SPLITS = List.of("train", "validation", "test");

  private final Map<String, @Nullable Object> model;
  private final Map<String, @Nullable Object> details;
  private final ReportText words;
  private final Html html;

  ReportModel(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.model = part(report, "model");
    this.details = part(model, "details");
    this.words = words;
    this.html = html;
  }

  void model() {
    if (model.isEmpty()) {
      return;
    }
    html.longSection("model", words.of("model"));
    html.raw("<dl>");
    entry("version", "<b>" + Html.escape(model.get("name") + "@" + model.get("version")) + "</b>");
    entry("trainer", "<code>" + Html.escape(String.valueOf(model.get("trainer"))) + "</code>");
    entry("target", "<code>" + Html.escape(String.valueOf(model.get("target"))) + "</code>");
    number("parameters", details.get("parameters"));
    number("best_epoch", details.get("epoch"));
    Object parity = part(model, "files").get("parity");
    if (parity instanceof Number) {
      entry("parity", Html.escape(words.value(parity)));
    }
    html.raw("</dl>");
    html.beginBlocks();
    overall();
    parts();
    html.nextBlock();
    classes();
    html.nextBlock();
    history(items(model, "history"));
    html.nextBlock();
    inputs();
    html.endBlocks().endSection();
  }

  private void entry(String key, String markup) {
    html.element("dt", "", words.of(key)).raw("<dd>" + markup + "</dd>");
  }

  private void number(String key, @Nullable Object value) {
    if (value instanceof Number number) {
      entry(key, ReportText.count(number.doubleValue()));
    }
  }

  private void overall() {
    Object measured = details.get("measured_on");
    html.element(
        "h3",
        "",
        measured == null
            ? words.of("metrics")
            : words.of("metrics_on", words.of("split." + measured)));
    html.table("metrics", words.of("metric"), ">" + words.of("value"), "");
    for (Object item : items(model, "metrics")) {
      Map<String, @Nullable Object> metric = Json.object(item);
      if (metric.get("part") == null) {
        html.raw("<tr>").cell(words.metric(metric.get("name")));
        html.number(words.measure(metric));
        String samples = ReportText.count(amount(metric, "denominator"));
        boolean ofSamples = !String.valueOf(metric.get("name")).endsWith("macro_f1");
        html.element(
            "td", "class=\"soft\"", words.of(ofSamples ? "of_samples" : "of_classes", samples));
        html.raw("</tr>\n");
      }
    }
    html.endTable();
  }

  /** One row per class, one column per metric that is told by class. */
  private void classes() {
    Map<String, @Nullable Object> trained = part(details, "classes");
    Map<String, Map<String, @Nullable Object>> byClass = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Object item : items(model, "metrics")) {
      Map<String, @Nullable Object> metric = Json.object(item);
      if (metric.get("part") != null) {
        String name = String.valueOf(metric.get("name"));
        names.add(name);
        byClass
            .computeIfAbsent(String.valueOf(metric.get("part")), p -> new LinkedHashMap<>())
            .put(name, metric);
      }
    }
    trained.keySet().forEach(name -> byClass.putIfAbsent(name, new LinkedHashMap<>()));
    if (byClass.isEmpty()) {
      return;
    }
    html.element("h3", "", words.of("classes"));
    List<String> columns = new ArrayList<>();
    columns.add(words.of("class"));
    if (!trained.isEmpty()) {
      columns.add(">" + words.of("trained_on"));
    }
    names.forEach(name -> columns.add(">" + words.metric(name)));
    html.table("classes", columns.toArray(String[]::new));
    byClass.forEach(
        (name, metrics) -> {
          html.raw("<tr>").element("td", "class=\"name\"", ReportText.cut(name, 80));
          if (!trained.isEmpty()) {
            html.number(trained.get(name) == null ? "–" : ReportText.count(amount(trained, name)));
          }
          for (String metric : names) {
            html.number(metrics.get(metric) == null ? "–" : words.measure(part(metrics, metric)));
          }
          html.raw("</tr>\n");
        });
    html.endTable();
  }

  /** Every sample that was read for the model has a place: used, scored or left out. */
  private void parts() {
    boolean told = SPLITS.stream().anyMatch(split -> details.get(split + "_samples_read") != null);
    if (!told) {
      return;
    }
    html.element("h3", "", words.of("model_samples"));
    html.table(
        "model-samples",
        words.of("split"),
        ">" + words.of("samples_read"),
        ">" + words.of("used_or_scored"),
        ">" + words.of("without_target"),
        ">" + words.of("unknown_class"));
    for (String split : SPLITS) {
      if (details.get(split + "_samples_read") != null) {
        String used = split.equals("train") ? "_samples_used" : "_samples_scored";
        html.raw("<tr>").cell(words.of("split." + split));
        html.number(ReportText.count(amount(details, split + "_samples_read")));
        html.number(ReportText.count(amount(details, split + used)));
        html.number(ReportText.count(amount(details, split + "_samples_without_target")));
        html.number(ReportText.count(amount(details, split + "_samples_of_unknown_class")));
        html.raw("</tr>\n");
      }
    }
    html.endTable();
    if (amount(details, "samples_without_split") > 0) {
      String n = ReportText.count(amount(details, "samples_without_split"));
      html.note(words.of("without_split", n));
    }
  }

  private void history(List<@Nullable Object> history) {
    List<Double> train = new ArrayList<>();
    List<Double> validation = new ArrayList<>();
    for (Object item : history) {
      Map<String, @Nullable Object> epoch = Json.object(item);
      if (epoch.get("loss") instanceof Number loss) {
        train.add(loss.doubleValue());
      }
      if (epoch.get("validation_loss") instanceof Number loss) {
        validation.add(loss.doubleValue());
      }
    }
    List<List<Double>> series = new ArrayList<>();
    series.add(train);
    List<String> names = new ArrayList<>();
    names.add(words.of("split.train"));
    if (!validation.isEmpty()) {
      series.add(validation);
      names.add(words.of("split.validation"));
    }
    String chart = Charts.lines(series, names, words.of("epoch"));
    if (!chart.isEmpty()) {
      html.raw("<div class=\"whole\">").element("h3", "", words.of("history")).raw(chart);
      html.raw("</div>");
    }
  }

  private void inputs() {
    List<@Nullable Object> inputs = items(details, "inputs");
    Map<String, @Nullable Object> left = part(details, "left_out");
    if (inputs.isEmpty() && left.isEmpty()) {
      return;
    }
    html.element("h3", "", words.of("inputs"));
    html.table("inputs", words.of("field"), words.of("as_input"), ">" + words.of("width"));
    for (Object item : inputs) {
      Map<String, @Nullable Object> input = Json.object(item);
      html.raw("<tr>").element("td", "class=\"name\"", ReportText.cut(input.get("field"), 120));
      html.cell(words.or("input.", input.get("kind")));
      html.number(ReportText.count(amount(input, "width"))).raw("</tr>\n");
    }
    left.forEach(
        (field, why) -> {
          html.raw("<tr class=\"soft\">")
              .element("td", "class=\"name\"", ReportText.cut(field, 120));
          html.cell(words.of("left_out", reason(String.valueOf(why)))).number("–").raw("</tr>\n");
        });
    html.endTable();
  }

  /** Why a field is no input, as trainers write it, in the language of the page. */
  private String reason(String why) {
    if (why.startsWith("role ")) {
      return words.of("left.role", words.or("role.", why.substring(5)));
    }
    if (why.startsWith("type ")) {
      return words.of("left.type", why.substring(5));
    }
    return words.or("left.", why.replace(' ', '_'));
  }
}
