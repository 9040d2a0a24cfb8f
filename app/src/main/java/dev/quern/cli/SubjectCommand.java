package dev.quern.cli;

import dev.quern.operator.Registry;
import dev.quern.run.Plan;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.run.VersionRenewal;
import dev.quern.store.Erasure;
import dev.quern.store.Subjects;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds those whose data samples are, and forgets them. What is asked for is never printed. */
@Command(name = "subject")
final class SubjectCommand implements Action {
  @Parameters(index = "0", paramLabel = "find|forget|list", descriptionKey = "subject.task")
  Task task = Task.list;

  @Parameters(index = "1", paramLabel = "ID|@FILE|-", arity = "0..1", descriptionKey = "subject.id")
  Optional<String> subject = Optional.empty();

  @Option(names = "--field", paramLabel = "NAME")
  List<String> fields = new ArrayList<>();

  @Option(names = "--reason", paramLabel = "WORD")
  String reason = "request";

  @Option(names = "--models", paramLabel = "retire|keep")
  Models models = Models.retire;

  @Option(names = "--retrain", paramLabel = "RECIPE")
  List<Path> retrain = new ArrayList<>();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  /** What is to be done, as written on the command line. */
  enum Task {
    find,
    forget,
    list
  }

  /** What becomes of affected models. */
  enum Models {
    retire,
    keep
  }

  @Override
  public int run(Session session) throws Exception {
    Workspace workspace = Stock.of(session).workspace();
    return switch (task) {
      case find -> find(workspace, session);
      case forget -> forget(workspace, session);
      case list -> list(workspace, session);
    };
  }

  /** The command line is seen by others on this machine: a file or standard input is not. */
  private String subject(Session session) throws IOException {
    String given =
        subject.orElseThrow(
            () -> new UsageException("subject " + task + " must name a subject; found: none"));
    String id = given;
    if (given.equals("-")) {
      id = new String(session.outside().in().readAllBytes(), StandardCharsets.UTF_8);
    } else if (given.startsWith("@")) {
      Path file = session.outside().resolve(Path.of(given.substring(1)));
      if (!Files.isRegularFile(file)) {
        // Not which: who wrote an id that begins with @ has written the id.
        throw new UsageException("subject after @ must be a file; found: none of that name");
      }
      id = Files.readString(file, StandardCharsets.UTF_8);
    }
    id = id.strip();
    if (id.isEmpty() || id.indexOf('\n') >= 0) {
      throw new UsageException("subject must be one line of text; found: none or several");
    }
    return id;
  }

  private int find(Workspace workspace, Session session) throws IOException {
    Set<String> named = new TreeSet<>(fields);
    Subjects.Found found = workspace.subjects().find(subject(session), named, Instant.now());
    if (json) {
      session.json(plain(found));
      return Exit.DONE;
    }
    found
        .versions()
        .forEach(
            (version, samples) ->
                session.out().println(session.text("subject.version", version, samples)));
    found.related().forEach(one -> session.out().println(session.text("subject.related", one)));
    found.models().forEach(one -> session.out().println(session.text("subject.model", one)));
    exports(found.exports(), session);
    session.talk(
        session.text(
            "subject.found",
            found.versions().size(),
            found.shards(),
            session.text(found.forgotten() ? "subject.suppressed" : "subject.known")));
    return Exit.DONE;
  }

  private static void exports(List<Map<String, @Nullable Object>> exports, Session session) {
    for (Map<String, @Nullable Object> export : exports) {
      session
          .out()
          .println(
              session.text(
                  "subject.export",
                  String.valueOf(export.get("resource")),
                  Amounts.time(String.valueOf(export.get("time"))),
                  String.valueOf(export.get("to"))));
    }
  }

