package dev.quern.cli;

import dev.quern.data.Batch;
import dev.quern.drift.DriftComparison;
import dev.quern.drift.DriftRules;
import dev.quern.drift.DriftState;
import dev.quern.drift.Finding;
import dev.quern.drift.Finding.Measure;
import dev.quern.drift.Finding.Verdict;
import dev.quern.store.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Drift between two versions, as {@code quern diff} tells it. */
final class DriftDiff {
  private DriftDiff() {}

  /** Reads both versions once and compares them; nothing where they hold the same samples. */
  static List<Finding> of(Stock stock, Manifest a, Manifest b, DriftRules rules)
      throws IOException {
    return a.digest().equals(b.digest())
        ? List.of()
        : DriftComparison.compare(state(stock, a), state(stock, b), rules);
  }

  private static DriftState state(Stock stock, Manifest manifest) throws IOException {
    DriftState state = DriftState.of(manifest.schema(), manifest.schema().fields());
    Flow.through(
        stock.reading(manifest),
        (Batch batch) -> {
          state.add(batch);
          return Flow.Wish.MORE;
        });
    return state;
  }

  /** Prints all but what chance may do, the alarms first, and how many comparisons there were. */
  static void print(List<Finding> findings, DriftRules rules, Session session) {
    if (findings.isEmpty()) {
      return;
    }
    Table table =
        new Table(
            session.text("drift.verdict"),
            session.text("drift.field"),
            session.text("drift.measure"),
            ">" + session.text("drift.effect"),
            ">" + session.text("drift.floor"),
            ">" + session.text("drift.adjusted"),
            session.text("drift.found"));
    int shown = 0;
    for (Verdict verdict : List.of(Verdict.ALARM, Verdict.SMALL)) {
      for (Finding finding : findings) {
        if (finding.verdict() == verdict) {
          row(table, finding, session);
          shown++;
        }
      }
    }
    session.out().println();
    if (shown > 0) {
      table.print(session.out());
    }
    long alarms = findings.stream().filter(Finding::isAlarm).count();
    session
        .out()
        .println(session.text("drift.summary", alarms, findings.size(), percent(rules.alpha())));
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%s %%", Amounts.value(100 * fraction));
  }

  private static void row(Table table, Finding finding, Session session) {
    boolean certain = finding.adjusted().isEmpty();
    table.row(
        session.text("drift." + finding.verdict().name().toLowerCase(Locale.ROOT)),
        finding.field().isEmpty() ? session.text("drift.all") : finding.field(),
        measure(finding, session),
        finding.measure() == Measure.SCHEMA ? "" : number(finding.effect()),
        finding.measure() == Measure.SCHEMA ? "" : number(finding.floor()),
        certain ? "" : finding.adjusted().map(DriftDiff::number).orElse(""),
        found(finding, session));
  }

  private static String measure(Finding finding, Session session) {
    String measure = session.text("drift.of." + finding.measure().written());
    Optional<String> aspect =
        finding.aspect().map(found -> session.text("drift.aspect." + found.written()));
    return aspect
        .filter(word -> !word.isEmpty())
        .map(word -> measure + ", " + word)
        .orElse(measure);
  }

  private static String number(double value) {
    return value != 0 && Math.abs(value) < 0.0005
        ? String.format(Locale.ROOT, "%.0e", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String found(Finding finding, Session session) {
    List<String> parts = new ArrayList<>();
    Finding.Detail detail = finding.detail();
    detail.changes().forEach(change -> parts.add(session.text("drift." + change)));
    if (!detail.before().equals(detail.after())) {
      parts.add((detail.before() + " → " + detail.after()).strip());
    }
    if (!detail.added().isEmpty()) {
      parts.add(session.text("drift.added", String.join(", ", detail.added())));
    }
    if (!detail.vanished().isEmpty()) {
      parts.add(session.text("drift.vanished", String.join(", ", detail.vanished())));
    }
    return String.join("; ", parts);
  }
}
