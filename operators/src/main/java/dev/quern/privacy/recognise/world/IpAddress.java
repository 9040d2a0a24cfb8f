package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Context;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.Passage;
import java.util.List;

/**
 * Addresses of the internet protocol of four octets (RFC 791). Four small numbers may be a version
 * or a section.
 */
final class IpAddress {
  static final NumberPattern RECOGNISER =
      new NumberPattern(
              "ip_address",
              "IP_ADDRESS",
              List.of(),
              IpAddress::check,
              Context.of(
                  Ipv6Address.WORDS,
                  List.of("version", "ver", "release", "build", "版本", "章节"),
                  List.of()))
          .shape("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}", 0.6);

  private IpAddress() {}

  static Check check(Passage passage, int start, int end) {
    String text = passage.text(start, end);
    boolean dotted = passage.at(end) == '.' && isDigit(passage.at(end + 1));
    boolean longer = passage.at(start - 1) == '.';
    if (dotted || longer) {
      return Check.WRONG;
    }
    boolean large = false;
    for (String part : List.of(text.split("\\.", -1))) {
      int value = Integer.parseInt(part);
      if (value > 255 || part.length() > 1 && part.charAt(0) == '0') {
        return Check.WRONG;
      }
      large |= value >= 20;
    }
    return Check.possible(large || RECOGNISER.context().supports(passage, start, end));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
