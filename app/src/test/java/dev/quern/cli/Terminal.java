package dev.quern.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs the program in this process and keeps what it prints. */
final class Terminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private Locale locale = Locale.ENGLISH;
  private Outside.Talk talk = Outside.Talk.PIPE;
  private String input = "";

  Terminal(Path folder) {
    this.folder = folder;
  }

  Terminal with(Locale newLocale) {
    locale = newLocale;
    return this;
  }

  Terminal with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Terminal with(Outside.Talk newTalk) {
    talk = newTalk;
    return this;
  }

  Terminal reading(String text) {
    input = text;
    return this;
  }

  /** Returns what lies around the program; streams are empty anew. */
  Outside outside() {
    out.reset();
    err.reset();
    return new Outside(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment,
        folder,
        folder.resolve("home"),
        talk,
        locale);
  }

  /** Runs a command and returns its exit code. */
  int run(String... arguments) {
    return Quern.run(outside(), arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
