package dev.quern.privacy.surrogate;

import dev.quern.privacy.transform.CharacterClasses;

/**
 * Addresses of the net. Mail and pages go to hosts below {@code example.com} (reserved by RFC
 * 2606), one for each host; words of an address of mail that are names of persons become those that
 * the person's name becomes. Addresses of IP stay private (RFC 1918) or public.
 */
final class NetAddresses {
  private static final String RESERVED = ".example.com";
  private static final int LABEL = 6;

  private final KeyedDraws draws;
  private final PersonNames names;

  NetAddresses(KeyedDraws draws, PersonNames names) {
    this.draws = draws;
    this.names = names;
  }

  String mail(String value) {
    int at = Math.max(value.lastIndexOf('@'), value.lastIndexOf('＠'));
    if (at < 0) {
      return local(value);
    }
    return local(value.substring(0, at)) + value.charAt(at) + host(value.substring(at + 1));
  }

  private String local(String local) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < local.length()) {
      int end = at;
      while (end < local.length() && Character.isLetter(local.charAt(end))) {
        end++;
      }
      if (end > at) {
        out.append(word(local.substring(at, end)));
        at = end;
        continue;
      }
      while (end < local.length() && !Character.isLetter(local.charAt(end))) {
        end++;
      }
      out.append(like("mail digits", local.substring(at, end)));
      at = end;
    }
    return out.toString();
  }

  private String word(String word) {
    if (Pools.has("en_male", word)
        || Pools.has("en_female", word)
        || Pools.has("en_family", word)) {
      return Letters.cased(names.word(word), word);
    }
    return like("mail word", word);
  }

  String page(String value) {
    int start = value.indexOf("://");
    start = start < 0 ? 0 : start + 3;
    int end = start;
    while (end < value.length() && "/?#:".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    String user = "";
    String host = value.substring(start, end);
    int at = host.lastIndexOf('@');
    if (at >= 0) {
      user = like("page user", host.substring(0, at)) + "@";
      host = host.substring(at + 1);
    }
    boolean isWorldWide = host.startsWith("www.");
    return value.substring(0, start)
        + user
        + (isWorldWide ? "www." : "")
        + host(isWorldWide ? host.substring(4) : host)
        + like("page path", value.substring(end));
  }

  private String host(String host) {
    draws.of("host", Letters.normal(host));
    StringBuilder label = new StringBuilder();
    for (int i = 0; i < LABEL; i++) {
      label.append((char) ('a' + draws.below(26)));
    }
    return label + RESERVED;
  }

  String ip(String value) {
    String[] octets = value.split("\\.", -1);
    if (octets.length != 4 || value.indexOf(':') >= 0) {
      return six(value);
    }
    draws.of("IP_ADDRESS", value);
    int kept = kept(octets[0], octets[1]);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      out.append(i == 0 ? "" : ".");
      // 11 to 126 and 128 to 171: no private nor special network starts so.
      int first = 11 + draws.below(160);
      int drawn = i == 0 ? first == 127 ? 128 : first : draws.below(256);
      out.append(i < kept ? octets[i] : Integer.toString(drawn));
    }
    return out.toString();
  }

  /** Returns how many octets tell of a network that is private (RFC 1918) or this machine's. */
  private static int kept(String first, String second) {
    if (first.equals("10") || first.equals("127")) {
      return 1;
    }
    boolean twelve = first.equals("172") && second.matches("1[6-9]|2[0-9]|3[01]");
    return twelve || first.equals("192") && second.equals("168") ? 2 : 0;
  }

  /** Groups of IPv6 keep their lengths. */
  private String six(String value) {
    draws.of("IP_ADDRESS", Letters.normal(value));
    StringBuilder out = new StringBuilder();
    // The last two groups may be written as octets.
    int groups = value.indexOf('.') < 0 ? value.length() : value.lastIndexOf(':') + 1;
    for (int i = 0; i < groups; i++) {
      char sign = value.charAt(i);
      boolean isHex = Character.digit(sign, 16) >= 0;
      out.append(isHex ? Character.forDigit(draws.below(16), 16) : sign);
    }
    for (int i = 0; i < 4 && groups < value.length(); i++) {
      out.append(i == 0 ? "" : ".").append(draws.below(256));
    }
    return out.toString();
  }

  private String like(String kind, String text) {
    draws.of(kind, Letters.normal(text));
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(p -> out.appendCodePoint(CharacterClasses.like(p, draws::below)));
    return out.toString();
  }
}
