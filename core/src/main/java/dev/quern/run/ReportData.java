package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;
import static dev.quern.run.ReportPage.part;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sections of the report that speak of data and model. */
final class ReportData {
  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportData(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void dataset() {
    Map<String, @Nullable Object> dataset = part(report, "dataset");
    if (dataset.isEmpty()) {
      return;
    }
    section("", "dataset");
    html.raw("<dl>").element("dt", "", words.of("version")).raw("<dd><b>");
    html.text(dataset.get("name") + "@" + dataset.get("version")).raw("</b> ");
    html.text(words.of("head_" + dataset.get("head"))).raw("</dd>");
    html.element("dt", "", words.of("digest")).raw("<dd>");
    html.element("code", "", dataset.get("digest")).raw("</dd>");
    html.element("dt", "", words.of("samples_kept"));
    StringBuilder samples = new StringBuilder(ReportText.count(amount(dataset, "samples")));
    part(dataset, "splits")
        .forEach(
            (split, n) ->
                samples
                    .append(" · ")
                    .append(split)
                    .append(' ')
                    .append(ReportText.count(((Number) n).doubleValue())));
    html.element("dd", "", samples);
    html.element("dt", "", words.of("size"));
    String size = ReportText.bytes(amount(dataset, "bytes"));
    html.element("dd", "", size + " · " + words.of("shards") + " " + dataset.get("shards"));
    html.raw("</dl></section>\n");
  }

  void checks() {
    List<@Nullable Object> checks = items(report, "checks");
    if (checks.isEmpty()) {
      return;
    }
    section("", "checks");
    html.table(words.of("check"), words.of("level"), words.of("result"), ">" + words.of("found"));
    for (Object item : checks) {
      Map<String, @Nullable Object> check = Json.object(item);
      String status = String.valueOf(check.get("status"));
      String tone =
          status.equals("passed") ? "good" : "error".equals(check.get("level")) ? "bad" : "warn";
      html.raw("<tr><td>").element("code", "", check.get("check")).raw("</td>");
      html.cell(words.of("level." + check.get("level"))).raw("<td>");
      html.element("span", "class=\"badge " + tone + "\"", words.of("check." + status))
          .raw("</td>");
      Object value = check.get("value");
      html.number(value instanceof Number n ? ReportText.number(n.doubleValue()) : "–");
      html.raw("</tr>\n");
    }
    html.endTable().raw("</section>\n");
  }

  void model() {
    Map<String, @Nullable Object> model = part(report, "model");
    if (model.isEmpty()) {
      return;
    }
    section("", "model");
    html.raw("<dl>").element("dt", "", words.of("version"));
    html.element("dd", "", model.get("name") + "@" + model.get("version"));
    html.element("dt", "", words.of("trainer")).element("dd", "", model.get("trainer"));
    html.element("dt", "", words.of("target")).element("dd", "", model.get("target"));
    Map<String, @Nullable Object> files = part(model, "files");
    if (files.get("parity") instanceof Number parity) {
      html.element("dt", "", words.of("parity"));
      html.element("dd", "", ReportText.number(parity.doubleValue()));
    }
    html.raw("</dl>");
    html.table(words.of("metric"), ">" + words.of("value"), "");
    for (Object item : items(model, "metrics")) {
      Map<String, @Nullable Object> metric = Json.object(item);
      Object detail = metric.get("part");
      html.raw("<tr>").cell(metric.get("name") + (detail == null ? "" : " · " + detail));
      Object value = metric.get("value");
      html.number(value instanceof Number n ? ReportText.number(n.doubleValue()) : "–");
      html.element(
          "td",
          "class=\"soft\"",
          words.of("of_samples", ReportText.count(amount(metric, "denominator"))));
      html.raw("</tr>\n");
    }
    html.endTable();
    history(items(model, "history"));
    html.raw("</section>\n");
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
    names.add(words.of("training"));
    if (!validation.isEmpty()) {
      series.add(validation);
      names.add(words.of("validation"));
    }
    String chart = Charts.lines(series, names);
    if (!chart.isEmpty()) {
      html.element("h3", "", words.of("history")).raw(chart);
    }
  }

  void sources() {
    section("", "sources");
    html.table(
        words.of("source"),
        words.of("split"),
        ">" + words.of("files"),
        ">" + words.of("size"),
        ">" + words.of("samples_read"),
        ">" + words.of("samples_quarantined"),
        words.of("quarantined_rules"));
    for (Object item : items(report, "sources")) {
      Map<String, @Nullable Object> source = Json.object(item);
      Map<String, @Nullable Object> counts = part(source, "counts");
      html.raw("<tr><td>").text(source.get("name")).raw("<br>");
      html.element("code", "class=\"soft\"", source.get("operator")).raw("</td>");
      html.cell(source.get("split"));
      html.number(ReportText.count(amount(source, "files")));
      html.number(ReportText.bytes(amount(source, "bytes")));
      html.number(ReportText.count(amount(counts, "read")));
      html.number(ReportText.count(amount(counts, "quarantined")));
      html.element("td", "class=\"soft\"", listed(part(counts, "rules"))).raw("</tr>\n");
    }
    html.endTable();
    if (report.get("quarantine_files") != null) {
      html.element(
          "p",
          "class=\"note\"",
          words.of("quarantine_files") + " " + report.get("quarantine_files"));
    }
    html.raw("</section>\n");
  }

  void flow() {
    List<@Nullable Object> steps = items(report, "steps");
    if (steps.isEmpty()) {
      return;
    }
    section("long", "flow");
    html.table(
        words.of("step"), ">" + words.of("in"), "", ">" + words.of("out"), words.of("reasons"));
    for (Object item : steps) {
      Map<String, @Nullable Object> step = Json.object(item);
      Map<String, @Nullable Object> counts = part(step, "counts");
      double whole = amount(counts, "read") + amount(counts, "created");
      html.raw("<tr><td>").element("code", "", step.get("label"));
      html.raw("<br>").element("span", "class=\"soft\"", step.get("summary"));
      if ("train".equals(step.get("scope"))) {
        html.raw("<br>").element("span", "class=\"soft\"", words.of("train_only"));
      }
      html.raw("</td>").number(ReportText.count(amount(counts, "read"))).raw("<td>");
      List<Charts.Part> parts = new ArrayList<>();
      for (String part : List.of("kept", "dropped", "merged", "quarantined")) {
        double amount = amount(counts, part);
        parts.add(
            new Charts.Part(
                part, amount, words.of("samples_" + part) + " " + ReportText.count(amount)));
      }
      html.raw(Charts.parts(whole, parts)).raw("</td>");
      html.number(ReportText.count(amount(counts, "kept")));
      String reasons = listed(part(counts, "reasons"));
      String rules = listed(part(counts, "rules"));
      html.element(
          "td",
          "class=\"soft\"",
          rules.isEmpty()
              ? reasons
              : reasons
                  + (reasons.isEmpty() ? "" : "; ")
                  + words.of("samples_quarantined")
                  + ": "
                  + rules);
      html.raw("</tr>\n");
    }
    html.endTable().raw("<p class=\"note legend\">").text(words.of("flow_note"));
    legend("#7fb3ff", "kept");
    legend("#e9a23b", "dropped");
    legend("#a9b4c2", "merged");
    legend("#c0392b", "quarantined");
    html.raw("</p>");
    if (report.get("dropped_files") != null) {
      html.element(
          "p", "class=\"note\"", words.of("dropped_files") + " " + report.get("dropped_files"));
    }
    html.raw("</section>\n");
  }

  private void legend(String colour, String name) {
    html.raw("<i style=\"background:" + colour + "\"></i>").text(words.of("samples_" + name));
  }

  private static String listed(Map<String, @Nullable Object> counts) {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (name, n) -> parts.add(name + " " + ReportText.count(((Number) n).doubleValue())));
    return String.join(", ", parts);
  }

