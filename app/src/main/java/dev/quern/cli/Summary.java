package dev.quern.cli;

import dev.quern.run.RunResult;
import dev.quern.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run has come to, in ten lines; holds counts, names and metrics, never samples. */
final class Summary {
  private static final int REASONS = 3;

  private final Messages messages;
  private final Style style;
  private final Map<String, @Nullable Object> report;

  Summary(Messages messages, Style style, Map<String, @Nullable Object> report) {
    this.messages = messages;
    this.style = style;
    this.report = report;
  }

  /** Returns the lines, at most ten. */
  List<String> lines(RunResult result) {
    List<String> lines = new ArrayList<>();
    Map<String, @Nullable Object> counts = Values.part(report, "accounting");
    lines.add(headline(result));
    lines.add(
        line("read", Amounts.count(Values.count(counts, "read")) + created(counts) + limited()));
    lines.add(
        line("kept", Amounts.count(Values.count(counts, "kept")) + splits() + changed(counts)));
    lines.add(line("dropped", amount(counts, "dropped", "reasons") + merged(counts)));
    lines.add(line("quarantined", amount(counts, "quarantined", "rules") + first()));
    lines.add(line("dataset", dataset()));
    lines.add(line("checks", checks()));
    lines.add(line("model", model()));
    lines.add(line("cost", cost()));
    lines.add(line("report", result.page().toString()));
    return lines;
  }

  private String headline(RunResult result) {
    String text =
        switch (result.status()) {
          case DONE -> style.good(messages.text("summary.done", result.id()));
          case CHECK_FAILED -> style.bad(messages.text("summary.check_failed", result.id()));
          case QUARANTINE_EXCEEDED ->
              style.bad(messages.text("summary.quarantine_exceeded", result.id(), percent()));
        };
    return Values.text(report, "recipe") + ": " + text;
  }

  private String line(String name, String value) {
    String label = messages.text("summary." + name);
    return "  " + label + " ".repeat(Math.max(1, 14 - Table.width(label))) + OneLine.of(value);
  }

  private String created(Map<String, @Nullable Object> counts) {
    long created = Values.count(counts, "created");
    return created == 0 ? "" : messages.text("summary.created", Amounts.count(created));
  }

  private String percent() {
    return Amounts.value(100 * Values.number(report, "max_quarantined"));
  }

  private String limited() {
    long limit = Values.count(report, "limit");
    return limit == 0 ? "" : messages.text("summary.limited", Amounts.count(limit));
  }

  private String changed(Map<String, @Nullable Object> counts) {
    Map<String, @Nullable Object> rules = Values.part(counts, "changed");
    long cells = rules.values().stream().mapToLong(Summary::number).sum();
    return cells == 0 ? "" : messages.text("summary.changed", Amounts.count(cells));
  }

  private String merged(Map<String, @Nullable Object> counts) {
    long merged = Values.count(counts, "merged");
    return merged == 0 ? "" : messages.text("summary.merged", Amounts.count(merged));
  }

