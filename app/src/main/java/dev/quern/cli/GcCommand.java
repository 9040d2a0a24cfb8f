package dev.quern.cli;

import dev.quern.store.Garbage;
import dev.quern.store.Workspace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what no kept version, no kept run and no next run of a recipe needs. */
@Command(name = "gc")
final class GcCommand implements Action {
  @Option(names = "--dry-run")
  boolean dryRun;

  @Option(names = "--all")
  boolean all;

  @Option(names = "--keep-versions", paramLabel = "N")
  @Nullable Integer versions;

  @Option(names = "--keep-runs", paramLabel = "N")
  @Nullable Integer runs;

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    if (versions != null && versions < 1) {
      throw new UsageException("--keep-versions must be >= 1 (versions); found: " + versions);
    }
    if (runs != null && runs < 0) {
      throw new UsageException("--keep-runs must be >= 0 (runs); found: " + runs);
    }
    Garbage.Rules rules =
        new Garbage.Rules(
            versions == null ? OptionalInt.empty() : OptionalInt.of(versions),
            runs == null ? OptionalInt.empty() : OptionalInt.of(runs),
            all ? Garbage.Points.NONE : Garbage.Points.LAST);
    Workspace workspace = Stock.of(session).workspace();
    Garbage.Found found =
        dryRun ? Garbage.find(workspace, rules) : Garbage.remove(workspace, rules);
    if (json) {
      session.json(plain(found));
    } else {
      print(found, session);
    }
    return Exit.DONE;
  }

  private Map<String, @Nullable Object> plain(Garbage.Found found) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("dry_run", dryRun);
    plain.put("bytes", found.bytes());
    List<Object> items = new ArrayList<>();
    for (Garbage.Piece item : found.pieces()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("kind", written(item.kind()));
      one.put("path", item.path());
      one.put("bytes", item.bytes());
      items.add(one);
    }
    plain.put("removed", items);
    List<Object> kept = new ArrayList<>();
    for (Garbage.Kept one : found.kept()) {
      kept.add(new LinkedHashMap<>(Map.of("version", one.version(), "needed_by", one.by())));
    }
    plain.put("kept", kept);
    plain.put("runs_at_work", found.live());
    return plain;
  }

  private static String written(Garbage.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void print(Garbage.Found found, Session session) {
    Map<Garbage.Kind, long[]> sums = new EnumMap<>(Garbage.Kind.class);
    for (Garbage.Piece item : found.pieces()) {
      long[] sum = sums.computeIfAbsent(item.kind(), kind -> new long[2]);
      sum[0]++;
      sum[1] += item.bytes();
    }
    if (!sums.isEmpty()) {
      Table table =
          new Table(
              session.text("gc.what"),
              ">" + session.text("gc.count"),
              ">" + session.text("datasets.size"));
      sums.forEach(
          (kind, sum) ->
              table.row(
                  session.text("gc.kind." + written(kind)),
                  Amounts.count(sum[0]),
                  Amounts.bytes((double) sum[1])));
      table.print(session.out());
    }
    for (Garbage.Piece item : found.pieces()) {
      if (item.kind() == Garbage.Kind.VERSION || item.kind() == Garbage.Kind.MODEL) {
        session
            .out()
            .println(session.text(dryRun ? "gc.would_version" : "gc.version", item.path()));
      }
    }
    for (Garbage.Kept kept : found.kept()) {
      session.out().println(session.text("gc.kept", kept.version(), kept.by()));
    }
    if (!found.live().isEmpty()) {
      session.talk(session.text("gc.live", String.join(", ", found.live())));
    }
    String size = Amounts.bytes((double) found.bytes());
    session.talk(session.text(dryRun ? "gc.would" : "gc.done", found.pieces().size(), size));
  }
}