  void fields() {
    Map<String, @Nullable Object> profile = part(report, "profile");
    if (profile.isEmpty()) {
      return;
    }
    section("long", "fields");
    html.table(
        words.of("field"),
        words.of("missing"),
        ">" + words.of("distinct"),
        ">" + words.of("range"),
        ">" + words.of("mean"),
        words.of("distribution"),
        words.of("frequent"));
    for (Object item : items(part(report, "dataset"), "schema")) {
      Map<String, @Nullable Object> field = Json.object(item);
      field(field, part(profile, String.valueOf(field.get("name"))));
    }
    html.endTable().element("p", "class=\"note\"", words.of("frequent_note"));
    html.raw("</section>\n");
  }

  private void field(Map<String, @Nullable Object> field, Map<String, @Nullable Object> profile) {
    double samples = amount(profile, "samples");
    html.raw("<tr><td><b>").text(field.get("name")).raw("</b><br>");
    html.element("span", "class=\"soft\"", field.get("type"));
    for (Object role : items(field, "roles")) {
      html.raw(" ").element("span", "class=\"badge\"", role);
    }
    html.raw("</td><td>");
    double missing = samples == 0 ? 0 : amount(profile, "missing") / samples;
    if (missing > 0) {
      html.raw(
          "<span class=\"share\" style=\"width:"
              + Math.max(1, Math.round(60 * missing))
              + "px\"></span>");
    }
    html.text(ReportText.percent(missing)).raw("</td>");
    boolean estimated = profile.get("distinct_estimated") != null;
    html.number((estimated ? "~" : "") + ReportText.count(amount(profile, "distinct")));
    boolean known = profile.get("min") != null;
    html.number(known ? shown(field, profile, "min") + " … " + shown(field, profile, "max") : "–");
    boolean spread = known && !isTime(field);
    html.raw("<td class=\"n\">").text(spread ? ReportText.number(amount(profile, "mean")) : "–");
    if (spread) {
      html.raw("<br>")
          .element(
              "span", "class=\"soft\"", "± " + ReportText.number(amount(profile, "deviation")));
    }
    html.raw("</td><td>").raw(histogram(items(profile, "histogram"))).raw("</td><td>");
    top(items(profile, "top_values"), samples);
    html.raw("</td></tr>\n");
  }

