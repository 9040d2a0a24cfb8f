package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;
import static dev.quern.run.ReportPage.part;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section of the report on the fields of the version: a profile of each, with small charts. */
final class ReportFields {
  /** Beyond this many fields a row is short: the page stays below 1 MB and can be read. */
  private static final int FULL = 250;

  /** Beyond this many fields they are only counted. */
  private static final int LISTED = 2500;

  private static final int TOP = 5;

  private final Map<String, @Nullable Object> report;
  private final ReportText words;
  private final Html html;

  ReportFields(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.words = words;
    this.html = html;
  }

  void fields() {
    Map<String, @Nullable Object> profile = part(report, "profile");
    if (profile.isEmpty()) {
      return;
    }
    List<@Nullable Object> fields = items(part(report, "dataset"), "schema");
    html.longSection("fields", words.of("fields"));
    html.note(words.of("fields_of", ReportText.count(fields.size())));
    html.table(
        "fields",
        words.of("field"),
        words.of("missing"),
        ">" + words.of("distinct"),
        words.of("distribution"),
        ">" + words.of("mean"),
        words.of("frequent"));
    for (int i = 0; i < Math.min(LISTED, fields.size()); i++) {
      Map<String, @Nullable Object> field = Json.object(fields.get(i));
      field(field, part(profile, String.valueOf(field.get("name"))), i < FULL);
    }
    html.endTable();
    if (fields.size() > FULL) {
      html.note(words.of("fields_short", ReportText.count(FULL), ReportText.count(LISTED)));
    }
    html.note(words.of("frequent_note"));
    new ReportRelations(report, words, html).relations();
    html.endSection();
  }

  private void field(
      Map<String, @Nullable Object> field, Map<String, @Nullable Object> profile, boolean full) {
    double samples = amount(profile, "samples");
    html.raw("<tr><td class=\"name\">").element("b", "", ReportText.cut(field.get("name"), 120));
    html.raw("<br>").element("span", "class=\"soft\"", ReportText.cut(field.get("type"), 160));
    for (Object role : items(field, "roles")) {
      html.raw(" ").element("span", "class=\"mark\"", words.of("role." + role));
    }
    if (profile.get("key") != null) {
      html.raw(" ").element("span", "class=\"mark\"", words.of("likely_key"));
    }
    if (full) {
      suspicious(items(profile, "suspicious"));
    }
    html.raw("</td><td>").share(amount(profile, "missing"), samples, 50);
    html.raw("</td>");
    boolean estimated = profile.get("distinct_estimated") != null;
    html.number((estimated ? "~" : "") + ReportText.count(amount(profile, "distinct")));
    if (full) {
      measures(field, profile, samples);
    } else {
      html.raw("<td colspan=\"3\"></td>");
    }
    html.raw("</tr>\n");
  }

  private void measures(
      Map<String, @Nullable Object> field, Map<String, @Nullable Object> profile, double samples) {
    boolean text = isText(field);
    html.raw("<td>").raw(histogram(field, items(profile, "histogram")));
    if (profile.get("min") != null) {
      String low = shown(field, amount(profile, "min"));
      String high = shown(field, amount(profile, "max"));
      String range = low.equals(high) ? low : low + " … " + high;
      html.raw("<div class=\"soft range\">");
      html.text(text ? words.of("length", range) : range);
      if (text && !low.equals(high)) {
        html.raw("<br>").text(words.of("length_mean", ReportText.number(amount(profile, "mean"))));
      }
      html.raw("</div>");
    } else if (profile.get("mean") != null) {
      html.element("div", "class=\"soft\"", words.of("range_hidden"));
    }
    html.raw("</td><td class=\"n\">");
    boolean spread = profile.get("mean") != null && !isTime(field) && !text;
    html.text(spread ? ReportText.number(amount(profile, "mean")) : "–");
    if (spread && amount(profile, "deviation") > 0) {
      String deviation = ReportText.number(amount(profile, "deviation"));
      html.raw("<br>").element("span", "class=\"soft\"", "± " + deviation);
    }
    median(field, profile);
    html.raw("</td><td>");
    top(items(profile, "top_values"), samples);
    shapes(profile, samples);
    html.raw("</td>");
  }

