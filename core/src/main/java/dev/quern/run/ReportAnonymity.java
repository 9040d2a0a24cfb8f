package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;
import static dev.quern.run.ReportPage.part;

import dev.quern.format.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The section of the report on anonymity before and after steps that generalise. */
final class ReportAnonymity {
  private static final List<String> RISKS =
      List.of("samples", "classes", "smallest_class", "unique_samples");

  private static final List<String> SHARES = List.of("highest_risk", "average_risk", "uniqueness");

  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportAnonymity(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void anonymity() {
    List<@Nullable Object> all = items(report, "anonymisations");
    List<@Nullable Object> attacks = items(report, "attacks");
    if (all.isEmpty() && attacks.isEmpty()) {
      return;
    }
    html.longSection("anonymity", words.of("anonymity"));
    for (Object one : all) {
      step(Json.object(one));
    }
    if (!all.isEmpty()) {
      html.note(words.of("anonymity_note"));
    }
    attacks(attacks);
    html.endSection();
  }

  private void step(Map<String, @Nullable Object> one) {
    html.raw("<h3>").element("code", "", one.get("step")).raw("</h3>");
    String found =
        words.of(
            Boolean.TRUE.equals(one.get("best")) ? "anonymity.best" : "anonymity.good",
            ReportText.count(amount(one, "k")),
            ReportText.count(amount(one, "suppressed")),
            ReportText.share(amount(one, "suppressed"), amount(part(one, "before"), "samples")),
            one.get("measure"),
            ReportText.number(amount(one, "loss")));
    html.element("p", "", found);
    html.table(
        "anonymity",
        words.of("metric"),
        ">" + words.of("anonymity.before"),
        ">" + words.of("anonymity.after"));
    Map<String, @Nullable Object> before = part(one, "before");
    Map<String, @Nullable Object> after = part(one, "after");
    for (String name : RISKS) {
      html.raw("<tr>").cell(words.of("anonymity." + name));
      html.number(ReportText.count(amount(before, name)));
      html.number(ReportText.count(amount(after, name))).raw("</tr>\n");
    }
    for (String name : SHARES) {
      html.raw("<tr>").cell(words.of("anonymity." + name));
      html.number(ReportText.percent(amount(before, name)));
      html.number(ReportText.percent(amount(after, name))).raw("</tr>\n");
    }
    html.endTable();
    model(part(one, "model"));
    prediction(part(one, "prediction"));
    html.table(
        "anonymity_levels",
        words.of("anonymity.field"),
        ">" + words.of("anonymity.level"),
        ">" + words.of("anonymity.highest"));
    for (Object item : items(one, "levels")) {
      Map<String, @Nullable Object> level = Json.object(item);
      html.raw("<tr>").cell(level.get("field"));
      html.number(ReportText.count(amount(level, "level")));
      html.number(ReportText.count(amount(level, "highest"))).raw("</tr>\n");
    }
    html.endTable();
  }

  /** What somebody has found who attacked the version. */
  private void attacks(List<@Nullable Object> attacks) {
    if (attacks.isEmpty()) {
      return;
    }
    html.raw("<h3>").text(words.of("attacks")).raw("</h3>");
    html.table(
        "attacks",
        words.of("metric"),
        ">" + words.of("value"),
        ">" + words.of("attacks.count"),
        ">" + words.of("attacks.of"));
    for (Object attack : attacks) {
      for (Object item : items(Json.object(attack), "metrics")) {
        Map<String, @Nullable Object> metric = Json.object(item);
        html.raw("<tr>").cell(written(metric));
        boolean there = metric.get("value") instanceof Number;
        html.number(there ? ReportText.percent(amount(metric, "value")) : "–");
        boolean counted = there && amount(metric, "denominator") > 1;
        html.number(counted ? ReportText.number(amount(metric, "numerator")) : "");
        html.number(counted ? ReportText.count(amount(metric, "denominator")) : "");
        html.raw("</tr>\n");
      }
    }
    html.endTable();
    html.note(words.of("attacks_note"));
  }

  private static String written(Map<String, @Nullable Object> metric) {
    String part = metric.get("part") == null ? "" : " [" + metric.get("part") + "]";
    List<String> fields = items(metric, "fields").stream().map(String::valueOf).toList();
    return metric.get("name") + "(" + String.join(", ", fields) + ")" + part;
  }

  /** What the step costs the model of the recipe. */
  private void model(Map<String, @Nullable Object> model) {
    if (model.containsKey("not_compared")) {
      html.element("p", "", words.of("anonymity.not_compared"));
    }
    Map<String, @Nullable Object> before = part(model, "before");
    Map<String, @Nullable Object> after = part(model, "after");
    List<@Nullable Object> metrics = items(before, "metrics");
    if (metrics.isEmpty()) {
      return;
    }
    html.table(
        "anonymity_model",
        words.of("anonymity.model"),
        ">" + words.of("anonymity.before"),
        ">" + words.of("anonymity.after"));
    for (Object item : metrics) {
      Map<String, @Nullable Object> metric = Json.object(item);
      html.raw("<tr>").cell(metric.get("name")).number(words.value(metric.get("value")));
      html.number(words.value(value(items(after, "metrics"), metric.get("name")))).raw("</tr>\n");
    }
    for (String name : List.of("train_samples", "test_samples")) {
      html.raw("<tr>").cell(words.of("anonymity." + name));
      html.number(ReportText.count(amount(before, name)));
      html.number(ReportText.count(amount(after, name))).raw("</tr>\n");
    }
    html.endTable();
  }

  /** How well a field is predicted before the step and behind it. */
  private void prediction(Map<String, @Nullable Object> told) {
    if (told.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> before = part(told, "before");
    Map<String, @Nullable Object> after = part(told, "after");
    String asked =
        words.of(
            "anonymity.prediction",
            told.get("target"),
            told.get("trainer"),
            ReportText.count(amount(told, "folds")));
    if (before.containsKey("failed") || after.containsKey("failed")) {
      html.element("p", "", words.of("anonymity.not_predicted", told.get("target")));
      return;
    }
    html.table(
        "anonymity_prediction",
        asked,
        ">" + words.of("anonymity.before"),
        ">" + words.of("anonymity.after"));
    for (String name : List.of("accuracy", "majority")) {
      html.raw("<tr>").cell(words.of("anonymity.prediction." + name));
      html.number(share(part(before, name)));
      html.number(share(part(after, name))).raw("</tr>\n");
    }
    html.raw("<tr>").cell(words.of("anonymity.prediction.samples"));
    html.number(ReportText.count(amount(before, "samples")));
    html.number(ReportText.count(amount(after, "samples"))).raw("</tr>\n");
    html.endTable();
  }

  private static String share(Map<String, @Nullable Object> metric) {
    return metric.get("value") instanceof Number
        ? ReportText.percent(amount(metric, "value"))
        : "–";
  }

  private static @Nullable Object value(List<@Nullable Object> metrics, @Nullable Object name) {
    for (Object item : metrics) {
      Map<String, @Nullable Object> metric = Json.object(item);
      if (Objects.equals(metric.get("name"), name)) {
        return metric.get("value");
      }
    }
    return null;
  }
}