  private static boolean isTime(Map<String, @Nullable Object> field) {
    return "timestamp".equals(field.get("type")) || "date".equals(field.get("type"));
  }

  private static String shown(
      Map<String, @Nullable Object> field, Map<String, @Nullable Object> profile, String name) {
    double value = amount(profile, name);
    if ("date".equals(field.get("type"))) {
      return java.time.LocalDate.ofEpochDay((long) value).toString();
    }
    if ("timestamp".equals(field.get("type"))) {
      return java.time.Instant.EPOCH
          .plus((long) value, java.time.temporal.ChronoUnit.MICROS)
          .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
          .toString();
    }
    return ReportText.number(value);
  }

  private static String histogram(List<@Nullable Object> bins) {
    if (bins.isEmpty()) {
      return "";
    }
    List<Double> counts = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (Object item : bins) {
      Map<String, @Nullable Object> bin = Json.object(item);
      counts.add(amount(bin, "value"));
      double from = Double.parseDouble(String.valueOf(bin.get("part")));
      titles.add("≥ " + ReportText.number(from) + ": ~" + ReportText.count(amount(bin, "value")));
    }
    return Charts.bars(counts, titles);
  }

  private void top(List<@Nullable Object> values, double samples) {
    if (values.isEmpty()) {
      return;
    }
    html.raw("<ul class=\"top\">");
    for (Object item : values.subList(0, Math.min(5, values.size()))) {
      Map<String, @Nullable Object> value = Json.object(item);
      double share = samples == 0 ? 0 : amount(value, "value") / samples;
      html.raw(
          "<li><span class=\"share top\" style=\"width:"
              + Math.max(1, Math.round(60 * share))
              + "px\"></span>");
      html.text(value.get("part"))
          .raw(" ")
          .element("span", "class=\"soft\"", ReportText.percent(share));
      html.raw("</li>");
    }
    html.raw("</ul>");
  }

  private void section(String kind, String name) {
    html.raw(kind.isEmpty() ? "<section>" : "<section class=\"" + kind + "\">");
    html.element("h2", "", words.of(name));
  }
}