  private String splits() {
    List<String> parts = new ArrayList<>();
    Values.part(Values.part(report, "dataset"), "splits")
        .forEach(
            (split, n) -> {
              if (!split.equals("none")) {
                parts.add(split + " " + Amounts.count(number(n)));
              }
            });
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static String amount(Map<String, @Nullable Object> counts, String name, String why) {
    List<Map.Entry<String, @Nullable Object>> reasons =
        new ArrayList<>(Values.part(counts, why).entrySet());
    reasons.sort((a, b) -> Long.compare(number(b.getValue()), number(a.getValue())));
    List<String> shown = new ArrayList<>();
    for (Map.Entry<String, @Nullable Object> reason :
        reasons.subList(0, Math.min(REASONS, reasons.size()))) {
      shown.add(reason.getKey() + " " + Amounts.count(number(reason.getValue())));
    }
    if (reasons.size() > REASONS) {
      shown.add("…");
    }
    String all = Amounts.count(Values.count(counts, name));
    return shown.isEmpty() ? all : all + " (" + String.join(", ", shown) + ")";
  }

  /** The place of the first sample that was set aside and what must hold there. */
  private String first() {
    Map<String, @Nullable Object> fault = Values.part(report, "quarantine_first");
    if (fault.isEmpty()) {
      return "";
    }
    String source = Values.text(fault, "source");
    boolean lines = Values.count(fault, "line") > 0;
    String place = source + (lines ? ":" + fault.get("line") : " @ " + fault.get("position"));
    String field = Values.text(fault, "field");
    long length = Values.count(fault, "length");
    String found =
        length == 0
            ? Values.text(fault, "rule")
            : messages.text("summary.masked", length, Values.text(fault, "mask"));
    String what = field.isEmpty() ? messages.text("summary.sample") : field;
    return messages.text("summary.first", place, what, Values.text(fault, "expected"), found);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private String dataset() {
    Map<String, @Nullable Object> dataset = Values.part(report, "dataset");
    if (dataset.isEmpty()) {
      return messages.text("summary.none");
    }
    String digest = Values.text(dataset, "digest");
    String shown = digest.substring(0, Math.min(16, digest.length()));
    String why = Values.count(report, "limit") > 0 ? "summary.head_limited" : "summary.head_stays";
    String head = Values.text(dataset, "head").equals("stays") ? messages.text(why) : "";
    return Values.text(dataset, "name")
        + "@"
        + Values.text(dataset, "version")
        + "  "
        + messages.text("summary.digest", shown)
        + head;
  }

  private String checks() {
    List<Map<String, @Nullable Object>> checks = Values.parts(report, "checks");
    if (checks.isEmpty()) {
      return messages.text("summary.none");
    }
    List<String> failed = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Map<String, @Nullable Object> check : checks) {
      String status = Values.text(check, "status");
      if (status.equals("not_executed")) {
        skipped.add(Values.text(check, "check"));
      } else if (!status.equals("passed") && !status.equals("no_history")) {
        failed.add(Values.text(check, "check"));
      }
    }
    int executed = checks.size() - skipped.size();
    StringBuilder line = new StringBuilder();
    line.append(messages.text("summary.passed", executed - failed.size(), executed));
    if (!failed.isEmpty()) {
      line.append("; ").append(messages.text("summary.failed", String.join(", ", failed)));
    }
    if (!skipped.isEmpty()) {
      line.append("; ").append(messages.text("summary.skipped", String.join(", ", skipped)));
    }
    for (String part : List.of("verdicts", "aside")) {
      long count = Values.count(Values.part(report, part), "count");
      if (count > 0) {
        String shown = Amounts.count(count);
        String place = Values.text(Values.part(report, part), "folder");
        line.append("; ").append(messages.text("summary." + part, shown, place));
      }
    }
    for (Map<String, @Nullable Object> warning : Values.parts(report, "history_warnings")) {
      line.append("; ").append(messages.text("summary.unusual", Values.text(warning, "metric")));
    }
    return line.toString();
  }

  private String model() {
    Map<String, @Nullable Object> model = Values.part(report, "model");
    if (model.isEmpty()) {
      return messages.text("summary.none");
    }
    StringBuilder line = new StringBuilder(Values.text(model, "name"));
    line.append('@').append(Values.text(model, "version"));
    List<Map<String, @Nullable Object>> metrics = Values.parts(model, "metrics");
    if (!metrics.isEmpty()) {
      Map<String, @Nullable Object> metric = metrics.get(0);
      String part = Values.text(metric, "part");
      line.append("  ").append(Values.text(metric, "name"));
      line.append(part.isEmpty() ? "" : " (" + part + ")").append(' ');
      line.append(
          metric.get("value") instanceof Number value
              ? Amounts.value(value.doubleValue())
              : messages.text("summary.none"));
    }
    return line.toString();
  }

  private String cost() {
    Map<String, @Nullable Object> cost = Values.part(report, "cost");
    String line =
        messages.text(
            "summary.cpu",
            Amounts.duration(Values.number(cost, "cpu_seconds")),
            Amounts.duration(Values.number(cost, "wall_seconds")),
            Amounts.bytes(Values.number(cost, "bytes_read")));
    double spilled = Values.number(cost, "spilled_bytes");
    if (spilled > 0) {
      line += messages.text("summary.spilled", Amounts.bytes(spilled));
    }
    double peak = Values.number(cost, "peak_resident_bytes");
    if (peak > 0) {
      line += messages.text("summary.peak", Amounts.bytes(peak));
    }
    return cost.get("price") instanceof Number price
        ? line + messages.text("summary.price", Amounts.value(price.doubleValue()))
        : line;
  }
}
