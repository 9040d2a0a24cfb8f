package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A regular expression of bounded length: characters, {@code \d}, sets like {@code [A-HJ-N ·]},
 * groups, {@code |}, {@code ?}, {@code {n}} and {@code {m,n}}. There is no repetition without
 * bound, so a match takes bounded time.
 */
public sealed interface Shape {
  /**
   * One character of a set.
   *
   * @param chars the characters
   */
  record One(BitSet chars) implements Shape {}

  /**
   * One after the other.
   *
   * @param parts in order
   */
  record Sequence(List<Shape> parts) implements Shape {}

  /**
   * One of several.
   *
   * @param choices any
   */
  record Choice(List<Shape> choices) implements Shape {}

  /**
   * Again and again.
   *
   * @param part what
   * @param least times at least
   * @param most times at most
   */
  record Repeated(Shape part, int least, int most) implements Shape {}

  /**
   * Parses an expression.
   *
   * @throws IllegalArgumentException if it is not of the language
   */
  static Shape parse(String expression) {
    return new Parser(expression).whole();
  }

  /** Reads expressions from left to right. */
  final class Parser {
    private static final int MOST_TIMES = 100;
    private final String text;
    private int at;

    private Parser(String text) {
      this.text = text;
    }

    Shape whole() {
      Shape shape = choice();
      if (at < text.length()) {
        throw wrong("nothing behind the expression");
      }
      return shape;
    }

    private Shape choice() {
      List<Shape> choices = new ArrayList<>();
      choices.add(sequence());
      while (at < text.length() && text.charAt(at) == '|') {
        at++;
        choices.add(sequence());
      }
      return choices.size() == 1 ? choices.get(0) : new Choice(choices);
    }

    private Shape sequence() {
      List<Shape> parts = new ArrayList<>();
      while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
        parts.add(repeated(one()));
      }
      return new Sequence(parts);
    }

    private Shape repeated(Shape part) {
      if (at < text.length() && text.charAt(at) == '?') {
        at++;
        return new Repeated(part, 0, 1);
      }
      if (at < text.length() && text.charAt(at) == '{') {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw wrong("closed braces");
        }
        String[] bounds = text.substring(at + 1, end).split(",", -1);
        at = end + 1;
        try {
          int least = Integer.parseInt(bounds[0]);
          int most = Integer.parseInt(bounds[bounds.length - 1]);
          if (bounds.length > 2 || least < 0 || most < least || most > MOST_TIMES) {
            throw wrong("a repetition of at most " + MOST_TIMES);
          }
          return new Repeated(part, least, most);
        } catch (NumberFormatException e) {
          throw wrong("{n} or {m,n}");
        }
      }
      return part;
    }

    private Shape one() {
      char c = text.charAt(at++);
      switch (c) {
        case '(':
          if (text.startsWith("?:", at)) {
            at += 2;
          }
          Shape inner = choice();
          if (at == text.length() || text.charAt(at++) != ')') {
            throw wrong("a closed group");
          }
          return inner;
        case '[':
          return new One(set());
        case '\\':
          return new One(escaped());
        case '?', '{', '}', '*', '+', '^', '$', ']':
          throw wrong("no " + c + " here");
        case '.':
          throw wrong("no . outside of a set");
        default:
          BitSet single = new BitSet();
          single.set(c);
          return new One(single);
      }
    }

    private BitSet escaped() {
      BitSet chars = new BitSet();
      if (at == text.length()) {
        throw wrong("a character behind \\");
      }
      char c = text.charAt(at++);
      if (c == 'd') {
        chars.set('0', '9' + 1);
      } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
        throw wrong("no \\" + c);
      } else {
        chars.set(c);
      }
      return chars;
    }

    private BitSet set() {
      BitSet chars = new BitSet();
      while (at < text.length() && text.charAt(at) != ']') {
        char c = text.charAt(at++);
        if (c == '\\') {
          chars.or(escaped());
        } else if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
          char last = text.charAt(at + 1);
          if (last < c) {
            throw wrong("a range upwards");
          }
          chars.set(c, last + 1);
          at += 2;
        } else {
          chars.set(c);
        }
      }
      if (at++ >= text.length() || chars.isEmpty()) {
        throw wrong("a closed set of at least one character");
      }
      return chars;
    }

    private IllegalArgumentException wrong(String rule) {
      return new IllegalArgumentException(
          "shape must have " + rule + "; found: character " + at + " of " + text);
    }
  }
}
