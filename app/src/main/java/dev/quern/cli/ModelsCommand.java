package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.key.KeyRefusal;
import dev.quern.store.ModelVersion;
import dev.quern.store.Models;
import dev.quern.store.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the models of the workspace with their versions. */
@Command(name = "models")
final class ModelsCommand implements Action {
  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    Models models = Stock.of(session).workspace().models();
    Table table =
        new Table(
            session.text("models.version"),
            "HEAD",
            session.text("models.trainer"),
            session.text("models.target"),
            session.text("models.dataset"),
            session.text("models.metric"));
    List<Map<String, @Nullable Object>> plain = new ArrayList<>();
    for (String name : models.names()) {
      String head = models.head(name).orElse("");
      for (String id : models.versions(name)) {
        ModelVersion version = models.resolve(new Reference(name, Optional.of(id)));
        Map<String, @Nullable Object> card = card(models, version);
        card.put("version", id);
        card.put("head", id.equals(head));
        plain.add(card);
        table.row(
            name + "@" + id,
            id.equals(head) ? "*" : "",
            Values.text(card, "trainer"),
            Values.text(card, "target"),
            Values.text(card, "dataset") + "@" + Values.text(card, "dataset_version"),
            metric(card));
      }
    }
    if (json) {
      session.json(plain);
    } else if (plain.isEmpty()) {
      session.talk(session.text("models.none"));
    } else {
      table.print(session.out());
    }
    return Exit.DONE;
  }

  private static String metric(Map<String, @Nullable Object> card) {
    for (Map<String, @Nullable Object> metric : Values.parts(card, "metrics")) {
      if (metric.get("value") instanceof Number value) {
        return Values.text(metric, "name") + " " + Amounts.value(value.doubleValue());
      }
    }
    return "–";
  }

  /** Returns what the card of {@code version} tells; without its key, by what it was made. */
  private static Map<String, @Nullable Object> card(Models models, ModelVersion version)
      throws IOException {
    Map<String, @Nullable Object> card = new LinkedHashMap<>();
    card.put("name", version.name());
    try {
      card.putAll(models.card(version));
    } catch (DataException e) {
      if (!KeyRefusal.is(e) || version.made().isEmpty()) {
        throw e;
      }
      Reference made = Reference.parse(version.made().get().dataset());
      card.put("dataset", made.name());
      card.put("dataset_version", made.version().orElse(""));
      card.put("run", version.made().get().run());
      card.put("refused", e.code());
    }
    return card;
  }
}
