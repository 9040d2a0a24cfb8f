package dev.quern.cli;

import dev.quern.privacy.recognise.FieldScan;
import dev.quern.privacy.recognise.TextScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a scan has found in one file or dataset, as people and programs are told. */
sealed interface ScanResult {
  /** Returns what was scanned. */
  String name();

  /** Returns whether nothing was found. */
  boolean isEmpty();

  /** Returns what was found as plain values. */
  Map<String, @Nullable Object> plain();

  /** Prints a table of what was found. */
  void print(Session session);

  /** Returns how much was looked at. */
  String done(Session session);

  /** Returns what could not be read, without its text; none if all was. */
  List<String> faults(Session session);

  /** Samples: findings by field and type. */
  record OfFields(String name, FieldScan scan, Flow.Result read) implements ScanResult {
    @Override
    public boolean isEmpty() {
      return scan.counts().isEmpty();
    }

    @Override
    public Map<String, @Nullable Object> plain() {
      List<Map<String, @Nullable Object>> counts = new ArrayList<>();
      for (FieldScan.Count count : scan.counts()) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("field", count.field());
        one.put("type", count.type());
        one.put("findings", count.findings());
        one.put("cells", count.cells());
        one.put("values", count.values());
        one.put("share", count.share());
        one.put("whole", count.isWhole());
        counts.add(one);
      }
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("samples", scan.samples());
      plain.put("quarantined", read.quarantined());
      plain.put("findings", counts);
      return plain;
    }

    @Override
    public void print(Session session) {
      Table table =
          new Table(
              session.text("scan.field"),
              session.text("scan.type"),
              ">" + session.text("scan.share"),
              ">" + session.text("scan.findings"),
              session.text("scan.judged"));
      for (FieldScan.Count count : scan.counts()) {
        table.row(
            count.field(),
            count.type(),
            String.format(Locale.ROOT, "%.1f %%", 100 * count.share()),
            Amounts.count(count.findings()),
            session.text(judged(count)));
      }
      table.print(session.out());
    }

    private static String judged(FieldScan.Count count) {
      if (count.isWhole()) {
        return "scan.whole";
      }
      return count.covered() == count.findings() ? "scan.values" : "scan.parts";
    }

    @Override
    public String done(Session session) {
      return session.text("scan.done", Amounts.count(scan.samples()));
    }

    @Override
    public List<String> faults(Session session) {
      return read.quarantined() == 0
          ? List.of()
          : List.of(
              read.firstFault(),
              session.text("scan.quarantined", Amounts.count(read.quarantined())));
    }
  }

  /** A text: findings by type, with their places. */
  record OfText(String name, TextScan scan) implements ScanResult {
    /** Places of a type in a table. */
    private static final int SHOWN = 6;

    @Override
    public boolean isEmpty() {
      return scan.counts().isEmpty();
    }

    @Override
    public Map<String, @Nullable Object> plain() {
      List<Map<String, @Nullable Object>> counts = new ArrayList<>();
      for (TextScan.Count count : scan.counts()) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("type", count.type());
        one.put("findings", count.findings());
        one.put("places", count.places().stream().map(TextScan.Place::toString).toList());
        counts.add(one);
      }
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("lines", scan.lines());
      plain.put("quarantined", scan.malformed());
      plain.put("findings", counts);
      return plain;
    }

    @Override
    public void print(Session session) {
      Table table =
          new Table(
              session.text("scan.type"),
              ">" + session.text("scan.findings"),
              session.text("scan.places"));
      for (TextScan.Count count : scan.counts()) {
        String places =
            count.places().stream()
                .limit(SHOWN)
                .map(TextScan.Place::toString)
                .collect(Collectors.joining(" "));
        boolean more = count.findings() > SHOWN;
        table.row(count.type(), Amounts.count(count.findings()), places + (more ? " …" : ""));
      }
      table.print(session.out());
    }

    @Override
    public String done(Session session) {
      return session.text("scan.done.text", Amounts.count(scan.lines()));
    }

    @Override
    public List<String> faults(Session session) {
      return scan.malformed() == 0
          ? List.of()
          : List.of(
              session.text(
                  "scan.malformed",
                  name + ":" + scan.firstMalformed(),
                  Amounts.count(scan.malformed())));
    }
  }
}
