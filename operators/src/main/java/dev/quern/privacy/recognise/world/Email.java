package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/**
 * Addresses of mail: RFC 5321, and RFC 6531 with letters beyond ASCII. The local part begins behind
 * a character that is none of its own, or is quoted ("john doe"@example.org); the last label of the
 * domain is one of letters or a known one of Han characters, or an address of the internet protocol
 * stands in brackets in its place (ann@[203.0.113.7]).
 */
final class Email implements Recogniser {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;

  /** Before addresses of sixteen octets (RFC 5321, 4.1.3); many leave it out. */
  private static final String IPV6 = "IPv6:";

  private static final int LONGEST_LITERAL = 50;

  /** Words of a sentence may follow a domain at once, so the end must be known. */
  private static final List<String> HAN_TOPS =
      List.of(
          "中国", "中國", "公司", "网络", "網絡", "集团", "在线", "中文网", "网址", "网站", "网店", "商城", "商标", "政务", "公益",
          "企业", "手机", "移动", "信息", "香港", "台湾", "台灣", "澳門", "澳门", "新加坡");

  @Override
  public String name() {
    return "email";
  }

  @Override
  public String type() {
    return "EMAIL";
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    char[] chars = passage.chars();
    int length = passage.length();
    for (int at = 1; at < length; at++) {
      if (chars[at] == '@') {
        int start = chars[at - 1] == '"' ? quotedStart(passage, at) : start(passage, at);
        int end = start < 0 ? -1 : hostEnd(passage, at + 1);
        if (end > 0) {
          candidates.add(this, start, end, 0.95, Check.POSSIBLE);
        }
      }
    }
  }

  /**
   * Returns where the quoted local part before {@code sign} begins, -1 if there is none. A text
   * within another one writes quotes with a backslash, which is part of the address then.
   */
  private static int quotedStart(Passage passage, int sign) {
    boolean escaped = passage.at(sign - 2) == '\\';
    int last = escaped ? sign - 2 : sign - 1;
    int least = Math.max(0, sign - LONGEST_LOCAL - 2);
    for (int at = last - 1; at >= least && passage.at(at) >= ' '; at--) {
      if (passage.at(at) == '"' && escaped == (passage.at(at - 1) == '\\')) {
        int start = escaped ? at - 1 : at;
        return at + 1 < last && !Passage.isAlphanumeric(passage.at(start - 1)) ? start : -1;
      }
    }
    return -1;
  }

  private static int hostEnd(Passage passage, int from) {
    return passage.at(from) == '[' ? literalEnd(passage, from) : domainEnd(passage, from);
  }

  /** Returns what follows the address in brackets at {@code from}, -1 if none is there. */
  private static int literalEnd(Passage passage, int from) {
    int to = from + 1;
    while (to - from <= LONGEST_LITERAL && isOfLiteral(passage.at(to))) {
      to++;
    }
    if (passage.at(to) != ']') {
      return -1;
    }
    String address = passage.text(from + 1, to);
    boolean six = address.regionMatches(true, 0, IPV6, 0, IPV6.length());
    boolean whole =
        six
            ? Ipv6Address.isWhole(address.substring(IPV6.length()))
            : Ipv6Address.areOctets(address) || Ipv6Address.isWhole(address);
    return whole ? to + 1 : -1;
  }

  private static boolean isOfLiteral(char c) {
    return Passage.isAlphanumeric(c) || c == '.' || c == ':';
  }

  /** Returns where the local part before {@code sign} begins, -1 if there is none. */
  static int start(Passage passage, int sign) {
    int start = sign;
    while (start > 0
        && sign - start <= LONGEST_LOCAL
        && (isLocal(passage.at(start - 1)) || start < sign && isWithin(passage, start - 1))) {
      start--;
    }
    while (start < sign && ".-+%_".indexOf(passage.at(start)) >= 0) {
      start++;
    }
    boolean wrong = start == sign || sign - start > LONGEST_LOCAL || passage.at(sign - 1) == '.';
    return wrong ? -1 : start;
  }

  /** Returns where the longest dotted name with a last label of letters ends, -1 if none. */
  static int domainEnd(Passage passage, int from) {
    int found = -1;
    int label = from;
    int labels = 0;
    while (label - from <= LONGEST_DOMAIN) {
      int to = labelEnd(passage, label);
      if (to == label || passage.at(label) == '-' || passage.at(to - 1) == '-') {
        return found;
      }
      labels++;
      int last = topEnd(passage, label, to);
      if (labels > 1 && last > 0 && last - from <= LONGEST_DOMAIN) {
        found = last;
      }
      if (passage.at(to) != '.') {
        return found;
      }
      label = to + 1;
    }
    return found;
  }

  /** A label is of Han characters, or of letters of alphabets, digits and hyphens. */
  private static int labelEnd(Passage passage, int label) {
    int to = label;
    boolean han = Passage.isHan(passage.at(label));
    while (han ? Passage.isHan(passage.at(to)) : isAlphabetic(passage.at(to))) {
      to++;
    }
    return to;
  }

  private static boolean isAlphabetic(char c) {
    return Passage.isAlphanumeric(c) || c == '-' || isForeign(c);
  }

  /** Returns where the last label of a domain between two places ends, -1 if it is none. */
  private static int topEnd(Passage passage, int label, int to) {
    if (Passage.isHan(passage.at(label))) {
      for (String top : HAN_TOPS) {
        if (to - label >= top.length() && passage.text(label, label + top.length()).equals(top)) {
          return label + top.length();
        }
      }
      return -1;
    }
    boolean encoded = to - label > 4 && passage.text(label, label + 4).equalsIgnoreCase("xn--");
    boolean letters = to - label >= 2;
    for (int at = label; at < to && letters; at++) {
      letters = passage.at(at) >= 'A';
    }
    return encoded || letters ? to : -1;
  }

  private static boolean isLocal(char c) {
    return Passage.isAlphanumeric(c)
        || c == '.'
        || c == '%'
        || c == '_'
        || c == '+'
        || c == '-'
        || isForeign(c);
  }

  /** O'Brien and R&D: signs that may also stand around an address count between letters alone. */
  private static boolean isWithin(Passage passage, int at) {
    return (passage.at(at) == '\'' || passage.at(at) == '\u2019' || passage.at(at) == '&')
        && Character.isLetter(passage.at(at - 1))
        && !Passage.isHan(passage.at(at - 1))
        && isLocal(passage.at(at - 1))
        && Character.isLetter(passage.at(at + 1));
  }

  /** Letters beyond ASCII of the alphabets whose words stand apart, and their accents. */
  private static boolean isForeign(char c) {
    return c >= 0xC0 && c < 0x590 && (Character.isLetter(c) || c >= 0x300 && c < 0x370);
  }
}
