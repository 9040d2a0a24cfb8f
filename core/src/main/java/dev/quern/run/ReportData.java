package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;
import static dev.quern.run.ReportPage.part;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sections of the report on the version, its checks and its sources. */
final class ReportData {
  private static final List<String> SPLITS = List.of("train", "validation", "test", "none");

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
    html.section("dataset", words.of("dataset"));
    html.raw("<dl>").element("dt", "", words.of("version")).raw("<dd><b>");
    html.text(dataset.get("name") + "@" + dataset.get("version")).raw("</b> ");
    html.text(words.of("head_" + dataset.get("head"))).raw("</dd>");
    html.element("dt", "", words.of("digest")).raw("<dd>");
    html.element("code", "", dataset.get("digest")).raw("</dd>");
    html.element("dt", "", words.of("samples"));
    html.element("dd", "", ReportText.count(amount(dataset, "samples")));
    html.element("dt", "", words.of("size"));
    double shards = amount(dataset, "shards");
    String key = shards == 1 ? "in_one_file" : "in_files";
    String size = ReportText.bytes(amount(dataset, "bytes"));
    html.element("dd", "", size + words.of(key, ReportText.count(shards)));
    html.raw("</dl>").beginBlocks();
    splits(part(dataset, "splits"), amount(dataset, "samples"));
    labels();
    html.endBlocks().endSection();
  }

  private void splits(Map<String, @Nullable Object> splits, double samples) {
    if (splits.isEmpty() || splits.size() == 1 && splits.containsKey("none")) {
      return;
    }
    html.element("h3", "", words.of("by_split"));
    html.table("splits", words.of("split"), ">" + words.of("samples"), "");
    for (String split : SPLITS) {
      if (splits.get(split) != null) {
        double count = amount(splits, split);
        html.raw("<tr>").cell(words.of("split." + split)).number(ReportText.count(count));
        html.raw("<td>").share(count, samples, 200).raw("</td></tr>\n");
      }
    }
    html.endTable();
  }

  /** The labels of each field that is one, by split: what is out of balance is seen. */
  private void labels() {
    part(report, "profile")
        .forEach(
            (field, profile) -> {
              Map<String, @Nullable Object> values = Json.object(profile);
              Map<String, Map<String, Double>> bySplit = new LinkedHashMap<>();
              for (String split : SPLITS) {
                Map<String, Double> counts = counts(items(values, "label_" + split));
                if (!counts.isEmpty()) {
                  bySplit.put(split, counts);
                }
              }
              if (!bySplit.isEmpty()) {
                labels(field, bySplit);
              }
            });
  }

  private static Map<String, Double> counts(List<@Nullable Object> parts) {
    Map<String, Double> counts = new LinkedHashMap<>();
    for (Object item : parts) {
      Map<String, @Nullable Object> one = Json.object(item);
      counts.put(String.valueOf(one.get("part")), amount(one, "value"));
    }
    return counts;
  }

  private void labels(String field, Map<String, Map<String, Double>> bySplit) {
    html.nextBlock().element("h3", "", words.of("label_balance", field));
    List<String> columns = new ArrayList<>();
    columns.add(field);
    Map<String, Double> sums = new LinkedHashMap<>();
    Map<String, Double> all = new LinkedHashMap<>();
    bySplit.forEach(
        (split, counts) -> {
          columns.add(words.of("split." + split));
          counts.forEach((label, count) -> all.merge(label, count, Double::sum));
          sums.put(split, counts.values().stream().mapToDouble(n -> n).sum());
        });
    html.table("labels", columns.toArray(String[]::new));
    for (String label : all.keySet()) {
      html.raw("<tr>").element("td", "class=\"name\"", label);
      bySplit.forEach(
          (split, counts) -> {
            double count = counts.getOrDefault(label, 0.0);
            html.raw("<td>").share(count, sums.getOrDefault(split, 0.0), 70);
            html.raw(" ").element("span", "class=\"soft\"", ReportText.count(count)).raw("</td>");
          });
      html.raw("</tr>\n");
    }
    html.endTable();
  }

  void checks() {
    html.section("checks", words.of("checks"));
    List<@Nullable Object> checks = items(report, "checks");
    if (checks.isEmpty()) {
      boolean stopped = "quarantine_exceeded".equals(report.get("status"));
      html.note(words.of(stopped ? "checks_not_reached" : "no_checks"));
      beside();
      html.endSection();
      return;
    }
    html.table(
        "checks",
        words.of("check"),
        words.of("level"),
        words.of("result"),
        ">" + words.of("found"));
    for (Object item : checks) {
      Map<String, @Nullable Object> check = Json.object(item);
      String status = String.valueOf(check.get("status"));
      boolean good = status.equals("passed") || status.equals("no_history");
      String tone = good ? "good" : "error".equals(check.get("level")) ? "bad" : "warn";
      html.raw("<tr><td class=\"wide\">").element("code", "", check.get("check")).raw("</td>");
      html.cell(words.of("level." + check.get("level"))).raw("<td>");
      html.element("span", "class=\"badge " + tone + "\"", words.of("check." + status));
      html.raw("</td>").number(words.value(check.get("value"))).raw("</tr>\n");
    }
    html.endTable();
    beside();
    html.endSection();
  }

  /** Where single samples are told of, and metrics that are unlike those of earlier versions. */
  private void beside() {
    for (String name : List.of("verdicts", "aside")) {
      if (report.get(name) instanceof Map<?, ?>) {
        Map<String, @Nullable Object> lines = part(report, name);
        String count = ReportText.count(amount(lines, "count"));
        html.raw("<p class=\"note\">").text(words.of("checks_" + name, count) + " ");
        html.element("code", "", lines.get("folder")).raw("</p>");
      }
    }
    List<@Nullable Object> warnings = items(report, "history_warnings");
    if (!warnings.isEmpty()) {
      html.raw("<p class=\"note\">").text(words.of("history_warnings"));
      html.raw("</p><ul>");
      for (Object warning : warnings) {
        html.element("li", "", Json.object(warning).get("message"));
      }
      html.raw("</ul>\n");
    }
  }

  void sources() {
    html.section("sources", words.of("sources"));
    html.table(
        "sources",
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
      String split = String.valueOf(source.get("split"));
      double quarantined = amount(counts, "quarantined");
      html.raw("<tr><td class=\"name\">").element("b", "", source.get("name")).raw("<br>");
      html.element("code", "class=\"soft\"", source.get("operator"));
      if ("reference".equals(source.get("use"))) {
        html.raw(" ").element("span", "class=\"mark\"", words.of("used_as_reference"));
      }
      html.raw("</td>");
      html.cell(split.equals("none") ? "–" : words.of("split." + split));
      html.number(ReportText.count(amount(source, "files")));
      html.number(ReportText.bytes(amount(source, "bytes")));
      html.number(ReportText.count(amount(counts, "read")));
      html.number(
          ReportText.count(quarantined)
              + (quarantined == 0
                  ? ""
                  : " (" + ReportText.share(quarantined, amount(counts, "read")) + ")"));
      html.raw("<td>").reasons(part(counts, "rules")).raw("</td></tr>\n");
    }
    html.endTable();
    Object files = report.get("quarantine_files");
    if (files != null) {
      html.raw("<p class=\"note\">").text(words.of("quarantine_files") + " ");
      html.element("code", "", files).raw("</p>");
    } else {
      html.note(words.of("nothing_quarantined"));
    }
    html.endSection();
  }
}
