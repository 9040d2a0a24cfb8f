package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one round has learnt of a table: judges rows one by one. */
record Model(
    List<Format> formats,
    List<Leakage> leakages,
    List<Dependency> dependencies,
    List<Template> templates,
    List<@Nullable Spelling> spellings,
    List<Shapes> shapes,
    Swaps swaps,
    Numbers numbers) {

  /** Learns from {@code rows}. */
  static Model learn(List<@Nullable String[]> rows, int fields) {
    Table raw = new Table(rows, fields);
    List<Format> formats = new ArrayList<>();
    for (int field = 0; field < fields; field++) {
      formats.add(Format.learn(raw, field));
    }
    List<@Nullable String[]> tidy = new ArrayList<>();
    for (@Nullable String[] row : rows) {
      tidy.add(tidied(row, formats, new ArrayList<>()));
    }
    Table table = new Table(tidy, fields);
    List<Leakage> leakages = Leakage.learn(table, formats);
    List<@Nullable String[]> whole = new ArrayList<>();
    for (@Nullable String[] row : tidy) {
      List<Finding> findings = new ArrayList<>();
      leakages.forEach(l -> l.judge(row, findings));
      whole.add(Repairs.apply(row, findings, 0.5));
    }
    table = new Table(whole, fields);
    List<Dependency> dependencies = new DependencySearch(table).search();
    List<@Nullable Spelling> spellings = Spellings.learn(table);
    Numbers numbers = Numbers.learn(table, formats);
    List<Shapes> shapes = new ArrayList<>();
    for (int field = 0; field < fields; field++) {
      shapes.add(Shapes.learn(table, field));
    }
    Swaps swaps = Swaps.learn(table, formats, numbers, shapes);
    return new Model(
        formats, leakages, dependencies, Template.learn(table), spellings, shapes, swaps, numbers);
  }

  private static @Nullable String[] tidied(
      @Nullable String[] row, List<Format> formats, List<Finding> findings) {
    @Nullable String[] tidy = row.clone();
    for (int field = 0; field < row.length; field++) {
      String cell = row[field];
      Finding finding = cell == null ? null : formats.get(field).judge(field, cell);
      if (finding != null) {
        findings.add(finding);
        if (finding.repair() != null) {
          tidy[field] = finding.repair();
        } else if (finding.rule() == Rule.MISSING_TOKEN) {
          tidy[field] = null;
        }
      }
    }
    return tidy;
  }

  /** Returns what is wrong in {@code row}. */
  List<Finding> judge(@Nullable String[] row) {
    List<Finding> findings = new ArrayList<>();
    @Nullable String[] tidy = tidied(row, formats, findings);
    List<Finding> leaks = new ArrayList<>();
    leakages.forEach(l -> l.judge(tidy, leaks));
    findings.addAll(leaks);
    @Nullable String[] whole = Repairs.apply(tidy, leaks, 0.5);
    double[] fair = new Blame(dependencies, templates).judge(whole, findings);
    for (int field = 0; field < row.length; field++) {
      Spelling spelling = spellings.get(field);
      String cell = whole[field];
      Spelling.Near near =
          spelling == null || cell == null || formats.get(field).fits(cell)
              ? null
              : spelling.nearest(cell);
      if (spelling != null && near != null && fair[field] < 1 && spelling.confidence() >= 0.5) {
        double sure = spelling.confidence();
        findings.add(new Finding(field, Rule.TYPO, sure, sure * near.share(), near.value(), false));
      }
    }
    strange(whole, findings);
    swaps.judge(whole, findings);
    numbers.judge(whole, findings);
    return findings;
  }

  private void strange(@Nullable String[] row, List<Finding> findings) {
    for (int field = 0; field < row.length; field++) {
      String cell = row[field];
      if (cell == null || formats.get(field).number()) {
        continue;
      }
      boolean strange = shapes.get(field).isStrange(cell);
      if (MissingTokens.number(cell) && (strange || shapes.get(field).words())) {
        findings.add(Finding.impossible(field, Rule.MISSING_TOKEN, 0.9));
      } else if (strange) {
        findings.add(Finding.doubtful(field, Rule.FORMAT, 0.85));
      }
    }
  }
}
