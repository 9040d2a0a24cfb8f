package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Context;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/**
 * Addresses of the internet protocol of eight groups with at most one gap, the last two perhaps as
 * four octets (RFC 4291). With a gap they need a digit, and two groups of which one is long or a
 * word or bracket beside them: code is full of double colons.
 */
final class Ipv6Address implements Recogniser {
  static final List<String> WORDS =
      List.of("ip", "host", "server", "address", "client", "ping", "主机", "服务器", "地址");

  private static final Context CONTEXT = Context.of(WORDS, List.of(), List.of());
  private static final int GROUPS = 8;
  private static final int LONGEST = 45;

  @Override
  public String name() {
    return "ipv6_address";
  }

  @Override
  public String type() {
    return "IP_ADDRESS";
  }

  @Override
  public Context context() {
    return CONTEXT;
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    int length = passage.length();
    int behind = 0;
    for (int at = 0; at < length; at++) {
      if (passage.at(at) != ':' || at < behind) {
        continue;
      }
      int start = at;
      while (start > behind && isPart(passage.at(start - 1))) {
        start--;
      }
      int end = at;
      while (isPart(passage.at(end))) {
        end++;
      }
      behind = end;
      while (passage.at(end - 1) == '.' || isLoneColon(passage, end)) {
        end--;
      }
      if (end - start <= LONGEST && isAddress(passage, start, end)) {
        candidates.add(this, start, end, 0.7, Check.POSSIBLE);
      }
    }
  }

  private static boolean isPart(char c) {
    return c == ':' || c == '.' || isHex(c);
  }

  private static boolean isHex(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private static boolean isLoneColon(Passage passage, int end) {
    return passage.at(end - 1) == ':' && passage.at(end - 2) != ':';
  }

  private boolean isAddress(Passage passage, int start, int end) {
    if (start >= end
        || Passage.isAlphanumeric(passage.at(start - 1))
        || Passage.isAlphanumeric(passage.at(end))) {
      return false;
    }
    String text = passage.text(start, end);
    int groups = written(text);
    if (groups == GROUPS) {
      return true;
    }
    boolean bracketed = passage.at(start - 1) == '[' && passage.at(end) == ']';
    return groups >= 0
        && text.chars().anyMatch(c -> c >= '0' && c <= '9')
        && (groups >= 2 && hasLongGroup(text)
            || bracketed
            || CONTEXT.supports(passage, start, end));
  }

  private static boolean hasLongGroup(String text) {
    for (String group : text.split(":", -1)) {
      if (group.length() >= 3) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether {@code text} is an address and nothing else. */
  static boolean isWhole(String text) {
    return text.chars().allMatch(c -> isPart((char) c)) && written(text) >= 0;
  }

  /** Returns how many groups an address has beside its gap, -1 if it is none. */
  private static int written(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == GROUPS ? GROUPS : -1;
    }
    int before = groups(text.substring(0, gap));
    int after = groups(text.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < GROUPS ? before + after : -1;
  }

  /** Returns how many groups of 16 bits there are, -1 if something else stands there. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int groups = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean octets = i == parts.length - 1 && areOctets(parts[i]);
      if (!octets && (parts[i].isEmpty() || parts[i].length() > 4 || parts[i].indexOf('.') >= 0)) {
        return -1;
      }
      groups += octets ? 2 : 1;
    }
    return groups;
  }

  /** Returns whether {@code text} is an address of four octets. */
  static boolean areOctets(String text) {
    String[] octets = text.split("\\.", -1);
    for (String octet : octets) {
      boolean digits = octet.chars().allMatch(c -> c >= '0' && c <= '9');
      if (octet.isEmpty() || octet.length() > 3 || !digits || Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return octets.length == 4;
  }
}
