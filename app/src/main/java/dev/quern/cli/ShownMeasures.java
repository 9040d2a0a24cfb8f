package dev.quern.cli;

import dev.quern.format.json.Json;
import dev.quern.run.AttemptLog;
import dev.quern.run.MergedStates;
import dev.quern.run.QualityMeasures;
import dev.quern.store.Manifest;
import dev.quern.store.ModelVersion;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The measures of one version or of the union of several, from stored states: no shard is read. */
final class ShownMeasures {
  private static final int WIDEST = 48;
  private static final int ID = 12;

  private ShownMeasures() {}

  static Map<String, @Nullable Object> plain(
      Session session, Stock stock, List<Manifest> versions, Optional<String> asOf)
      throws IOException {
    MergedStates states =
        new MergedStates(session.registry(session.workspace()), stock.workspace());
    List<QualityMeasures.Measured> measured =
        states.of(versions, asOf).stream()
            .map(
                one ->
                    new QualityMeasures.Measured(
                        one.operator(), one.parameters(), one.metrics(), one.ids()))
            .toList();
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("versions", versions.stream().map(v -> v.reference().toString()).toList());
    plain.put("samples", versions.stream().mapToLong(Manifest::samples).sum());
    plain.put(
        "measures",
        QualityMeasures.plain(
            versions.get(0).schema(),
            measured,
            versions.size() == 1 ? model(stock.workspace(), versions.get(0)) : List.of(),
            AttemptLog.accessible(stock.workspace(), versions)));
    return plain;
  }

  /** What a model was tested with is told of the version it was trained on, by its newest model. */
  private static List<Map<String, @Nullable Object>> model(Workspace workspace, Manifest version)
      throws IOException {
    List<Map<String, @Nullable Object>> metrics = new ArrayList<>();
    for (String name : workspace.models().names()) {
      for (String id : workspace.models().versions(name)) {
        ModelVersion model = workspace.models().resolve(new Reference(name, Optional.of(id)));
        String of = version.reference().toString();
        if (workspace.models().made(model).filter(made -> made.dataset().equals(of)).isPresent()) {
          metrics.clear();
          Json.list(workspace.models().card(model).get("metrics"))
              .forEach(metric -> metrics.add(Json.object(metric)));
        }
      }
    }
    return metrics;
  }

  static void print(Map<String, @Nullable Object> plain, Session session) {
    session.out().println(String.join(", ", texts(plain.get("versions"))));
    Table table =
        new Table(
            session.text("measures.measure"),
            session.text("measures.of"),
            ">" + session.text("measures.value"),
            session.text("measures.interval"),
            ">" + session.text("measures.evidence"),
            session.text("measures.basis"),
            session.text("measures.state"));
    for (Object item : Json.list(plain.get("measures"))) {
      Map<String, @Nullable Object> row = Json.object(item);
      table.row(
          Values.text(row, "measure"),
          of(row),
          row.get("value") instanceof Number n
              ? number(n.doubleValue())
              : session.text("measures.none"),
          interval(row),
          evidence(row),
          Values.text(row, "basis"),
          String.join(
              " ", texts(row.get("states")).stream().map(id -> id.substring(0, ID)).toList()));
    }
    table.print(session.out());
  }

  private static List<String> texts(@Nullable Object list) {
    return Json.list(list).stream().map(String::valueOf).toList();
  }

  private static String of(Map<String, @Nullable Object> row) {
    boolean renamed = !String.valueOf(row.get("measure")).equals(row.get("name"));
    String part = row.get("part") == null ? "" : " [" + row.get("part") + "]";
    String name = renamed ? " [" + row.get("name") + "]" : "";
    String fields = String.join(", ", texts(row.getOrDefault("fields", List.of())));
    // A measure of all fields would make the table as wide as the data.
    String shown = fields.length() > WIDEST ? fields.substring(0, WIDEST - 1) + "…" : fields;
    return shown + name + part;
  }

  private static String interval(Map<String, @Nullable Object> row) {
    if (row.get("low") instanceof Number low && row.get("high") instanceof Number high) {
      return low.equals(high)
          ? "="
          : number(low.doubleValue()) + " … " + number(high.doubleValue());
    }
    return "–";
  }

  private static String evidence(Map<String, @Nullable Object> row) {
    boolean told =
        "fraction".equals(row.get("unit"))
            && row.get("numerator") instanceof Number
            && row.get("denominator") instanceof Number all
            && all.doubleValue() > 0;
    return told
        ? number(Values.number(row, "numerator"))
            + " / "
            + number(Values.number(row, "denominator"))
        : "–";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.4f" : "%,.1f", value);
  }
}
