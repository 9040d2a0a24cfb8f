package dev.quern.cli;

import dev.quern.engine.Shard;
import dev.quern.run.AttemptLog;
import dev.quern.store.Datasets;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the datasets of the workspace with their versions, and finds damaged ones. */
@Command(name = "datasets")
final class DatasetsCommand implements Action {
  @Option(names = "--verify")
  boolean verify;

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    Workspace workspace = Stock.of(session).workspace();
    Datasets datasets = workspace.datasets();
    Table table =
        new Table(
            session.text("datasets.version"),
            "HEAD",
            ">" + session.text("datasets.samples"),
            ">" + session.text("datasets.size"),
            session.text("datasets.created"),
            session.text(verify ? "datasets.state" : "datasets.recipe"));
    long damaged = 0;
    List<Map<String, @Nullable Object>> plain = new ArrayList<>();
    for (String name : datasets.names()) {
      String head = datasets.head(name).orElse("");
      for (String id : datasets.versions(name)) {
        Manifest manifest = datasets.manifest(name, id);
        Map<String, @Nullable Object> one = plain(manifest, id.equals(head));
        List<Shard> broken = verify ? datasets.damaged(manifest) : List.of();
        damaged += broken.size();
        if (verify) {
          AttemptLog.verified(workspace, manifest, broken);
          one.put("damaged", broken.stream().map(Shard::path).toList());
          broken.forEach(shard -> tell(session, manifest, shard));
        }
        plain.add(one);
        table.row(
            name + "@" + id,
            id.equals(head) ? "*" : "",
            Amounts.count(manifest.samples()),
            Amounts.bytes((double) manifest.bytes()),
            Amounts.time(manifest.created()),
            verify ? state(session, broken.size()) : manifest.recipe());
      }
    }
    if (json) {
      session.json(plain);
    } else if (plain.isEmpty()) {
      session.talk(session.text("datasets.none"));
    } else {
      table.print(session.out());
    }
    return damaged == 0 ? Exit.DONE : Exit.DATA;
  }

  private static String state(Session session, int broken) {
    return broken == 0 ? session.text("datasets.whole") : session.text("datasets.damaged", broken);
  }

  private static void tell(Session session, Manifest manifest, Shard shard) {
    session
        .outside()
        .err()
        .println(
            session.text("datasets.broken", shard.path(), manifest.reference(), manifest.recipe()));
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
