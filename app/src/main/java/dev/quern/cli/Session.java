package dev.quern.cli;

import dev.quern.format.json.Json;
import dev.quern.operator.KeyringSecrets;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command being executed: where it reads and writes, and what its options say. */
final class Session {
  private final Outside outside;
  private final Root root;
  private final Messages messages;
  private final Style style;
  private final List<String> arguments;

  Session(Outside outside, Root root, Messages messages, List<String> arguments) {
    this.outside = outside;
    this.root = root;
    this.messages = messages;
    this.arguments = List.copyOf(arguments);
    this.style = Style.of(root.colour, outside.talk(), outside.environment());
  }

  /** Returns the words of the command line. */
  List<String> arguments() {
    return arguments;
  }

  Outside outside() {
    return outside;
  }

  Root options() {
    return root;
  }

  Messages messages() {
    return messages;
  }

  Style style() {
    return style;
  }

  /** Returns the stream of data. */
  PrintStream out() {
    return outside.out();
  }

  /** Returns the text of {@code key}. */
  String text(String key, Object... values) {
    return messages.text(key, values);
  }

  /** Says something to people, unless they want quiet. */
  void talk(String line) {
    if (!root.quiet) {
      // What was printed before is seen before, also where both streams are one terminal.
      outside.out().flush();
      outside.err().println(line);
    }
  }

  /** Prints {@code value} as indented JSON. */
  void json(@Nullable Object value) {
    outside.out().print(Json.pretty(value));
  }

  /** Returns the workspace: as given, else {@code workspace} beside {@code recipe}. */
  Path workspaceBeside(Path recipe) {
    Path file = outside.resolve(recipe);
    Path folder = file.getParent();
    return root.workspace
        .map(outside::resolve)
        .orElseGet(() -> (folder == null ? outside.folder() : folder).resolve("workspace"));
  }

  /** Returns the workspace: as given, else {@code workspace} in the working folder. */
  Path workspace() {
    return outside.resolve(root.workspace.orElse(Path.of("workspace")));
  }

  /** Returns the operators of Quern, of {@code workspace} and of the user. */
  Registry registry(Path workspace) throws IOException {
    return Registry.load(loader(workspace));
  }

  /** Returns the loader of Quern's classes and of the operators of workspace and user. */
  ClassLoader loader(Path workspace) throws IOException {
    return OperatorJars.loader(
        List.of(
            workspace.resolve("operators"), outside.home().resolve(".quern").resolve("operators")));
  }

  /** Returns the secrets of the process and the keysets of {@code workspace}. */
  Secrets keyring(Path workspace) {
    Path beside = workspace.toAbsolutePath().resolveSibling("");
    return KeyringSecrets.of(workspace.resolve("keys"), secrets(beside, outside.folder()));
  }

  /** Returns what resolves references to secrets; relative files lie in one of {@code folders}. */
  Secrets secrets(Path... folders) {
    return new ProcessSecrets(outside, List.of(folders));
  }
}
