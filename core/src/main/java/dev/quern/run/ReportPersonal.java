package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;

import dev.quern.format.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section of the report on personal data that steps have found, by field and type. */
final class ReportPersonal {
  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportPersonal(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void personal() {
    if (items(report, "personal_data").isEmpty()) {
      return;
    }
    html.longSection("personal", words.of("personal"));
    for (Object one : items(report, "personal_data")) {
      step(Json.object(one));
    }
    html.note(words.of("personal_note")).endSection();
  }

  private void step(Map<String, @Nullable Object> one) {
    html.raw("<h3>").element("code", "", one.get("step")).raw("</h3>");
    html.table(
        "personal",
        words.of("personal.field"),
        words.of("personal.type"),
        ">" + words.of("personal.findings"),
        ">" + words.of("personal.samples"),
        ">" + words.of("personal.share"),
        ">" + words.of("personal.score"));
    for (Object item : items(one, "found")) {
      Map<String, @Nullable Object> row = Json.object(item);
      html.raw("<tr>").cell(row.get("field")).cell(row.get("type"));
      html.number(ReportText.count(amount(row, "findings")));
      html.number(ReportText.count(amount(row, "samples")));
      html.number(ReportText.percent(amount(row, "share")));
      html.number(ReportText.number(amount(row, "mean_score"))).raw("</tr>\n");
    }
    html.endTable();
  }
}
