package dev.quern.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: reads the command line, does what it says, tells failures in one line. */
public final class Quern {
  private final Outside outside;

  private Quern(Outside outside) {
    this.outside = outside;
  }

  /** Runs the program in this process. */
  public static void main(String[] arguments) {
    SparkLaunch.followParent();
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Outside outside =
        new Outside(
            System.in,
            out,
            err,
            System.getenv(),
            Path.of("").toAbsolutePath(),
            Path.of(System.getProperty("user.home", ".")),
            Outside.talkOfProcess(),
            Locale.getDefault());
    int code = run(outside, arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** UTF-8 whatever the platform says: messages are in Chinese too, and data are UTF-8. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        descriptor == FileDescriptor.err,
        StandardCharsets.UTF_8);
  }

  /** Runs one command in {@code outside} and returns its exit code. */
  static int run(Outside outside, String... arguments) {
    return new Quern(outside).run(List.of(arguments));
  }

  private int run(List<String> given) {
    List<String> arguments = new ArrayList<>(given);
    Messages messages = Messages.in(language(arguments));
    Words words = Words.of(arguments);
    if (words.command().equals("help")) {
      arguments.remove(words.position());
      arguments.add("--help");
      words = Words.of(arguments);
    }
    Supplier<Action> command = Commands.all().get(words.command());
    boolean debug = arguments.contains("--debug");
    try {
      if (command == null) {
        return withoutCommand(arguments, words, messages);
      }
      return execute(arguments, words.command(), command.get(), messages);
    } catch (ParameterException e) {
      return new Failures(outside, messages, debug).usage(e);
    } catch (Throwable e) {
      return new Failures(outside, messages, debug).tell(e);
    }
  }

  private int execute(List<String> arguments, String name, Action action, Messages messages)
      throws Exception {
    Root root = new Root();
    CommandLine line = line(root, Map.of(name, action), messages);
    ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
    CommandLine chosen = line.getSubcommands().get(name);
    if (chosen == null) {
      throw new IllegalStateException("command must be registered: " + name);
    }
    if (root.help || (parsed.hasSubcommand() && parsed.subcommand().isUsageHelpRequested())) {
      chosen.usage(outside.out(), CommandLine.Help.Ansi.OFF);
      return Exit.DONE;
    }
    return action.run(new Session(outside, root, messages, arguments));
  }

  private int withoutCommand(List<String> arguments, Words words, Messages messages) {
    Root root = new Root();
    if (words.command().isEmpty()) {
      line(root, Map.of(), messages).parseArgs(arguments.toArray(String[]::new));
      if (root.version) {
        outside.out().println("quern " + version());
        return Exit.DONE;
      }
      Help.print(outside.out(), messages);
      return root.help ? Exit.DONE : Exit.USAGE;
    }
    throw new UsageException(
        messages.text("usage.no_command", words.command())
            + dev.quern.text.Suggestion.of(words.command(), Commands.all().keySet()));
  }

  /** Returns a parser of the global options and of {@code actions}. */
  static CommandLine line(Root root, Map<String, Action> actions, Messages messages) {
    CommandLine line = new CommandLine(root);
    actions.forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(false);
    line.setUsageHelpAutoWidth(false);
    line.setResourceBundle(messages.bundle());
    return line;
  }

  /** Returns the version in the jar's manifest. */
  static String version() {
    @Nullable String version = Quern.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private Locale language(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--lang") && i + 1 < arguments.size()) {
        return Locale.forLanguageTag(arguments.get(i + 1));
      }
      if (word.startsWith("--lang=")) {
        return Locale.forLanguageTag(word.substring("--lang=".length()));
      }
    }
    return outside.locale();
  }

  /**
   * The command among the words of a command line: the first word that is neither an option nor a
   * global option's value. Found before parsing, so that only this command's class is loaded.
   */
  private record Words(String command, int position) {
    private static final List<String> VALUED =
        Arrays.asList("--workspace", "--lang", "--color", "--log-level");

    static Words of(List<String> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i);
        if (VALUED.contains(word)) {
          i++;
        } else if (!word.startsWith("-")) {
          return new Words(word, i);
        }
      }
      return new Words("", -1);
    }
  }
}
