package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.store.Audit;
import dev.quern.store.AuditCheck;
import dev.quern.store.AuditEntry;
import dev.quern.store.AuditHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was done with the data of the workspace, and proves that nobody has changed that. */
@Command(name = "audit")
final class AuditCommand implements Action {
  @Parameters(
      index = "0",
      paramLabel = "show|verify|head",
      arity = "0..1",
      descriptionKey = "audit.task")
  Task task = Task.show;

  @Option(names = "--head", paramLabel = "FILE")
  Optional<Path> head = Optional.empty();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  /** What is to be done, as written on the command line. */
  enum Task {
    show,
    verify,
    head
  }

  @Override
  public int run(Session session) throws Exception {
    Audit audit = Stock.of(session).workspace().audit();
    return switch (task) {
      case show -> show(audit, session);
      case verify -> verify(audit, session);
      case head -> head(audit, session);
    };
  }

  private int show(Audit audit, Session session) throws IOException {
    List<AuditEntry> entries = audit.entries();
    if (json) {
      session.json(entries.stream().map(AuditEntry::plain).toList());
      return Exit.DONE;
    }
    Table table =
        new Table(
            ">" + session.text("audit.line"),
            session.text("audit.time"),
            session.text("audit.actor"),
            session.text("audit.action"),
            session.text("audit.resource"),
            session.text("audit.purpose"));
    for (AuditEntry entry : entries) {
      table.row(
          entry.seq(),
          Amounts.time(entry.text("time")),
          entry.text("actor"),
          entry.text("action"),
          entry.text("resource"),
          entry.text("purpose"));
    }
    table.print(session.out());
    return Exit.DONE;
  }

  /** Prints the newest head, to be kept where who can write the workspace cannot. */
  private int head(Audit audit, Session session) throws IOException {
    Optional<AuditHead> newest = audit.head();
    if (newest.isEmpty()) {
      session.talk(session.text("audit.none"));
    } else {
      session.out().println(dev.quern.format.json.Json.canonical(newest.get().plain()));
    }
    return Exit.DONE;
  }

  private int verify(Audit audit, Session session) throws IOException {
    Optional<AuditHead> kept =
        head.isPresent()
            ? Optional.of(kept(session.outside().resolve(head.get())))
            : Optional.empty();
    AuditCheck.Found found = audit.verify(kept);
    if (json) {
      session.json(plain(found));
    } else {
      for (AuditCheck.Problem problem : found.problems()) {
        session.out().println(place(problem) + "  " + problem.message());
      }
      if (found.torn() > 0) {
        session.talk(session.text("audit.torn", found.torn()));
      }
      String key = found.problems().isEmpty() ? "audit.whole" : "audit.broken";
      session.talk(
          session.text(
              key,
              Amounts.count(found.lines()),
              Amounts.count(found.heads()),
              found.key(),
              found.problems().size()));
    }
    return found.problems().isEmpty() ? Exit.DONE : Exit.DATA;
  }

  private static AuditHead kept(Path file) throws IOException {
    try {
      return AuditHead.parse(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "head_damaged", file + " must hold what quern audit head printed; found: another", e);
    }
  }

  private static String place(AuditCheck.Problem problem) {
    String file = problem.kind() == AuditCheck.Kind.HEAD ? "audit/heads.jsonl" : Audit.FILE;
    return problem.line() == 0 ? file : file + ":" + problem.line();
  }

  private static Map<String, @Nullable Object> plain(AuditCheck.Found found) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("lines", found.lines());
    plain.put("heads", found.heads());
    plain.put("torn_bytes", found.torn());
    plain.put("key", found.key());
    List<Object> problems = new ArrayList<>();
    for (AuditCheck.Problem problem : found.problems()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("kind", problem.kind().name().toLowerCase(Locale.ROOT));
      one.put("line", problem.line());
      one.put("message", problem.message());
      problems.add(one);
    }
    plain.put("problems", problems);
    return plain;
  }
}
