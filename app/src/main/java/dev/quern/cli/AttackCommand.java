package dev.quern.cli;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Reader;
import dev.quern.privacy.KnownHierarchies;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.TableHierarchy;
import dev.quern.privacy.attack.Dictionary;
import dev.quern.privacy.attack.JoinUniqueness;
import dev.quern.privacy.attack.Linkage;
import dev.quern.privacy.attack.ValueMatch;
import dev.quern.run.Hierarchies;
import dev.quern.store.Manifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Attacks what is published, as somebody who wants to find people in it: counts, never values. */
@Command(name = "attack")
final class AttackCommand implements Action {
  @Parameters(
      index = "0",
      paramLabel = "linkage|dictionary|uniqueness",
      descriptionKey = "attack.kind")
  Kind kind = Kind.linkage;

  @Parameters(index = "1", paramLabel = "RELEASE", descriptionKey = "attack.release")
  String release = "";

  @Parameters(index = "2", paramLabel = "KNOWN", arity = "0..1", descriptionKey = "attack.known")
  Optional<String> known = Optional.empty();

  @Option(names = "--fields", paramLabel = "NAMES", split = ",")
  List<String> fields = new ArrayList<>();

  @Option(names = "--on", paramLabel = "NAMES", split = ",")
  List<String> on = new ArrayList<>();

  @Option(names = "--hierarchy", paramLabel = "FIELD=FILE")
  Map<String, Path> hierarchies = new LinkedHashMap<>();

  @Option(names = "--max-risk", paramLabel = "R")
  @Nullable Double maxRisk;

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  /** What is tried. */
  enum Kind {
    linkage,
    dictionary,
    uniqueness
  }

  @Override
  public int run(Session session) throws Exception {
    if (maxRisk != null && !(maxRisk >= 0 && maxRisk <= 1)) {
      throw new UsageException("--max-risk must be in [0, 1] (fraction); found: " + maxRisk);
    }
    if (fields.isEmpty()) {
      throw new UsageException("--fields must name at least one field; found: none");
    }
    String other =
        known.orElseThrow(
            () ->
                new UsageException(
                    "KNOWN must be a dataset or a file to attack with; found: nothing"));
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("attack", kind.name());
    result.put("release", release);
    double risk =
        switch (kind) {
          case linkage -> linkage(session, other, result);
          case dictionary -> dictionary(session, other, result);
          case uniqueness -> uniqueness(session, other, result);
        };
    boolean failed = maxRisk != null && risk > maxRisk;
    result.put("risk", risk);
    result.put("max_risk", maxRisk);
    result.put("failed", failed);
    if (json) {
      session.json(result);
    } else {
      print(session, result, failed);
    }
    return failed ? Exit.CHECK_FAILED : Exit.DONE;
  }

  private double linkage(Session session, String other, Map<String, @Nullable Object> result)
      throws IOException {
    Opened attacked = open(session, release);
    List<ValueMatch> matches = new ArrayList<>();
    for (String field : fields) {
      Path file = hierarchies.get(field);
      matches.add(
          file == null
              ? attacked.coarser.match(field)
              : ValueMatch.by(List.of(hierarchy(session.outside().resolve(file)))));
    }
    Linkage found = Linkage.of(attacked.table(fields), table(session, other, fields), matches);
    result.putAll(found.plain());
    if (found.people() > 0 && found.matched() == 0) {
      // Looks like safety, and is more often a value that is written another way.
      session.talk(session.text("attack.unmatched"));
    }
    return found.highestRisk();
  }

