package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A regular expression of bounded length: characters, {@code .}, {@code \d}, {@code \w}, {@code
 * \s}, {@code \h} (a Han character), sets like {@code [A-HJ-N ·]} and {@code [^,;]}, groups, {@code
 * |}, {@code ?}, {@code {n}} and {@code {m,n}}; {@code (?i)} at the start takes letters of both
 * cases. There is no repetition without bound, so a match takes bounded time.
 */
public sealed interface Shape {
  /** The most characters that an expression may match. */
  int LONGEST = 400;

  /** Returns how many characters a match has at most. */
  int longest();

  /**
   * One character of a set.
   *
   * @param chars the characters
   */
  record One(BitSet chars) implements Shape {
    @Override
    public int longest() {
      return 1;
    }
  }

  /**
   * One after the other.
   *
   * @param parts in order
   */
  record Sequence(List<Shape> parts) implements Shape {
    @Override
    public int longest() {
      return parts.stream().mapToInt(Shape::longest).sum();
    }
  }

  /**
   * One of several.
   *
   * @param choices any
   */
  record Choice(List<Shape> choices) implements Shape {
    @Override
    public int longest() {
      return choices.stream().mapToInt(Shape::longest).max().orElse(0);
    }
  }

  /**
   * Again and again.
   *
   * @param part what
   * @param least times at least
   * @param most times at most
   */
  record Repeated(Shape part, int least, int most) implements Shape {
    @Override
    public int longest() {
      return most * part.longest();
    }
  }

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
    private static final String ANY_CASE = "(?i)";
    private final String text;
    private final boolean anyCase;
    private int at;

    private Parser(String text) {
      this.text = text;
      this.anyCase = text.startsWith(ANY_CASE);
      this.at = anyCase ? ANY_CASE.length() : 0;
    }

    Shape whole() {
      Shape shape = choice();
      if (at < text.length()) {
        throw wrong("nothing behind the expression");
      }
      return bounded(shape);
    }

    private Shape bounded(Shape shape) {
      if (shape.longest() > LONGEST) {
        throw wrong("matches of at most " + LONGEST + " characters");
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
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '*')) {
        throw wrong("bounds on repetitions, {1,40} for + and {0,40} for *");
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
          if (part.longest() == 0) {
            throw wrong("something that is repeated");
          }
          return bounded(new Repeated(part, least, most));
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
          } else if (text.startsWith("?", at)) {
            throw wrong(
                "no (? here: look-around stands at the ends of the whole, (?i) at the start");
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
          BitSet line = new BitSet();
          line.set(1, 1 << 16);
          line.clear('\n');
          return new One(line);
        default:
          return new One(single(c));
      }
    }

    private BitSet single(char c) {
      BitSet chars = new BitSet();
      chars.set(c);
      if (anyCase) {
        chars.set(Character.toLowerCase(c));
        chars.set(Character.toUpperCase(c));
      }
      return chars;
    }

    private static void range(BitSet chars, int first, int last) {
      chars.set(first, last + 1);
    }

    private BitSet escaped() {
      BitSet chars = new BitSet();
      if (at == text.length()) {
        throw wrong("a character behind \\");
      }
      char c = text.charAt(at++);
      if (c == 'd') {
        range(chars, '0', '9');
      } else if (c == 'w') {
        range(chars, '0', '9');
        range(chars, 'a', 'z');
        range(chars, 'A', 'Z');
        chars.set('_');
      } else if (c == 's') {
        " \t\n\r\f".chars().forEach(chars::set);
      } else if (c == 'h') {
        range(chars, 0x3400, 0x4DBF);
        range(chars, 0x4E00, 0x9FFF);
        chars.set(0x3007);
      } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
        throw wrong("no \\" + c);
      } else {
        chars.set(c);
      }
      return chars;
    }

    private BitSet set() {
      BitSet chars = new BitSet();
      boolean others = at < text.length() && text.charAt(at) == '^';
      at += others ? 1 : 0;
      while (at < text.length() && text.charAt(at) != ']') {
        char c = text.charAt(at++);
        if (c == '\\') {
          chars.or(escaped());
        } else if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
          char last = text.charAt(at + 1);
          if (last < c) {
            throw wrong("a range upwards");
          }
          for (char one = c; one <= last && one < Character.MAX_VALUE; one++) {
            chars.or(single(one));
          }
          at += 2;
        } else {
          chars.or(single(c));
        }
      }
      if (at++ >= text.length() || chars.isEmpty()) {
        throw wrong("a closed set of at least one character");
      }
      if (others) {
        // U+0000 stands for what is no text: before and behind it.
        chars.flip(1, 1 << 16);
      }
      return chars;
    }

    private IllegalArgumentException wrong(String rule) {
      return new IllegalArgumentException(
          "shape must have " + rule + "; found: character " + at + " of " + text);
    }
  }
}
