package dev.quern.cli;

import java.io.PrintStream;

/** The page that names all commands, printed without loading any of them. */
final class Help {
  private Help() {}

  static void print(PrintStream out, Messages messages) {
    out.println(messages.text("help.usage"));
    out.println();
    out.println(messages.text("help.what"));
    out.println();
    out.println(messages.text("help.commands"));
    for (String name : Commands.all().keySet()) {
      String summary = messages.text("quern." + name + ".usage.description");
      out.println("  " + name + " ".repeat(12 - name.length()) + summary);
    }
    out.println();
    out.println(messages.text("help.options"));
    for (String option :
        new String[] {
          "workspace", "lang", "color", "quiet", "debug", "log-level", "no-input", "version"
        }) {
      out.println("  --" + option + " ".repeat(12 - option.length()) + messages.text(option));
    }
    out.println();
    out.println(messages.text("help.exit_codes"));
    out.println(messages.text("help.next"));
  }
}