  private static TableHierarchy hierarchy(Path file) throws IOException {
    List<List<String>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        lines.add(List.of(line.split(line.indexOf(';') >= 0 ? ";" : ",", -1)));
      }
    }
    try {
      return new TableHierarchy(lines);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--hierarchy " + file.getFileName() + ": " + e.getMessage());
    }
  }

  private double dictionary(Session session, String other, Map<String, @Nullable Object> result)
      throws IOException {
    if (fields.size() != 1) {
      throw new UsageException(
          "--fields must name the one field of pseudonyms; found: " + fields.size() + " fields");
    }
    CombinationTable table = table(session, release, fields);
    Map<String, Long> pseudonyms = new HashMap<>();
    for (int row = 0; row < table.size(); row++) {
      String value = table.values(row).get(0);
      if (value != null) {
        pseudonyms.put(value, table.counts()[row]);
      }
    }
    Dictionary attack = new Dictionary(pseudonyms);
    try (BufferedReader lines =
        Files.newBufferedReader(session.outside().resolve(Path.of(other)))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          attack.attack(line);
        }
      }
    }
    result.putAll(attack.plain());
    return pseudonyms.isEmpty() ? 0 : (double) attack.inverted() / pseudonyms.size();
  }

  private double uniqueness(Session session, String other, Map<String, @Nullable Object> result)
      throws IOException {
    if (on.isEmpty()) {
      throw new UsageException("--on must name the fields joined on; found: none");
    }
    Opened first = open(session, release);
    Opened second = open(session, other);
    List<String> own = fields.stream().filter(name -> first.schema.indexOf(name) >= 0).toList();
    List<String> theirs = fields.stream().filter(name -> !own.contains(name)).toList();
    JoinUniqueness found =
        JoinUniqueness.of(
            first.table(together(on, own)), second.table(together(on, theirs)), on.size());
    result.put("before", found.before().plain());
    result.put("after", found.after().plain());
    return found.after().uniqueness();
  }

  private static List<String> together(List<String> keys, List<String> names) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(names);
    return all;
  }

  private static CombinationTable table(Session session, String written, List<String> names)
      throws IOException {
    return open(session, written).table(names);
  }

  /** Opens a file that is there, else a dataset version. */
  private static Opened open(Session session, String written) throws IOException {
    Path file = session.outside().resolve(Path.of(written));
    if (!Files.isRegularFile(file)) {
      Stock stock = Stock.of(session);
      Manifest manifest = stock.dataset(written);
      KnownHierarchies coarser = KnownHierarchies.read(Hierarchies.of(stock.workspace(), manifest));
      return new Opened(written, stock.reading(manifest), manifest.schema(), coarser);
    }
    String folder = String.valueOf(file.getParent());
    String name = String.valueOf(file.getFileName());
    Source source = new Source(0, name, folder, folder, Split.NONE, List.of());
    Reader reader =
        FileFormat.of(file).reader(session.registry(session.workspace()), file.toString());
    List<InputFile> files = reader.files(source, attempts -> {});
    Schema schema = reader.infer(source, files);
    Reading reading = reader.bind(source, files, schema, new RunContext(0));
    return new Opened(name, reading, schema, KnownHierarchies.read(Map.of()));
  }

  /** Samples that were opened; of a version it is known how its values became coarser. */
  private record Opened(String name, Reading reading, Schema schema, KnownHierarchies coarser) {
    CombinationTable table(List<String> names) throws IOException {
      int[] positions;
      try {
        positions = FieldChoice.named(schema, name, names);
      } catch (BindException e) {
        throw new UsageException(name + " " + e.getMessage());
      }
      Combinations combinations = new Combinations(positions);
      Flow.through(
          reading,
          (Batch batch) -> {
            combinations.add(batch);
            return Flow.Wish.MORE;
          });
      return combinations.table();
    }
  }

  private void print(Session session, Map<String, @Nullable Object> result, boolean failed) {
    Table table = new Table(session.text("attack.measure"), ">" + session.text("attack.found"));
    rows(table, "", result);
    table.print(session.out());
    session.talk(session.text(failed ? "attack.failed" : "attack.done"));
  }

  private static void rows(Table table, String prefix, Map<String, @Nullable Object> values) {
    for (Map.Entry<String, @Nullable Object> one : values.entrySet()) {
      if (one.getValue() instanceof Map<?, ?>) {
        rows(table, one.getKey() + " ", Values.part(values, one.getKey()));
      } else if (one.getValue() instanceof Long count) {
        table.row(prefix + one.getKey(), Amounts.count(count));
      } else if (one.getValue() instanceof Double share) {
        table.row(prefix + one.getKey(), String.format(java.util.Locale.ROOT, "%.4f", share));
      }
    }
  }
}
