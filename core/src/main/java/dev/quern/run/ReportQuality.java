package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;

import dev.quern.format.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section of the report on the measures of the version: value, interval, evidence, basis. */
final class ReportQuality {
  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportQuality(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void quality() {
    List<@Nullable Object> rows = items(report, "quality");
    if (rows.isEmpty()) {
      return;
    }
    html.section("quality", words.of("quality"));
    html.table(
        "measures",
        words.of("measure"),
        words.of("measured_of"),
        ">" + words.of("value"),
        ">" + words.of("interval"),
        ">" + words.of("evidence"),
        words.of("basis"));
    for (Object item : rows) {
      row(Json.object(item));
    }
    html.endTable().note(words.of("measure_note")).endSection();
  }

  private void row(Map<String, @Nullable Object> row) {
    html.raw("<tr>").cell(words.or("measure.", row.get("measure")));
    html.element("td", "class=\"name\"", ReportText.cut(of(row), 120));
    html.number(row.get("value") == null ? words.of("no_evidence") : words.measure(row));
    html.number(interval(row));
    boolean evidence = amount(row, "denominator") > 0 && "fraction".equals(row.get("unit"));
    html.number(
        evidence
            ? words.value(row.get("numerator")) + " / " + words.value(row.get("denominator"))
            : "–");
    html.cell(
        words.or("basis.", row.get("basis"))
            + ("estimated".equals(row.get("precision")) ? ", " + words.of("estimated") : ""));
    html.raw("</tr>\n");
  }

  /** The fields, and the part of the metric where there are several. */
  private static String of(Map<String, @Nullable Object> row) {
    String fields = String.join(", ", items(row, "fields").stream().map(String::valueOf).toList());
    String part = row.get("part") == null ? "" : " [" + row.get("part") + "]";
    boolean renamed = !String.valueOf(row.get("measure")).equals(row.get("name"));
    return renamed ? fields + " [" + row.get("name") + "]" + part : fields + part;
  }

  private String interval(Map<String, @Nullable Object> row) {
    Object low = row.get("low");
    Object high = row.get("high");
    if (low == null || high == null) {
      return "–";
    }
    return low.equals(high) ? "=" : words.value(low) + " … " + words.value(high);
  }
}
