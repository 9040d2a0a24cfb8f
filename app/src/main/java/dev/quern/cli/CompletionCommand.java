package dev.quern.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script that lets a shell complete commands and options. */
@Command(name = "completion")
final class CompletionCommand implements Action {
  @Parameters(paramLabel = "bash|zsh", arity = "0..1", descriptionKey = "completion.shell")
  Shell shell = Shell.bash;

  /** The shells, as written on the command line. */
  enum Shell {
    bash,
    zsh
  }

  @Override
  public int run(Session session) {
    Map<String, Action> actions = new LinkedHashMap<>();
    Commands.all().forEach((name, command) -> actions.put(name, command.get()));
    String script = AutoComplete.bash("quern", Quern.line(new Root(), actions, session.messages()));
    if (shell == Shell.zsh) {
      // zsh runs scripts of bash once these two are loaded.
      session.out().println("autoload -U +X compinit && compinit");
      session.out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    session.out().print(script);
    return Exit.DONE;
  }
}
