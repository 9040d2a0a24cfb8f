package dev.quern.cli;

import dev.quern.contract.ContractWriter;
import dev.quern.contract.Suggestion;
import dev.quern.run.MetricHistory;
import dev.quern.run.RunOptions;
import dev.quern.run.StoredChecks;
import dev.quern.store.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds contracts against stored versions, suggests contracts, tells the history of metrics. */
@Command(name = "checks")
final class ChecksCommand implements Action {
  @Parameters(
      paramLabel = "[suggest|history] NAME[@V]",
      arity = "1..3",
      descriptionKey = "checks.words")
  List<String> words = new ArrayList<>();

  @Option(names = "--contract", paramLabel = "FILE")
  Optional<Path> contract = Optional.empty();

  @Option(names = "--schema", paramLabel = "NAME")
  Optional<String> schema = Optional.empty();

  @Option(names = "--verdicts", paramLabel = "FOLDER")
  Optional<Path> verdicts = Optional.empty();

  @Option(names = "--output", paramLabel = "FILE")
  Optional<Path> output = Optional.empty();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    String task = words.get(0);
    boolean known = words.size() > 1 && (task.equals("suggest") || task.equals("history"));
    if (words.size() > (known ? task.equals("history") ? 3 : 2 : 1)) {
      throw new UsageException(
          "checks must be NAME, suggest NAME or history NAME [METRIC]; found: "
              + String.join(" ", words));
    }
    if (known && task.equals("history")) {
      return history(session);
    }
    return known ? suggest(session) : check(session);
  }

  private static StoredChecks stored(Session session, Manifest manifest) throws Exception {
    Path workspace = session.workspace();
    RunOptions options = RunOptions.in(workspace).withSecrets(session.keyring(workspace));
    return new StoredChecks(
        session.registry(workspace),
        options,
        manifest,
        String.valueOf(ProcessHandle.current().pid()));
  }

  private int check(Session session) throws Exception {
    if (contract.isEmpty()) {
      throw new UsageException(
          "--contract must name a file to check the version with; found: none; to make one: quern"
              + " checks suggest "
              + words.get(0));
    }
    Manifest manifest = Stock.of(session).dataset(words.get(0));
    StoredChecks.Found found =
        stored(session, manifest)
            .check(
                session.outside().resolve(contract.get()),
                contract.get().toString(),
                schema,
                verdicts.map(session.outside()::resolve));
    if (json) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      all.put("dataset", manifest.reference().toString());
      all.put("checks", found.checks());
      all.put("verdicts", found.verdicts());
      session.json(all);
    } else {
      print(session, manifest, found);
    }
    return found.failed() ? Exit.CHECK_FAILED : Exit.DONE;
  }

  private void print(Session session, Manifest manifest, StoredChecks.Found found) {
    session.out().println(manifest.reference());
    Table table =
        new Table(
            session.text("checks.status"),
            session.text("checks.check"),
            ">" + session.text("checks.found"),
            ">" + session.text("checks.failing"));
    for (Map<String, @Nullable Object> check : found.checks()) {
      Object value = check.get("value");
      Object failing = check.get("failing");
      table.row(
          session.text("checks.status." + check.get("status")),
          Values.text(check, "check"),
          value instanceof Number n ? Amounts.value(n.doubleValue()) : "–",
          failing instanceof Number n ? Amounts.count(n.longValue()) : "–");
    }
    table.print(session.out());
    if (found.verdicts() > 0) {
      session.talk(
          session.text("checks.verdicts", Amounts.count(found.verdicts()), verdicts.get()));
    }
  }

  private int suggest(Session session) throws Exception {
    Manifest manifest = Stock.of(session).dataset(words.get(1));
    List<Suggestion> suggestions = stored(session, manifest).suggestions();
    String yaml =
        ContractWriter.yaml(
            manifest.dataset(), manifest.reference().toString(), manifest.schema(), suggestions);
    if (output.isPresent()) {
      Files.writeString(session.outside().resolve(output.get()), yaml, StandardCharsets.UTF_8);
    }
    if (json) {
      List<Object> all = new ArrayList<>();
      suggestions.forEach(one -> all.add(plain(one)));
      session.json(all);
    } else if (output.isEmpty()) {
      session.out().print(yaml);
    } else {
      table(session, suggestions);
      session.talk(session.text("checks.written", output.get(), manifest.reference()));
    }
    return Exit.DONE;
  }

  private static Map<String, @Nullable Object> plain(Suggestion one) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("fields", one.fields());
    plain.put("rule", one.what());
    plain.put("precision", one.asked() == 0 ? null : one.precision());
    plain.put("right", one.right());
    plain.put("held_out", one.asked());
    plain.put("contract", one.written());
    return plain;
  }

  private static void table(Session session, List<Suggestion> suggestions) {
    Table table =
        new Table(
            session.text("show.field"),
            session.text("checks.rule"),
            ">" + session.text("checks.precision"),
            ">" + session.text("checks.held_out"));
    for (Suggestion one : suggestions) {
      table.row(
          one.fields().isEmpty() ? "–" : String.join(", ", one.fields()),
          one.what(),
          one.asked() == 0 ? "–" : Amounts.value(one.precision()),
          one.asked() == 0 ? "–" : Amounts.count(one.asked()));
    }
    table.print(session.out());
  }

  private int history(Session session) throws Exception {
    Stock stock = Stock.of(session);
    String name = stock.dataset(words.get(1)).dataset();
    MetricHistory history = MetricHistory.of(stock.workspace().datasets(), name);
    Optional<String> metric = words.size() > 2 ? Optional.of(words.get(2)) : Optional.empty();
    Set<String> metrics = new LinkedHashSet<>();
    history.moments().forEach(moment -> metrics.addAll(moment.values().keySet()));
    if (metric.isPresent() && !metrics.contains(metric.get())) {
      throw new UsageException(
          "METRIC must be one of the history; found: "
              + metric.get()
              + dev.quern.text.Suggestion.of(metric.get(), metrics));
    }
    if (json) {
      List<Object> all = new ArrayList<>();
      for (MetricHistory.Moment moment : history.moments()) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("version", moment.version());
        one.put("created", moment.created().toString());
        one.put("failed_checks", moment.failed());
        Map<String, @Nullable Object> values = new LinkedHashMap<>(moment.values());
        metric.ifPresent(only -> values.keySet().retainAll(Set.of(only)));
        one.put("metrics", values);
        all.add(one);
      }
      session.json(all);
      return Exit.DONE;
    }
    List<String> headings = new ArrayList<>();
    headings.add(session.text("checks.metric"));
    history.moments().forEach(moment -> headings.add(">" + moment.version()));
    Table table = new Table(headings.toArray(String[]::new));
    for (String one : metrics) {
      if (metric.isEmpty() || metric.get().equals(one)) {
        List<Object> cells = new ArrayList<>();
        cells.add(one);
        for (MetricHistory.Moment moment : history.moments()) {
          Double value = moment.values().get(one);
          cells.add(value == null ? "–" : Amounts.value(value));
        }
        table.row(cells.toArray());
      }
    }
    table.print(session.out());
    return Exit.DONE;
  }
}
