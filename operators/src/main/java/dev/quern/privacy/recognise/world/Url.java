package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;

/**
 * Addresses with a scheme (http, https, ftp) or a name that begins with www: up to white space,
 * quotes, angle brackets or text beyond ASCII, without the punctuation of the sentence around. The
 * name of the host may be beyond ASCII.
 */
final class Url implements Recogniser {
  private static final String[] SCHEMES = {"https", "http", "ftp"};

  @Override
  public String name() {
    return "url";
  }

  @Override
  public String type() {
    return "URL";
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    char[] chars = passage.chars();
    int length = passage.length();
    int behind = 0;
    for (int at = 3; at < length; at++) {
      char c = chars[at];
      int start = c == ':' ? scheme(passage, at) : c == '.' ? www(passage, at) : -1;
      if (start >= behind) {
        int end = end(passage, c == ':' ? at + 3 : at + 1);
        if (end > 0) {
          candidates.add(this, start, end, c == ':' ? 0.95 : 0.9, Check.POSSIBLE);
          behind = end;
          at = end - 1;
        }
      }
    }
  }

  /** Returns where a scheme begins whose colon stands at {@code colon}, -1 if there is none. */
  private static int scheme(Passage passage, int colon) {
    if (passage.at(colon + 1) != '/' || passage.at(colon + 2) != '/') {
      return -1;
    }
    for (String scheme : SCHEMES) {
      int start = colon - scheme.length();
      if (start >= 0 && has(passage, start, scheme)) {
        return Passage.isAlphanumeric(passage.at(start - 1)) ? -1 : start;
      }
    }
    return -1;
  }

  private static int www(Passage passage, int point) {
    boolean begins =
        has(passage, point - 3, "www")
            && !Passage.isAlphanumeric(passage.at(point - 4))
            && "/.@-_".indexOf(passage.at(point - 4)) < 0;
    return begins && Email.domainEnd(passage, point + 1) > 0 ? point - 3 : -1;
  }

  private static boolean has(Passage passage, int at, String small) {
    for (int i = 0; i < small.length(); i++) {
      if ((passage.at(at + i) | 0x20) != small.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int end(Passage passage, int from) {
    // Where words stand without space between them, the text may go on behind a host of ASCII.
    boolean isUnspaced = isUnspaced(passage.at(from));
    int to = from;
    while (isOfName(passage.at(to)) && (isUnspaced || !isUnspaced(passage.at(to)))) {
      to++;
    }
    while (isPart(passage.at(to))) {
      to++;
    }
    while (to > from && ".,;:!?)]}'".indexOf(passage.at(to - 1)) >= 0) {
      to--;
    }
    return to > from ? to : -1;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }

  /** Of scripts without spaces between words. */
  private static boolean isUnspaced(char c) {
    return c >= 0x2e80 || c >= 0x0e00 && c < 0x0f00;
  }

  private static boolean isPart(char c) {
    return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"' && c != '`';
  }
}
