package dev.quern.privacy;

/**
 * What {@link RedactPattern} finds by itself. The order is the one in which they are tried: what
 * may hold another comes first.
 */
enum Pattern {
  /** http and https addresses, up to white space, quotes, angle brackets or non-ASCII text. */
  URL {
    @Override
    int candidate(byte[] text, int start, int from, int end) {
      return UrlMatch.candidate(text, from, end);
    }

    @Override
    int match(byte[] text, int start, int at, int end) {
      return UrlMatch.end(text, start, at, end);
    }
  },
  /** E-mail addresses of the usual form: ASCII local part, dotted domain, alphabetic top level. */
  EMAIL {
    @Override
    int candidate(byte[] text, int start, int from, int end) {
      return EmailMatch.candidate(text, start, from, end);
    }

    @Override
    int match(byte[] text, int start, int at, int end) {
      return EmailMatch.end(text, start, at, end);
    }
  },
  /** Chinese resident identity numbers of 18 characters with a right check digit (GB 11643). */
  CN_ID {
    @Override
    int candidate(byte[] text, int start, int from, int end) {
      return NumberMatch.candidate(text, start, from, end);
    }

    @Override
    int match(byte[] text, int start, int at, int end) {
      return NumberMatch.residentId(text, start, at, end);
    }
  },
  /** Card numbers of 13 to 19 digits with a right Luhn digit, spaced or hyphenated or not. */
  CREDIT_CARD {
    @Override
    int candidate(byte[] text, int start, int from, int end) {
      return NumberMatch.candidate(text, start, from, end);
    }

    @Override
    int match(byte[] text, int start, int at, int end) {
      return NumberMatch.card(text, start, at, end);
    }
  },
  /** Telephone numbers: + and 8 to 15 digits, Chinese mobile and fixed, North American. */
  PHONE {
    @Override
    int candidate(byte[] text, int start, int from, int end) {
      return PhoneMatch.candidate(text, from, end);
    }

    @Override
    int match(byte[] text, int start, int at, int end) {
      return PhoneMatch.end(text, start, at, end);
    }
  },
  /** Four numbers in [0, 255] with dots, not part of a longer dotted number. */
  IPV4 {
    @Override
    int candidate(byte[] text, int start, int from, int end) {
      return NumberMatch.candidate(text, start, from, end);
    }

    @Override
    int match(byte[] text, int start, int at, int end) {
      return NumberMatch.ipv4(text, start, at, end);
    }
  };

  /**
   * Returns the first place from {@code from} on at which a match may begin, or {@code end}: found
   * eight bytes at a time, because most of most texts is nothing of the kind.
   *
   * @param start first byte of the text, so that it can look back
   */
  abstract int candidate(byte[] text, int start, int from, int end);

  /**
   * Returns where the match that begins at {@code at} ends, or -1.
   *
   * @param start first byte of the text, so that a match can look back
   */
  abstract int match(byte[] text, int start, int at, int end);
}