  /** Formats and scripts, folded up. */
  private void shapes(Map<String, @Nullable Object> profile, double samples) {
    List<@Nullable Object> masks = items(profile, "masks");
    if (masks.isEmpty()) {
      return;
    }
    html.raw("<details><summary>").text(words.of("formats")).raw("</summary><ul class=\"top\">");
    for (Object item : masks.subList(0, Math.min(TOP, masks.size()))) {
      Map<String, @Nullable Object> mask = Json.object(item);
      html.raw("<li>").element("code", "", ReportText.cut(mask.get("part"), 40)).raw(" ");
      String share = ReportText.share(amount(mask, "value"), samples);
      html.element("span", "class=\"soft\"", share).raw("</li>");
    }
    html.raw("</ul>");
    StringBuilder kinds = new StringBuilder();
    for (String measure : List.of("formats", "scripts")) {
      for (Object item : items(profile, measure)) {
        Map<String, @Nullable Object> one = Json.object(item);
        kinds.append(kinds.isEmpty() ? "" : ", ").append(one.get("part")).append(' ');
        kinds.append(ReportText.share(amount(one, "value"), samples));
      }
    }
    html.element("span", "class=\"soft\"", kinds).raw("</details>");
  }

  private void suspicious(List<@Nullable Object> found) {
    if (found.isEmpty()) {
      return;
    }
    html.raw("<ul class=\"reasons\">");
    for (Object item : found) {
      Map<String, @Nullable Object> one = Json.object(item);
      String[] what = String.valueOf(one.get("part")).split(" ", 2);
      String name = words.or("suspicious.", what[0]);
      html.raw("<li>").text(name + " ");
      if (what.length > 1) {
        html.element("code", "", what[1]).raw(" ");
      }
      html.text(ReportText.count(amount(one, "value"))).raw("</li>");
    }
    html.raw("</ul>");
  }

  private void median(Map<String, @Nullable Object> field, Map<String, @Nullable Object> profile) {
    for (Object item : items(profile, "quantile")) {
      Map<String, @Nullable Object> quantile = Json.object(item);
      if ("0.5".equals(quantile.get("part")) && !isText(field)) {
        String value = shown(field, amount(quantile, "value"));
        html.raw("<br>").element("span", "class=\"soft\"", words.of("median", value));
      }
    }
  }

  private static boolean isTime(Map<String, @Nullable Object> field) {
    return "timestamp".equals(field.get("type")) || "date".equals(field.get("type"));
  }

  private static boolean isText(Map<String, @Nullable Object> field) {
    return "text".equals(field.get("type")) || "bytes".equals(field.get("type"));
  }

  private static String shown(Map<String, @Nullable Object> field, double value) {
    return ReportText.typed(String.valueOf(field.get("type")), value);
  }

  private String histogram(Map<String, @Nullable Object> field, List<@Nullable Object> bins) {
    if (bins.isEmpty()) {
      return "";
    }
    List<Double> counts = new ArrayList<>();
    double most = -1;
    String at = "";
    for (Object item : bins) {
      Map<String, @Nullable Object> bin = Json.object(item);
      double count = amount(bin, "value");
      counts.add(count);
      if (count > most) {
        most = count;
        at = shown(field, Double.parseDouble(String.valueOf(bin.get("part"))));
      }
    }
    return Charts.bars(counts, words.of("highest_bar", at, ReportText.count(most)));
  }

  private void top(List<@Nullable Object> values, double samples) {
    if (values.isEmpty()) {
      return;
    }
    html.raw("<ul class=\"top\">");
    for (Object item : values.subList(0, Math.min(TOP, values.size()))) {
      Map<String, @Nullable Object> value = Json.object(item);
      double count = amount(value, "value");
      html.raw("<li>")
          .bar(count, samples, 50, "top")
          .element("span", "class=\"value\"", named(value));
      html.raw(" ").element("span", "class=\"soft\"", ReportText.share(count, samples));
      html.raw("</li>");
    }
    html.raw("</ul>");
  }

  private String named(Map<String, @Nullable Object> value) {
    String text = ReportText.cut(value.get("part"), 40);
    return text.isBlank() ? words.of("blank") : text;
  }
}
