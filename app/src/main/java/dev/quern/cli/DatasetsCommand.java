package dev.quern.cli;

import dev.quern.store.Datasets;
import dev.quern.store.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the datasets of the workspace with their versions. */
@Command(name = "datasets")
final class DatasetsCommand implements Action {
  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    Datasets datasets = Stock.of(session).workspace().datasets();
    Table table =
        new Table(
            session.text("datasets.version"),
            "HEAD",
            ">" + session.text("datasets.samples"),
            ">" + session.text("datasets.size"),
            session.text("datasets.created"),
            session.text("datasets.recipe"));
    List<Map<String, @Nullable Object>> plain = new ArrayList<>();
    for (String name : datasets.names()) {
      String head = datasets.head(name).orElse("");
      for (String id : datasets.versions(name)) {
        Manifest manifest = datasets.manifest(name, id);
        plain.add(plain(manifest, id.equals(head)));
        table.row(
            name + "@" + id,
            id.equals(head) ? "*" : "",
            Amounts.count(manifest.samples()),
            Amounts.bytes((double) manifest.bytes()),
            Amounts.time(manifest.created()),
            manifest.recipe());
      }
    }
    if (json) {
      session.json(plain);
    } else if (plain.isEmpty()) {
      session.talk(session.text("datasets.none"));
    } else {
      table.print(session.out());
    }
    return Exit.DONE;
  }

  private static Map<String, @Nullable Object> plain(Manifest manifest, Boolean head) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("name", manifest.dataset());
    plain.put("version", manifest.version());
    plain.put("head", head);
    plain.put("digest", manifest.digest());
    plain.put("samples", manifest.samples());
    plain.put("bytes", manifest.bytes());
    plain.put("created", manifest.created());
    plain.put("recipe", manifest.recipe());
    plain.put("run", manifest.run());
    return plain;
  }
}
