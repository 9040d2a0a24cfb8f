package dev.quern.cli;

import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the words of all our errors instead of the parser's. */
final class WrongUsage {
  private WrongUsage() {}

  /** Returns {@code what must be rule; found: value[; fix]}. */
  static String of(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(command, unmatched.getUnmatched().get(0));
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec arg = missing.getMissing().get(0);
      return name(arg)
          + (arg.isOption() && !arg.required() ? " must have a value, " : " must be given: ")
          + arg.paramLabel()
          + "; found: nothing";
    }
    if (e instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " must be given once; found: several times";
    }
    ArgSpec arg = e.getArgSpec();
    if (arg != null && e.getValue() != null) {
      return name(arg) + " must be " + rule(arg.auxiliaryTypes()[0]) + "; found: " + e.getValue();
    }
    return String.valueOf(e.getMessage());
  }

  private static String unmatched(CommandSpec command, String word) {
    if (word.startsWith("-")) {
      List<String> names = new ArrayList<>();
      command.options().forEach(option -> names.addAll(List.of(option.names())));
      List<String> longer = names.stream().filter(name -> name.startsWith(word)).sorted().toList();
      String meant =
          longer.isEmpty()
              ? Suggestion.of(word, names)
              : "; did you mean '" + String.join("' or '", longer) + "'?";
      return "no option is named '" + word + "'" + meant;
    }
    int most = command.positionalParameters().size();
    return "arguments must be "
        + (most == 0 ? "options only" : "at most " + most)
        + "; found also: "
        + word;
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  private static String rule(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (List.of(Integer.class, Long.class, int.class, long.class).contains(type)) {
      return "a whole number";
    }
    if (List.of(Double.class, double.class).contains(type)) {
      return "a number";
    }
    return "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
