package dev.quern.run;

import static dev.quern.run.ReportPage.amount;
import static dev.quern.run.ReportPage.items;
import static dev.quern.run.ReportPage.part;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the report tells of samples as wholes, of fields with each other, and of what changed since
 * the version before; folded up, so that it costs nothing to who does not ask.
 */
final class ReportRelations {
  private static final int SHOWN = 40;
  private static final int CHANGES = 400;

  /** Fields that a picture of all correlations can hold. */
  private static final int PICTURED = 24;

  private final Map<String, @Nullable Object> report;
  private final Map<String, @Nullable Object> profile;
  private final Map<String, @Nullable Object> whole;
  private final ReportText words;
  private final Html html;

  ReportRelations(Map<String, @Nullable Object> report, ReportText words, Html html) {
    this.report = report;
    this.profile = part(report, "profile");
    this.whole = part(profile, "");
    this.words = words;
    this.html = html;
  }

  private record Pair(String field, String other, double value, double ranks) {}

  void relations() {
    if (!whole.isEmpty()) {
      wholes();
      correlations(pairs("correlation"));
      determines(pairs("determines"));
    }
    changes();
  }

  private void wholes() {
    boolean estimated = whole.get("duplicates_estimated") != null;
    String repeats = (estimated ? "~" : "") + ReportText.count(amount(whole, "duplicates"));
    html.note(words.of("repeats", repeats));
    List<String> keys = new ArrayList<>();
    profile.forEach(
        (field, values) -> {
          if (Json.object(values).get("key") != null) {
            keys.add(ReportText.cut(field, 60));
          }
        });
    if (!keys.isEmpty()) {
      String shown = String.join(", ", keys.subList(0, Math.min(SHOWN, keys.size())));
      html.note(words.of("likely_keys", shown, ReportText.count(keys.size())));
    }
  }

  private List<Pair> pairs(String measure) {
    List<Pair> pairs = new ArrayList<>();
    profile.forEach(
        (field, of) -> {
          Map<String, @Nullable Object> values = Json.object(of);
          List<@Nullable Object> ranks = items(values, "rank_" + measure);
          int at = 0;
          for (Object item : items(values, measure)) {
            Map<String, @Nullable Object> one = Json.object(item);
            double rank = at < ranks.size() ? amount(Json.object(ranks.get(at)), "value") : 0;
            pairs.add(new Pair(field, String.valueOf(one.get("part")), amount(one, "value"), rank));
            at++;
          }
        });
    return pairs;
  }

  private void begin(String title, @Nullable Object... arguments) {
    html.raw("<details><summary>").text(words.of(title, arguments)).raw("</summary>\n");
  }

  private void correlations(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    begin("correlations", ReportText.count(amount(whole, "correlation_pairs")));
    Set<String> fields = new LinkedHashSet<>();
    pairs.forEach(pair -> fields.addAll(List.of(pair.field(), pair.other())));
    if (fields.size() <= PICTURED) {
      List<Charts.Cell> cells = new ArrayList<>();
      List<String> names = new ArrayList<>(fields);
      for (Pair pair : pairs) {
        cells.add(
            new Charts.Cell(
                names.indexOf(pair.field()), names.indexOf(pair.other()), pair.value()));
      }
      html.raw(Charts.matrix(names, cells, words.of("correlations_picture")));
    }
    List<Pair> strongest = new ArrayList<>(pairs);
    strongest.sort((a, b) -> Double.compare(Math.abs(b.value()), Math.abs(a.value())));
    html.table(
        "pairs",
        words.of("field"),
        words.of("other_field"),
        ">" + words.of("correlation"),
        ">" + words.of("rank_correlation"));
    for (Pair pair : strongest.subList(0, Math.min(SHOWN, strongest.size()))) {
      names(pair).number(ReportText.number(pair.value())).number(ReportText.number(pair.ranks()));
      html.raw("</tr>\n");
    }
    html.endTable();
    note("correlation", Math.min(SHOWN, pairs.size()));
    html.raw("</details>\n");
  }

  private Html names(Pair pair) {
    html.raw("<tr>").element("td", "class=\"name\"", ReportText.cut(pair.field(), 120));
    return html.element("td", "class=\"name\"", ReportText.cut(pair.other(), 120));
  }

  private void determines(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    begin("determines", ReportText.count(amount(whole, "determines_pairs")));
    html.table(
        "pairs", words.of("field"), words.of("other_field"), ">" + words.of("agreeing_pairs"));
    for (Pair pair : pairs.subList(0, Math.min(SHOWN, pairs.size()))) {
      names(pair).number(ReportText.percent(pair.value()));
      html.raw("</tr>\n");
    }
    html.endTable().note(words.of("determines_note"));
    note("determines", Math.min(SHOWN, pairs.size()));
    html.raw("</details>\n");
  }

  /** Says of how many samples and fields this was made: nothing is left out in silence. */
  private void note(String of, int shown) {
    html.note(
        words.of(
            "looked_at",
            ReportText.count(amount(whole, "drawn_samples")),
            ReportText.count(amount(whole, of + "_fields_seen")),
            ReportText.count(amount(whole, of + "_fields")),
            ReportText.count(shown),
            ReportText.count(amount(whole, of + "_pairs"))));
  }

  private void changes() {
    Map<String, @Nullable Object> before = part(report, "profile_before");
    if (before.isEmpty()) {
      return;
    }
    List<@Nullable Object> changes = items(before, "changes");
    begin("changed_since", before.get("version"), ReportText.count(changes.size()));
    html.table(
        "changes",
        words.of("field"),
        words.of("measure"),
        ">" + words.of("before"),
        ">" + words.of("after"));
    for (Object item : changes.subList(0, Math.min(CHANGES, changes.size()))) {
      Map<String, @Nullable Object> change = Json.object(item);
      String field = ReportText.cut(change.get("field"), 120);
      String name = field.isEmpty() ? words.of("all_fields") : field;
      html.raw("<tr>").element("td", "class=\"name\"", name);
      String measure = words.or("measure.", change.get("measure"));
      html.raw("<td>").text(measure + " ");
      html.element("code", "", ReportText.cut(change.get("part"), 60)).raw("</td>");
      html.number(words.value(change.get("before"))).number(words.value(change.get("after")));
      html.raw("</tr>\n");
    }
    html.endTable();
    if (changes.size() > CHANGES) {
      html.note(words.of("changes_cut", ReportText.count(CHANGES)));
    }
    html.raw("</details>\n");
  }
}
