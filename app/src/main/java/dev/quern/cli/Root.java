package dev.quern.cli;

import dev.quern.cli.Style.Colour;
import dev.quern.run.LogLevel;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every command takes, before or after its name. */
@Command(name = "quern")
final class Root {
  @Option(names = "--workspace", paramLabel = "FOLDER", scope = ScopeType.INHERIT)
  Optional<Path> workspace = Optional.empty();

  @Option(names = "--lang", paramLabel = "en|zh", scope = ScopeType.INHERIT)
  Optional<Language> language = Optional.empty();

  @Option(names = "--color", paramLabel = "WHEN", scope = ScopeType.INHERIT)
  Colour colour = Colour.auto;

  @Option(names = "--quiet", scope = ScopeType.INHERIT)
  boolean quiet;

  @Option(names = "--debug", scope = ScopeType.INHERIT)
  boolean debug;

  @Option(names = "--log-level", paramLabel = "LEVEL", scope = ScopeType.INHERIT)
  Optional<Level> logLevel = Optional.empty();

  @Option(names = "--no-input", scope = ScopeType.INHERIT)
  boolean noInput;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT)
  boolean help;

  @Option(names = {"-V", "--version"})
  boolean version;

  /** How much the log of a run tells, as written on the command line. */
  enum Level {
    debug,
    info,
    warn,
    error
  }

  /** Returns how much the log of a run tells: who debugs wants frames there too. */
  LogLevel log() {
    Level level = logLevel.orElse(debug ? Level.debug : Level.info);
    return switch (level) {
      case debug -> LogLevel.DEBUG;
      case info -> LogLevel.INFO;
      case warn -> LogLevel.WARN;
      case error -> LogLevel.ERROR;
    };
  }

  /** The languages of messages, as written on the command line. */
  enum Language {
    en,
    zh
  }
}
