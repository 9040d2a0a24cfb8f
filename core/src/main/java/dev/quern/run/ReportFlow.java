package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;
import static dev.quern.run.ReportPage.part;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The section of the report on what each step did to the samples and their fields. */
final class ReportFlow {
  private static final List<String> FATES = List.of("kept", "dropped", "merged", "quarantined");

  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportFlow(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void flow() {
    html.longSection("flow", words.of("flow"));
    List<@Nullable Object> steps = items(report, "steps");
    if (steps.isEmpty()) {
      html.note(words.of("no_steps")).endSection();
      return;
    }
    html.table(
        "flow",
        "#",
        words.of("step"),
        ">" + words.of("in"),
        words.of("fate"),
        ">" + words.of("out"),
        words.of("reasons"),
        ">" + words.of("cpu"));
    int number = 0;
    for (Object item : steps) {
      step(++number, Json.object(item));
    }
    html.endTable();
    html.raw("<p class=\"note legend\">").text(words.of("flow_note"));
    for (String fate : FATES) {
      html.raw(" <span><i class=\"" + fate + "\"></i>").text(words.of("samples_" + fate));
      html.raw("</span>");
    }
    html.raw("</p>");
    if (report.get("dropped_files") != null) {
      html.raw("<p class=\"note\">").text(words.of("dropped_files") + " ");
      html.element("code", "", report.get("dropped_files")).raw("</p>");
    }
    if (report.get("change_files") != null) {
      html.raw("<p class=\"note\">").text(words.of("change_files") + " ");
      html.element("code", "", report.get("change_files")).raw("</p>");
    }
    html.endSection();
  }

  private void step(int number, Map<String, @Nullable Object> step) {
    Map<String, @Nullable Object> counts = part(step, "counts");
    double read = amount(counts, "read");
    double created = amount(counts, "created");
    html.raw("<tr><td class=\"soft\">" + number + "</td><td class=\"wide\">");
    html.element("code", "", step.get("label")).raw("<br>");
    html.element("span", "class=\"soft\"", step.get("summary"));
    if ("train".equals(step.get("scope"))) {
      html.raw(" ").element("span", "class=\"mark\"", words.of("train_only"));
    }
    changes(items(step, "changes"));
    html.raw("</td>").number(ReportText.count(read)).raw("<td>");
    List<Charts.Part> parts = new ArrayList<>();
    for (String fate : FATES) {
      double amount = amount(counts, fate);
      String title = words.of("samples_" + fate) + " " + ReportText.count(amount);
      parts.add(new Charts.Part(fate, amount, title));
    }
    html.raw(Charts.parts(read + created, parts)).raw("</td>");
    html.number(ReportText.count(amount(counts, "kept")));
    html.raw("<td>");
    fate(counts, "created", "+", read);
    fate(counts, "dropped", "−", read + created);
    html.reasons(part(counts, "reasons"));
    fate(counts, "merged", "−", read + created);
    fate(counts, "quarantined", "−", read + created);
    html.reasons(part(counts, "rules"));
    cells(part(counts, "changed"));
    html.raw("</td>");
    double cpu = amount(counts, "cpu_seconds");
    html.number(cpu < 0.005 ? "–" : words.seconds(cpu)).raw("</tr>\n");
  }

  /** Cells changed by rule; by rule and field only when asked for, because these are many. */
  private void cells(Map<String, @Nullable Object> changed) {
    if (changed.isEmpty()) {
      return;
    }
    double all = 0;
    Map<String, @Nullable Object> rules = new TreeMap<>();
    for (String rule : changed.keySet()) {
      String name = rule.substring(0, Math.max(0, rule.indexOf('(')));
      double cells = amount(changed, rule);
      rules.put(name, amount(rules, name) + cells);
      all += cells;
    }
    html.raw("<div>").text(words.of("cells_changed") + " ");
    html.element("b", "", ReportText.count(all)).raw("</div>");
    html.reasons(rules);
    html.raw("<details><summary>").text(words.of("cells_by_field")).raw("</summary>");
    html.reasons(changed);
    html.raw("</details>");
  }

  private void fate(Map<String, @Nullable Object> counts, String name, String sign, double whole) {
    double amount = amount(counts, name);
    if (amount > 0) {
      String share = whole == 0 ? "" : " (" + ReportText.share(amount, whole) + ")";
      html.raw("<div>").text(words.of("samples_" + name) + " ");
      html.element("b", "", sign + ReportText.count(amount)).text(share).raw("</div>");
    }
  }

  private void changes(List<@Nullable Object> changes) {
    if (changes.isEmpty()) {
      return;
    }
    html.raw("<div class=\"changes\">");
    for (Object item : changes.subList(0, Math.min(CHANGES, changes.size()))) {
      Map<String, @Nullable Object> change = Json.object(item);
      Object before = change.get("before");
      Object after = change.get("after");
      String sign = before == null ? "+" : after == null ? "−" : "";
      String types = before != null && after != null ? " " + before + " → " + after : "";
      html.element("code", "", sign + change.get("field") + types).raw(" ");
    }
    if (changes.size() > CHANGES) {
      html.text(words.of("more", ReportText.count(changes.size() - CHANGES)));
    }
    html.raw("</div>");
  }

  private static final int CHANGES = 12;
}
