package dev.quern.run;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report for people: one HTML file without script or outside parts, in English or Chinese, made
 * from the values of report.json alone.
 */
public final class ReportPage {
  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html = new Html();

  private ReportPage(Map<String, @Nullable Object> report, String language) {
    this.report = report;
    this.words = new ReportText(language);
  }

  /** Returns the page of {@code report} in {@code language}: {@code en} or {@code zh}. */
  public static String render(Map<String, @Nullable Object> report, String language) {
    return new ReportPage(report, language).render();
  }

  private String render() {
    String title = report.get("recipe") + " · " + words.of("title");
    html.raw(
        "<!doctype html>\n<html lang=\"" + words.language() + "\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.element("title", "", title).raw("<style>\n" + css() + "</style></head>\n<body><main>\n");
    header();
    tiles();
    ReportData data = new ReportData(report, words, html);
    data.dataset();
    data.checks();
    data.model();
    data.sources();
    data.flow();
    data.fields();
    work();
    environment();
    return html.raw("</main></body></html>\n").toString();
  }

  private static String css() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("the jar must hold report.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header() {
    String status = String.valueOf(report.get("status"));
    String tone = status.equals("done") ? "good" : "bad";
    html.raw("<header><h1>").text(report.get("recipe")).raw(" ");
    html.element("span", "class=\"badge " + tone + "\"", words.of("status." + status)).raw("</h1>");
    html.raw("<p>").text(words.of("run") + " ").element("code", "", report.get("run"));
    html.text(" · " + words.of("started") + " " + time("started"));
    html.text(" · " + words.of("finished") + " " + time("finished")).raw("</p>");
    if (report.get("limit") != null) {
      html.element("p", "", words.of("limit", report.get("limit")));
    }
    html.raw("</header>\n");
  }

  private String time(String name) {
    String iso = String.valueOf(report.get(name));
    return iso.length() > 19 ? iso.substring(0, 19).replace('T', ' ') + " UTC" : iso;
  }

  private void tiles() {
    Map<String, @Nullable Object> account = part(report, "accounting");
    html.raw("<div class=\"tiles\">\n");
    for (String name : List.of("read", "kept", "dropped", "quarantined")) {
      tile(ReportText.count(amount(account, name)), words.of("samples_" + name));
    }
    if (amount(account, "merged") > 0) {
      tile(ReportText.count(amount(account, "merged")), words.of("samples_merged"));
    }
    if (amount(account, "created") > 0) {
      tile(ReportText.count(amount(account, "created")), words.of("samples_created"));
    }
    tile(words.seconds(amount(part(report, "cost"), "cpu_seconds")), words.of("cpu"));
    html.raw("</div>\n");
    if (!account.isEmpty()) {
      boolean whole =
          amount(account, "read") + amount(account, "created")
              == amount(account, "kept")
                  + amount(account, "dropped")
                  + amount(account, "merged")
                  + amount(account, "quarantined");
      List<Object> parts = new ArrayList<>();
      for (String name : List.of("read", "created", "kept", "dropped", "merged", "quarantined")) {
        parts.add(ReportText.count(amount(account, name)));
      }
      html.element(
          "p",
          "class=\"note\"",
          whole ? words.of("conserved", parts.toArray()) : words.of("not_conserved"));
    }
  }

  private void tile(String value, String name) {
    html.raw("<div class=\"tile\">").element("b", "", value).element("span", "", name);
    html.raw("</div>\n");
  }

  private void work() {
    html.raw("<section class=\"long\">").element("h2", "", words.of("work"));
    html.table(
        words.of("piece"),
        words.of("state"),
        words.of("why"),
        ">" + words.of("wall"),
        ">" + words.of("cpu"),
        ">" + words.of("bytes_read"),
        ">" + words.of("bytes_written"));
    for (Object item : items(report, "work")) {
      Map<String, @Nullable Object> one = Json.object(item);
      html.raw("<tr><td>").element("code", "", one.get("step"));
      html.text(" " + words.of("kind." + one.get("kind"))).raw("</td>");
      html.cell(words.of("state." + one.get("status")))
          .element("td", "class=\"soft\"", one.get("reason"));
      costs(part(one, "cost"));
      html.raw("</tr>\n");
    }
    Map<String, @Nullable Object> cost = part(report, "cost");
    html.raw("<tr>").element("td", "colspan=\"3\"", words.of("cost_total"));
    costs(cost);
    html.raw("</tr>\n").endTable();
    html.raw("<p class=\"note\">").text(words.of("peak_heap") + ": ");
    html.text(ReportText.bytes(amount(cost, "peak_heap_bytes")));
    if (cost.get("price") != null) {
      html.text(" · " + words.of("price") + ": " + ReportText.number(amount(cost, "price")));
    }
    html.text(" · " + words.of("from_cache")).raw("</p></section>\n");
  }

  private void costs(Map<String, @Nullable Object> cost) {
    html.number(words.seconds(amount(cost, "wall_seconds")));
    html.number(words.seconds(amount(cost, "cpu_seconds")));
    html.number(ReportText.bytes(amount(cost, "bytes_read")));
    html.number(ReportText.bytes(amount(cost, "bytes_written")));
  }

  private void environment() {
    html.raw("<section>").element("h2", "", words.of("environment")).raw("<dl>");
    part(report, "machine")
        .forEach((name, value) -> html.element("dt", "", name).element("dd", "", value));
    html.element("dt", "", "engine").element("dd", "", report.get("engine"));
    html.raw("</dl></section>\n");
  }

  static Map<String, @Nullable Object> part(Map<String, @Nullable Object> of, String name) {
    return of.get(name) == null ? Map.of() : Json.object(of.get(name));
  }

  static List<@Nullable Object> items(Map<String, @Nullable Object> of, String name) {
    return of.get(name) == null ? List.of() : Json.list(of.get(name));
  }

  static double amount(Map<String, @Nullable Object> of, String name) {
    return of.get(name) instanceof Number number ? number.doubleValue() : 0;
  }
}
