package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class QuernTest {
  @TempDir private Path folder;

  static Iterable<String> commands() {
    return Commands.all().keySet();
  }

  @Test
  void helpNamesEveryCommandInBothLanguages() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("--help")).isZero();
    assertThat(terminal.out()).startsWith("Usage: quern [OPTIONS] COMMAND");
    Commands.all()
        .keySet()
        .forEach(name -> assertThat(terminal.out()).contains("\n  " + name + " "));
    assertThat(terminal.err()).isEmpty();

    assertThat(terminal.run("--lang", "zh", "--help")).isZero();
    assertThat(terminal.out()).startsWith("用法：quern").contains("执行配方");
    assertThat(new Terminal(folder).with(Locale.CHINA).run("help")).isZero();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpOfACommandIsWrittenInBothLanguages(String command) {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run(command, "--help")).isZero();
    String english = Messages.in(Locale.ENGLISH).text("quern." + command + ".usage.description");
    assertThat(terminal.out()).startsWith("Usage: quern " + command).contains(english);

    assertThat(terminal.run("help", command, "--lang=zh")).isZero();
    String chinese = Messages.in(Locale.CHINESE).text("quern." + command + ".usage.description");
    assertThat(terminal.out()).startsWith("用法：quern " + command).contains(chinese);
    assertThat(chinese).isNotEqualTo(english);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionOfACommandHasATextInBothLanguages(String command) {
    for (Locale locale : List.of(Locale.ENGLISH, Locale.CHINESE)) {
      Map<String, Action> actions = Map.of(command, Commands.all().get(command).get());
      CommandLine line = Quern.line(new Root(), actions, Messages.in(locale));
      for (CommandLine.Model.ArgSpec arg :
          line.getSubcommands().get(command).getCommandSpec().args()) {
        assertThat(String.join("", arg.description())).as(arg.toString()).isNotEmpty();
      }
    }
  }

  @Test
  void withoutACommandHelpIsShownAsAUsageError() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run()).isEqualTo(2);
    assertThat(terminal.out()).contains("Commands:");
  }

  @Test
  void theVersionIsOneLine() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("--version")).isZero();
    assertThat(terminal.out()).matches("quern \\S+\\R");
  }

  @Test
  void aWrongCommandGetsASuggestion() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("pln")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo("quern: no command is named 'pln'; did you mean 'plan'?\n");
    assertThat(terminal.run("--lang", "zh", "pln")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("quern: 没有名为“pln”的命令");
  }

  @Test
  void aWrongOptionGetsASuggestionAndTheWayToHelp() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("run", "--limt", "3")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            "quern run: no option is named '--limt'; did you mean '--limit'?\n"
                + "see: quern run --help\n");
    assertThat(terminal.run("gc", "--keep", "3")).isEqualTo(2);
    assertThat(terminal.err())
        .startsWith(
            "quern gc: no option is named '--keep'; did you mean '--keep-runs' or"
                + " '--keep-versions'?\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "run --limit many     | run: --limit must be a whole number; found: many",
        "run --threads 1.5    | run: --threads must be a whole number; found: 1.5",
        "run --cpu-hour-price x | run: --cpu-hour-price must be a number; found: x",
        "run --log-level loud | run: --log-level must be one of debug, info, warn, error; found: loud",
        "run --threads 1 --threads 2 | run: --threads must be given once; found: several times",
        "run a.yaml b.yaml    | run: arguments must be at most 1; found also: b.yaml",
        "datasets a           | datasets: arguments must be options only; found also: a",
        "run --threads        | run: --threads must have a value, N; found: nothing",
        "diff a               | diff: B must be given: B; found: nothing",
      })
  void whatTheParserRefusesIsToldInOneFormWithTheWayToHelp(String line, String told) {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run(line.strip().split(" "))).isEqualTo(2);
    String command = line.substring(0, line.indexOf(' '));
    assertThat(terminal.err()).isEqualTo("quern " + told + "\nsee: quern " + command + " --help\n");
  }

  @Test
  void valuesOutOfTheirRangeAreUsageErrors() throws Exception {
    Files.writeString(folder.resolve("recipe.yaml"), "recipe: x\n");
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("plan", "--threads", "0")).isEqualTo(2);
    assertThat(terminal.err()).isEqualTo("quern: --threads must be from 1 to 1024; found: 0\n");
    assertThat(terminal.run("plan", "--memory", "lots")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo("quern: --memory must be a size such as 512m or 2g (bytes); found: lots\n");
  }

  @Test
  void anAbsentRecipeNamesTheFix() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("plan", "absent.yaml")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            "quern: recipe must be a file; found: no absent.yaml; fix: name one, or start with"
                + " quern init\n");
    assertThat(terminal.run("plan", ".")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("quern: recipe must be a file; found: no ./recipe.yaml;");
  }

  @Test
  void anAbsentWorkspaceIsADataError() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("datasets")).isEqualTo(3);
    assertThat(terminal.err())
        .isEqualTo(
            folder.resolve("workspace")
                + ": workspace must exist; found: none; fix: run a recipe first, or give"
                + " --workspace\n");
  }

  @Test
  void theCompletionScriptKnowsCommandsAndOptions() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("completion", "bash")).isZero();
    assertThat(terminal.out()).contains("complete -F", "datasets", "--cpu-hour-price");
    assertThat(terminal.run("completion", "zsh")).isZero();
    assertThat(terminal.out()).startsWith("autoload -U +X compinit && compinit");
    assertThat(terminal.run("completion", "fish")).isEqualTo(2);
  }

  @Test
  void theCompletionScriptIsAcceptedByBash() throws Exception {
    Terminal terminal = new Terminal(folder);
    terminal.run("completion");
    Path script = Files.writeString(folder.resolve("quern.bash"), terminal.out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).isZero();
  }

  @Test
  void oneWrongRecipeLineIsOneErrorLine() throws Exception {
    Files.writeString(folder.resolve("recipe.yaml"), "recipe: x\nred: []\n");
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("plan")).isEqualTo(2);
    assertThat(terminal.err()).contains("recipe.yaml:").contains("nothing was run");
    assertThat(terminal.out()).isEmpty();
  }
}
