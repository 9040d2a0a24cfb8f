package dev.quern.cli;

import java.util.Map;

/** Colours of talk, or none. */
enum Style {
  PLAIN,
  COLOURED;

  /** When to colour, as written on the command line. */
  enum Colour {
    auto,
    always,
    never
  }

  /** Returns the style for {@code talk}: NO_COLOR (no-color.org) and dumb terminals want none. */
  static Style of(Colour colour, Outside.Talk talk, Map<String, String> environment) {
    return switch (colour) {
      case always -> COLOURED;
      case never -> PLAIN;
      case auto -> {
        boolean refused =
            !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        yield talk == Outside.Talk.TERMINAL && !refused ? COLOURED : PLAIN;
      }
    };
  }

  String good(String text) {
    return coloured(text, "32");
  }

  String bad(String text) {
    return coloured(text, "31");
  }

  String soft(String text) {
    return coloured(text, "2");
  }

  String strong(String text) {
    return coloured(text, "1");
  }

  private String coloured(String text, String code) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
