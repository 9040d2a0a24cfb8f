package dev.quern.cli;

import dev.quern.key.Keyring;
import dev.quern.key.KeysetInfo;
import dev.quern.key.Purpose;
import dev.quern.store.AuditEvent;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

/** Makes the keyring of the workspace, and makes, rotates, disables and destroys its keys. */
@Command(name = "keys")
final class KeysCommand implements Action {
  @Parameters(paramLabel = "[TASK] [NAME] [ID]", arity = "0..3", descriptionKey = "keys.words")
  List<String> words = new ArrayList<>();

  @Option(names = "--kek", paramLabel = "REFERENCE", descriptionKey = "keys.kek")
  Optional<String> kek = Optional.empty();

  @Option(names = "--purpose", paramLabel = "PURPOSE", descriptionKey = "keys.purpose")
  Optional<String> purpose = Optional.empty();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  private enum Task {
    INIT(0),
    LIST(0),
    CREATE(1),
    ROTATE(1),
    DISABLE(2),
    ENABLE(2),
    DESTROY(2),
    REWRAP(0),
    READ(1);

    private final int names;

    Task(int names) {
      this.names = names;
    }

    String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public int run(Session session) throws Exception {
    Task task = task();
    if (task == Task.READ) {
      return read(session);
    }
    Path workspace = session.workspace();
    Path folder = workspace.resolve("keys");
    Path beside = workspace.toAbsolutePath().resolveSibling("");
    Keyring keyring =
        Keyring.in(folder, session.secrets(session.outside().folder(), beside)::secret);
    String now = Instant.now().toString();
    if (task != Task.LIST) {
      String keyset = words.size() > 1 ? words.get(1) : "keyring";
      AuditEvent event =
          AuditEvent.of(AuditEvent.Action.KEY, "key/" + keyset, "keys " + task.written());
      new Workspace(workspace).audit().add(Instant.parse(now), event);
    }
    switch (task) {
      case INIT -> keyring.create(required(kek, "--kek", "env:NAME, file:PATH or kms:SCHEME:REST"));
      case REWRAP ->
          keyring.rewrap(required(kek, "--kek", "env:NAME, file:PATH or kms:SCHEME:REST"));
      case CREATE -> keyring.add(words.get(1), purpose(), now);
      case ROTATE -> keyring.rotate(words.get(1), now);
      case DISABLE -> keyring.disable(words.get(1), words.get(2));
      case ENABLE -> keyring.enable(words.get(1), words.get(2));
      case DESTROY -> keyring.destroy(words.get(1), words.get(2));
      case LIST, READ -> {}
    }
    List<KeysetInfo> shown = task.names == 0 ? keyring.list() : List.of(keyring.info(words.get(1)));
    if (json) {
      session.json(plain(keyring, shown));
    } else {
      print(session, keyring, shown);
    }
    return Exit.DONE;
  }

  /** Prints the content of a file of the workspace, which is encrypted or not. */
  private int read(Session session) throws IOException {
    Stock stock = Stock.of(session);
    Path root = stock.workspace().root();
    Path given = session.outside().resolve(Path.of(words.get(1))).toAbsolutePath().normalize();
    Path file = Files.exists(given) ? given : root.resolve(words.get(1)).normalize();
    if (!file.startsWith(root)) {
      throw new UsageException(
          "keys read FILE must name a file of the workspace " + root + "; found: one elsewhere");
    }
    String name = root.relativize(file).toString().replace('\\', '/');
    stock.tell(AuditEvent.of(AuditEvent.Action.KEY, "file/" + name, "keys read"));
    byte[] content = stock.workspace().content(file);
    session.out().write(content, 0, content.length);
    session.out().flush();
    return Exit.DONE;
  }

  private Task task() {
    String word = words.isEmpty() ? "list" : words.get(0);
    List<String> known = new ArrayList<>();
    for (Task task : Task.values()) {
      known.add(task.written());
      if (task.written().equals(word)) {
        if (Math.max(1, words.size()) != task.names + 1) {
          throw new UsageException(
              "keys "
                  + word
                  + " must be followed by "
                  + List.of("nothing", "NAME", "NAME ID").get(task.names)
                  + "; found: "
                  + (words.size() - 1)
                  + " words");
        }
        return task;
      }
    }
    throw new UsageException(
        "keys must be one of "
            + String.join(", ", known)
            + "; found: "
            + word
            + dev.quern.text.Suggestion.of(word, known));
  }

  /** People write {@code ${env:NAME}} in recipes. */
  private static String required(Optional<String> option, String name, String rule) {
    String written =
        option.orElseThrow(
            () -> new UsageException(name + " must be given: " + rule + "; found: nothing"));
    boolean braces = written.startsWith("${") && written.endsWith("}");
    return braces ? written.substring(2, written.length() - 1) : written;
  }

  private Purpose purpose() {
    String rule = String.join(", ", Purpose.names());
    String written = required(purpose, "--purpose", rule);
    return Purpose.of(written)
        .orElseThrow(
            () -> new UsageException("--purpose must be one of " + rule + "; found: " + written));
  }

  private static Map<String, @Nullable Object> plain(Keyring keyring, List<KeysetInfo> shown) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("key_encryption_key", keyring.reference());
    List<Object> keysets = new ArrayList<>();
    for (KeysetInfo keyset : shown) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("name", keyset.name());
      one.put("purpose", keyset.purpose().written());
      one.put("primary", keyset.primary());
      List<Object> keys = new ArrayList<>();
      for (KeysetInfo.Key key : keyset.keys()) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("id", key.id());
        told.put("status", written(key));
        told.put("created", key.created());
        keys.add(told);
      }
      one.put("keys", keys);
      keysets.add(one);
    }
    plain.put("keysets", keysets);
    return plain;
  }

  private static String written(KeysetInfo.Key key) {
    return key.status().name().toLowerCase(Locale.ROOT);
  }

  private static void print(Session session, Keyring keyring, List<KeysetInfo> shown) {
    if (shown.isEmpty()) {
      session.talk(session.text("keys.none", keyring.reference()));
      return;
    }
    Table table =
        new Table(
            session.text("keys.keyset"),
            session.text("keys.for"),
            session.text("keys.key"),
            session.text("keys.status"),
            session.text("datasets.created"));
    for (KeysetInfo keyset : shown) {
      for (KeysetInfo.Key key : keyset.keys()) {
        table.row(
            keyset.name(),
            keyset.purpose().written(),
            key.id(),
            session.text("keys.status." + written(key)),
            Amounts.time(key.created()));
      }
    }
    table.print(session.out());
  }
}
