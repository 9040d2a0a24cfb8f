package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.Passage;
import java.util.List;

/**
 * Addresses of the internet protocol: four octets (RFC 791) or eight groups with at most one gap
 * (RFC 4291). Four small numbers may be a version or a section.
 */
final class IpAddress {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("ip_address", "IP_ADDRESS")
          .shape("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}", 0.6)
          .shape("[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7}", 0.7)
          .shape("(?:[0-9A-Fa-f]{1,4}::?){1,7}[0-9A-Fa-f]{1,4}", 0.7)
          .near("ip,host,server,address,client,ping,主机,服务器,地址")
          .check(IpAddress::check);

  private IpAddress() {}

  static Check check(Passage passage, int start, int end) {
    String text = passage.text(start, end);
    if (text.indexOf(':') >= 0) {
      return Check.possible(passage.at(start - 1) != ':' && passage.at(end) != ':' && isSix(text));
    }
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

  private static boolean isSix(String text) {
    int gap = text.indexOf("::");
    int groups = text.split("::?", -1).length;
    return gap < 0
        ? groups == 8
        : groups <= 7 && text.indexOf("::", gap + 1) < 0 && text.length() > 5;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
