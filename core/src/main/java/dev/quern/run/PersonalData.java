package dev.quern.run;

import dev.quern.engine.FoundCounts;
import dev.quern.engine.StepCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What steps have found in fields, by field and type: counts and scores, never a value. */
final class PersonalData {
  private PersonalData() {}

  /** One line of the table: a type in a field. */
  private record Row(String field, String type, FoundCounts counts) {
    private static final Comparator<Row> ORDER =
        Comparator.comparing(Row::field)
            .thenComparing(row -> -row.counts().findings())
            .thenComparing(Row::type);

    /** Types are capitals, digits and underscores: the first bracket ends them. */
    static Row of(String place, FoundCounts counts) {
      int bracket = place.indexOf('(');
      return new Row(
          place.substring(bracket + 1, place.length() - 1), place.substring(0, bracket), counts);
    }
  }

  /** Returns one entry for each step that has found something, in the order of the passes. */
  static List<Object> plain(Accounting accounting) {
    List<Object> steps = new ArrayList<>();
    accounting
        .steps()
        .forEach(
            (label, counts) -> {
              if (!counts.found().isEmpty()) {
                Map<String, Object> step = new LinkedHashMap<>();
                step.put("step", label);
                step.put("samples", counts.read());
                step.put("found", rows(counts));
                steps.add(step);
              }
            });
    return steps;
  }

  private static List<Object> rows(StepCounts counts) {
    List<Row> rows = new ArrayList<>();
    counts.found().forEach((place, found) -> rows.add(Row.of(place, found)));
    rows.sort(Row.ORDER);
    List<Object> plain = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("field", row.field());
      one.put("type", row.type());
      one.put("findings", row.counts().findings());
      one.put("samples", row.counts().samples());
      one.put("share", counts.read() == 0 ? 0.0 : (double) row.counts().samples() / counts.read());
      one.put("mean_score", row.counts().meanScore());
      plain.add(one);
    }
    return plain;
  }
}
