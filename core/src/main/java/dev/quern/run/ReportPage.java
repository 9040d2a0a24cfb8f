package dev.quern.run;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // Nothing may be fetched or executed, whatever a name or a value contains.
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    html.raw("style-src 'unsafe-inline'\">\n<link rel=\"icon\" href=\"data:,\">");
    html.element("title", "", title).raw("<style>\n" + css() + "</style></head>\n<body><main>\n");
    header();
    problems();
    tiles();
    ReportData data = new ReportData(report, words, html);
    ReportWork work = new ReportWork(report, words, html);
    data.dataset();
    data.checks();
    new ReportQuality(report, words, html).quality();
    new ReportModel(report, words, html).model();
    new ReportCurve(report, words, html).curves();
    new ReportAnonymity(report, words, html).anonymity();
    new ReportPersonal(report, words, html).personal();
    data.sources();
    new ReportFlow(report, words, html).flow();
    new ReportFields(report, words, html).fields();
    work.learnt();
    work.work();
    work.recipe();
    work.environment();
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
    html.raw("<header id=\"top\"><h1><span>").text(report.get("recipe")).raw("</span> ");
    html.element("span", "class=\"badge " + tone + "\"", words.of("status." + status)).raw("</h1>");
    html.raw("<p>").text(words.of("run") + " ").element("code", "", report.get("run"));
    html.text(" · " + words.of("started") + " " + time("started"));
    html.text(" · " + words.of("finished") + " " + time("finished")).raw("</p>");
    html.raw("<nav>");
    for (String section : ReportText.SECTIONS) {
      if (isThere(section)) {
        html.element("a", "href=\"#" + section + "\"", words.of(section)).raw(" ");
      }
    }
    html.raw("</nav></header>\n");
    if (report.get("limit") != null) {
      String limit = ReportText.count(amount(report, "limit"));
      html.element("p", "class=\"notice warn\"", words.of("limit", limit));
    }
    if (report.get("damaged_files") instanceof List<?> files) {
      String names = files.stream().map(String::valueOf).collect(Collectors.joining(", "));
      html.raw("<p class=\"notice warn\">").text(words.of("damaged_files") + " ");
      html.element("code", "", names).raw("</p>\n");
    }
  }

  private boolean isThere(String section) {
    return switch (section) {
      case "dataset", "model" -> !part(report, section).isEmpty();
      case "quality" -> !items(report, "quality").isEmpty();
      case "fields" -> !part(report, "profile").isEmpty();
      case "curves" -> !items(report, "keep_curves").isEmpty();
      case "anonymity" ->
          !items(report, "anonymisations").isEmpty() || !items(report, "attacks").isEmpty();
      case "personal" -> !items(report, "personal_data").isEmpty();
      case "learnt" -> !items(report, "learnt").isEmpty();
      case "recipe" -> report.get("recipe_text") != null;
      default -> true;
    };
  }

  private String time(String name) {
    String iso = String.valueOf(report.get(name));
    return iso.length() > 19 ? iso.substring(0, 19).replace('T', ' ') + " UTC" : iso;
  }

  /** Says in words what went wrong and what it means, before any number. */
  private void problems() {
    String status = String.valueOf(report.get("status"));
    if (status.equals("check_failed")) {
      html.raw("<div class=\"notice bad\" role=\"alert\"><b>").text(words.of("failed_title"));
      html.raw("</b><ul>");
      for (Object item : items(report, "checks")) {
        Map<String, @Nullable Object> check = Json.object(item);
        String found = String.valueOf(check.get("status"));
        boolean fails = found.equals("failed") || found.equals("no_evidence");
        if (fails && "error".equals(check.get("level"))) {
          html.element("li", "", words.checkFailure(check));
        }
      }
      html.raw("</ul>").text(words.of("failed_means")).raw("</div>\n");
    }
    if (status.equals("quarantine_exceeded")) {
      double most = amount(report, "max_quarantined");
      html.raw("<div class=\"notice bad\" role=\"alert\"><b>").text(words.of("exceeded_title"));
      html.raw("</b><ul>");
      for (Object item : items(report, "sources")) {
        Map<String, @Nullable Object> source = Json.object(item);
        Map<String, @Nullable Object> counts = part(source, "counts");
        double set = amount(counts, "quarantined");
        double read = amount(counts, "read");
        if (set > most * read) {
          html.element(
              "li",
              "",
              words.of(
                  "exceeded_source",
                  source.get("name"),
                  ReportText.count(set),
                  ReportText.count(read),
                  ReportText.share(set, read),
                  ReportText.percent(most)));
        }
      }
      html.raw("</ul>").text(words.of("exceeded_means"));
      html.raw(" ").text(report.get("quarantine_files") == null ? "" : place()).raw("</div>\n");
    }
  }

  private String place() {
    return words.of("quarantine_files") + " " + report.get("quarantine_files");
  }

  private void tiles() {
    Map<String, @Nullable Object> account = part(report, "accounting");
    html.raw("<div class=\"tiles\">\n");
    for (String name : List.of("read", "created", "kept", "dropped", "merged", "quarantined")) {
      double amount = amount(account, name);
      if (amount > 0 || !name.equals("created") && !name.equals("merged")) {
        tile(name, ReportText.count(amount), words.of("samples_" + name));
      }
    }
    tile("cpu", words.seconds(amount(part(report, "cost"), "cpu_seconds")), words.of("cpu_time"));
    html.raw("</div>\n");
    if (!account.isEmpty()) {
      balance(account);
    }
  }

  private void balance(Map<String, @Nullable Object> account) {
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
    if ("quarantine_exceeded".equals(report.get("status"))) {
      // The run stopped on its way: what was kept is known only at the end.
      html.element("p", "class=\"note\"", words.of("stopped"));
    } else if (whole) {
      html.element("p", "class=\"note\"", words.of("conserved", parts.toArray()));
    } else {
      html.element("p", "class=\"notice bad\"", words.of("not_conserved", parts.toArray()));
    }
  }

  private void tile(String id, String value, String name) {
    html.raw("<div class=\"tile\" data-of=\"" + id + "\">").element("b", "", value);
    html.element("span", "", name).raw("</div>\n");
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
