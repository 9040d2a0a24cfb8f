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

/** The sections of the report on what was learnt, what it took and how to do it again. */
final class ReportWork {
  /** A longer recipe is cut; the whole stands beside the report. */
  private static final int RECIPE_CHARACTERS = 60_000;

  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportWork(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void learnt() {
    List<@Nullable Object> fits = items(report, "learnt");
    if (fits.isEmpty()) {
      return;
    }
    html.longSection("learnt", words.of("learnt"));
    html.table("learnt", words.of("step"), words.of("field"), words.of("value"));
    for (Object item : fits) {
      Map<String, @Nullable Object> fit = Json.object(item);
      List<@Nullable Object> fields = items(fit, "fields");
      if (fields.isEmpty()) {
        html.raw("<tr><td>").element("code", "", fit.get("step"));
        html.raw("</td><td>–</td>").element("td", "class=\"soft\"", words.of("learnt_hidden"));
        html.raw("</tr>\n");
      }
      for (int i = 0; i < fields.size(); i++) {
        Map<String, @Nullable Object> field = Json.object(fields.get(i));
        html.raw("<tr><td>").element("code", "", i == 0 ? fit.get("step") : "");
        html.raw("</td>").element("td", "class=\"name\"", ReportText.cut(field.get("field"), 120));
        if (Boolean.TRUE.equals(field.get("told"))) {
          html.element("td", "", value(field));
        } else {
          html.element("td", "class=\"soft\"", words.of("learnt_hidden"));
        }
        html.raw("</tr>\n");
      }
    }
    html.endTable().note(words.of("learnt_note")).endSection();
  }

  private String value(Map<String, @Nullable Object> field) {
    String type = String.valueOf(field.get("type"));
    Object value = field.get("value");
    if (value instanceof Map<?, ?>) {
      List<String> parts = new ArrayList<>();
      Json.object(value)
          .forEach((name, number) -> parts.add(words.or("fit.", name) + " " + words.value(number)));
      return String.join(" · ", parts);
    }
    return value instanceof Number number
        ? ReportText.typed(type, number.doubleValue())
        : ReportText.cut(value, 80);
  }

  void work() {
    html.longSection("work", words.of("work"));
    html.table(
        "work",
        words.of("piece"),
        words.of("state"),
        words.of("why"),
        ">" + words.of("wall"),
        ">" + words.of("cpu"),
        ">" + words.of("bytes_read"),
        ">" + words.of("bytes_written"),
        ">" + words.of("spilled"));
    for (Object item : items(report, "work")) {
      Map<String, @Nullable Object> one = Json.object(item);
      html.raw("<tr><td>");
      // The version and the model are named by what is done.
      if (!"write".equals(one.get("step")) && !"model".equals(one.get("step"))) {
        html.element("code", "", one.get("step")).raw(" ");
      }
      html.text(words.of("kind." + one.get("kind"))).raw("</td>");
      boolean cached = "cached".equals(one.get("status"));
      html.cell(words.of("state." + one.get("status")));
      html.element("td", "class=\"soft wide\"", ReportText.cut(one.get("reason"), 240));
      costs(part(one, "cost"), cached);
      html.raw("</tr>\n");
    }
    Map<String, @Nullable Object> cost = part(report, "cost");
    html.raw("<tr class=\"total\">").element("td", "colspan=\"3\"", words.of("cost_total"));
    costs(cost, false);
    html.raw("</tr>\n").endTable();
    html.raw("<p class=\"note\">").text(words.of("peak_heap") + " ");
    html.text(ReportText.bytes(amount(cost, "peak_heap_bytes")));
    if (amount(cost, "peak_resident_bytes") > 0) {
      html.text(" · " + words.of("peak_resident") + " ");
      html.text(ReportText.bytes(amount(cost, "peak_resident_bytes")));
    }
    html.text(" · " + words.of("worker_cpu") + " ");
    html.text(words.seconds(amount(cost, "worker_cpu_seconds")));
    html.text(" · " + words.of("collector") + " ");
    html.text(words.seconds(amount(cost, "collector_seconds")));
    if (cost.get("price") instanceof Number price) {
      html.text(" · ").element("b", "", words.of("price") + " " + price(price.doubleValue()));
    } else {
      html.text(" · " + words.of("no_price"));
    }
    html.raw("</p>").note(words.of("from_cache"));
    phases();
    html.endSection();
  }

  private static String price(double price) {
    return ReportText.significant(price);
  }

  private void costs(Map<String, @Nullable Object> cost, boolean cached) {
    html.number(cached ? "–" : words.seconds(amount(cost, "wall_seconds")));
    html.number(cached ? "–" : words.seconds(amount(cost, "cpu_seconds")));
    html.number(cached ? "–" : ReportText.bytes(amount(cost, "bytes_read")));
    html.number(cached ? "–" : ReportText.bytes(amount(cost, "bytes_written")));
    double spilled = amount(cost, "spilled_bytes");
    html.number(spilled == 0 ? "–" : ReportText.bytes(spilled));
  }

  /** The phases of the pieces, where there were several: what shuffles took is seen. */
  private void phases() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Object item : items(report, "work")) {
      Map<String, @Nullable Object> piece = Json.object(item);
      for (Object phase : items(piece, "phases")) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>(Json.object(phase));
        one.putIfAbsent("for", "");
        one.put("step", "".equals(one.get("for")) ? piece.get("step") : one.get("for"));
        all.add(one);
      }
    }
    if (all.size() < 2) {
      return;
    }
    html.element("h3", "", words.of("phases"));
    html.table(
        "phases",
        words.of("phase"),
        ">" + words.of("tasks"),
        ">" + words.of("samples"),
        ">" + words.of("wall"),
        ">" + words.of("cpu"),
        ">" + words.of("bytes_read"),
        ">" + words.of("bytes_written"),
        ">" + words.of("spilled"));
    for (Map<String, @Nullable Object> phase : all) {
      html.raw("<tr><td>").element("code", "", phase.get("step")).raw(" ");
      html.text(words.of("phase." + phase.get("verb"))).raw("</td>");
      double resumed = amount(phase, "resumed");
      String tasks = ReportText.count(amount(phase, "tasks"));
      html.number(
          resumed == 0 ? tasks : words.of("tasks_resumed", tasks, ReportText.count(resumed)));
      html.number(ReportText.count(amount(phase, "samples")));
      costs(phase, false);
      html.raw("</tr>\n");
    }
    html.endTable().note(words.of("phases_note"));
  }

  void recipe() {
    if (report.get("recipe_text") == null) {
      return;
    }
    html.longSection("recipe", words.of("recipe"));
    html.raw("<p>").text(words.of("again") + " ").element("code", "", report.get("command"));
    html.raw("</p>");
    html.note(words.of("again_note", "runs/" + report.get("run") + "/recipe.yaml"));
    String text = String.valueOf(report.get("recipe_text"));
    boolean whole = text.length() <= RECIPE_CHARACTERS;
    html.element("pre", "", ReportText.cut(text, RECIPE_CHARACTERS));
    if (!whole) {
      html.note(words.of("recipe_cut"));
    }
    html.endSection();
  }

  void environment() {
    html.section("environment", words.of("environment")).raw("<dl>");
    Map<String, @Nullable Object> machine = part(report, "machine");
    entry("quern", report.get("quern"));
    Object described = report.get("engine_description");
    entry("engine", described == null ? report.get("engine") : described);
    entry("seed", report.get("seed"));
    entry("threads", report.get("threads"));
    if (report.get("memory_bytes") instanceof Number memory) {
      entry("memory", ReportText.bytes(memory.doubleValue()));
    }
    entry("encrypted_by", report.get("encrypted_by"));
    entry("os", machine.get("os"));
    entry("java", machine.get("java"));
    entry("processors", machine.get("processors"));
    if (machine.get("heap_bytes") instanceof Number heap) {
      entry("heap", ReportText.bytes(heap.doubleValue()));
    }
    html.element("dt", "", words.of("recipe_digest")).raw("<dd>");
    html.element("code", "", report.get("recipe_digest")).raw("</dd>");
    html.raw("</dl>").endSection();
  }

  private void entry(String key, @Nullable Object value) {
    if (value != null) {
      html.element("dt", "", words.of(key)).element("dd", "", value);
    }
  }
}