  private static Map<String, @Nullable Object> plain(Subjects.Found found) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("subject", found.subject());
    plain.put("key", found.key());
    plain.put("versions", new LinkedHashMap<>(found.versions()));
    plain.put("shards", found.shards());
    plain.put("related", found.related());
    plain.put("models", found.models());
    plain.put("exports", found.exports());
    plain.put("shards_read", found.shardsRead());
    plain.put("forgotten", found.forgotten());
    return plain;
  }

  private int forget(Workspace workspace, Session session) throws Exception {
    if (!reason.matches("[A-Za-z0-9_]{1,40}")) {
      throw new UsageException(
          "--reason must be one word of letters, digits and _, at most 40 (characters); found: "
              + (reason.isEmpty() ? "nothing" : reason));
    }
    List<Path> recipes = new ArrayList<>();
    for (Path recipe : retrain) {
      Path file = session.outside().resolve(recipe);
      if (!Files.isRegularFile(file)) {
        throw new UsageException(session.text("recipe.absent", recipe));
      }
      recipes.add(file);
    }
    Registry registry = session.registry(workspace.root());
    RunOptions usual = RunOptions.in(workspace.root());
    RunOptions options =
        new RunOptions(
            usual.workspace(),
            usual.threads(),
            usual.memoryBytes(),
            usual.limit(),
            session.messages().locale(),
            session.keyring(workspace.root()),
            usual.cpuHourPrice());
    Subjects.ModelPolicy policy =
        models == Models.retire ? Subjects.ModelPolicy.RETIRE : Subjects.ModelPolicy.KEEP;
    Erasure erasure =
        workspace
            .subjects()
            .forget(
                subject(session),
                reason,
                new TreeSet<>(fields),
                policy,
                new VersionRenewal(registry, options),
                Instant.now());
    Set<String> left = retrained(recipes, erasure, registry, options, session);
    if (json) {
      Map<String, @Nullable Object> plain = erasure.plain();
      plain.put("models_without_successor", List.copyOf(left));
      session.json(plain);
    } else {
      tell(erasure, left, session);
    }
    return Exit.DONE;
  }

  /** Runs {@code recipes} and returns the affected models that none of them has made anew. */
  private static Set<String> retrained(
      List<Path> recipes, Erasure erasure, Registry registry, RunOptions options, Session session)
      throws IOException {
    Set<String> left = new TreeSet<>(erasure.models());
    for (Path recipe : recipes) {
      RunOptions here =
          new RunOptions(
              options.workspace(),
              options.threads(),
              options.memoryBytes(),
              options.limit(),
              session.messages().locale(),
              session.secrets(Optional.ofNullable(recipe.getParent()).orElse(recipe)),
              options.cpuHourPrice());
      Plan plan = Planner.plan(registry, recipe, List.of(), here);
      RunResult result = Run.execute(plan, here, dev.quern.run.RunListener.NONE);
      session.talk(
          session.text("subject.retrained", plan.recipe().name(), String.valueOf(result.status())));
      boolean done = result.status() == RunResult.Status.DONE;
      plan.training()
          .filter(training -> done)
          .ifPresent(training -> left.removeIf(m -> m.startsWith(training.spec().name() + "@")));
    }
    return left;
  }

  private void tell(Erasure erasure, Set<String> left, Session session) {
    erasure
        .versions()
        .forEach(one -> session.out().println(session.text("subject.rewritten", one)));
    for (String model : erasure.models()) {
      String key = models == Models.retire ? "subject.retired" : "subject.affected";
      session.out().println(session.text(key, model));
    }
    left.forEach(one -> session.out().println(session.text("subject.without", one)));
    exports(erasure.exports(), session);
    erasure
        .mentioned()
        .forEach(one -> session.out().println(session.text("subject.mentioned", one)));
    session.talk(
        session.text(
            "subject.forgotten",
            erasure.counts().getOrDefault("samples", 0L),
            erasure.versions().size(),
            "erasure/" + erasure.id() + ".certificate.json"));
  }

  private int list(Workspace workspace, Session session) throws IOException {
    List<Erasure> erasures = workspace.subjects().erasures();
    if (json) {
      session.json(erasures.stream().map(Erasure::plain).toList());
      return Exit.DONE;
    }
    Table table =
        new Table(
            session.text("subject.erasure"),
            session.text("subject.state"),
            session.text("subject.reason"),
            ">" + session.text("datasets.samples"));
    for (Erasure erasure : erasures) {
      table.row(
          erasure.id(),
          erasure.state().name().toLowerCase(java.util.Locale.ROOT),
          erasure.reason(),
          Amounts.count(erasure.counts().getOrDefault("samples", 0L)));
    }
    table.print(session.out());
    return Exit.DONE;
  }
}
