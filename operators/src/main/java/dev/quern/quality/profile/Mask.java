package dev.quern.quality.profile;

import dev.quern.text.Utf8;

/**
 * The character classes of a text, and what they give away of it.
 *
 * <p>A digit is 9, up to four in a row one by one and {@code 9999+} beyond; an upper-case letter A,
 * a lower-case one a, a letter without case 文, each with + where there are several in a row; white
 * space _; other ASCII characters stand for themselves and everything else is *. So {@code
 * 2026-01-31} is {@code 9999-99-99} and {@code Ann Li} is {@code Aa+_Aa}. Of a text longer than
 * {@link #LONGEST} bytes only the first {@link #SEEN} are looked at and there is no mask. An
 * instance is reused; not safe for several threads.
 */
final class Mask {
  /** Longer texts have no mask (bytes). */
  static final int LONGEST = 64;

  /** How far a long text is looked at for scripts and faulty characters (bytes). */
  static final int SEEN = 256;

  private static final byte[] CLASSES = classes();
  private static final byte CONTROL = 1;
  private static final byte WIDE = 2;
  private static final int LATIN = 1 << Script.LATIN.ordinal();
  private static final byte[] LETTER = {(byte) 0xe6, (byte) 0x96, (byte) 0x87};

  final byte[] bytes = new byte[4 * LONGEST + 8];
  int length;

  /** Bits by ordinal of {@link Script}. */
  int scripts;

  /** Bits of {@link Flaw}. */
  int flaws;

  private byte last;
  private int run;

  /** What may be wrong with a text, whatever the others are. */
  enum Flaw {
    BLANK,
    PADDED,
    CONTROL,
    MOJIBAKE;

    int bit() {
      return 1 << ordinal();
    }
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int c = 0; c < 256; c++) {
      if (c >= 0x80) {
        classes[c] = WIDE;
      } else if (c == ' ' || c >= '\t' && c <= '\r') {
        classes[c] = '_';
      } else if (c < ' ' || c == 0x7f) {
        classes[c] = CONTROL;
      } else if (Character.isDigit(c)) {
        classes[c] = '9';
      } else if (Character.isLetter(c)) {
        classes[c] = (byte) (Character.isUpperCase(c) ? 'A' : 'a');
      } else {
        classes[c] = (byte) c;
      }
    }
    return classes;
  }

  /** Reads {@code text[start, end)}, well-formed UTF-8, and returns whether it has a mask. */
  boolean read(byte[] text, int start, int end) {
    length = 0;
    scripts = 0;
    flaws = 0;
    last = 0;
    run = 0;
    boolean masked = end - start <= LONGEST;
    int stop = masked ? end : sequenceEnd(text, start + SEEN, end);
    if (start < end
        && (CLASSES[text[start] & 0xff] == '_' || CLASSES[text[end - 1] & 0xff] == '_')) {
      flaws |= Flaw.PADDED.bit();
    }
    int before = 0;
    for (int at = start; at < stop; ) {
      byte kind = CLASSES[text[at] & 0xff];
      int size = 1;
      int c = 0;
      if (kind == WIDE) {
        int sequence = Utf8.sequence(text, at, stop);
        c = sequence == 0 ? 0xfffd : codePoint(text, at, sequence);
        size = Math.max(1, sequence);
        kind = wide(c, before);
      } else if (kind == CONTROL) {
        flaws |= Flaw.CONTROL.bit();
        kind = '*';
      } else if (kind == 'a' || kind == 'A') {
        scripts |= LATIN;
      }
      put(kind, masked);
      before = c;
      at += size;
    }
    if (masked && isBlank(start, end)) {
      flaws = flaws & ~Flaw.PADDED.bit() | Flaw.BLANK.bit();
    }
    return masked;
  }

  private boolean isBlank(int start, int end) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != '_') {
        return false;
      }
    }
    return start < end;
  }

  /** Returns the end of the sequence that {@code from} lies in, at most {@code end}. */
  private static int sequenceEnd(byte[] text, int from, int end) {
    int at = Math.min(from, end);
    while (at < end && (text[at] & 0xc0) == 0x80) {
      at++;
    }
    return at;
  }

  private static int codePoint(byte[] text, int at, int size) {
    int c = text[at] & 0xff >> (size + 1);
    for (int i = 1; i < size; i++) {
      c = c << 6 | text[at + i] & 0x3f;
    }
    return c;
  }

  /** Notes what a character beyond ASCII tells and returns its class. */
  private byte wide(int c, int before) {
    // UTF-8 that was read as Latin-1 or Windows-1252 shows as these pairs.
    boolean twice = (before == 0xc2 || before == 0xc3) && c >= 0x80 && c <= 0xbf;
    if (c == 0xfffd || twice || before == 0xe2 && c == 0x20ac) {
      flaws |= Flaw.MOJIBAKE.bit();
    }
    if (c < 0xa0 || c >= 0x200b && c <= 0x200f || c >= 0x202a && c <= 0x202e || c == 0xfeff) {
      flaws |= Flaw.CONTROL.bit();
      return '*';
    }
    if (Character.isLetter(c)) {
      scripts |= 1 << Script.of(c).ordinal();
      return (byte) (Character.isUpperCase(c) ? 'A' : Character.isLowerCase(c) ? 'a' : LETTER[0]);
    }
    if (Character.isDigit(c)) {
      return '9';
    }
    return (byte) (Character.isWhitespace(c) || Character.isSpaceChar(c) ? '_' : '*');
  }

  private void put(byte kind, boolean masked) {
    boolean letter = kind == 'a' || kind == 'A';
    run = kind == last ? run + 1 : 1;
    last = kind;
    if (!masked) {
      return;
    }
    if (kind == LETTER[0] && run == 1) {
      for (byte b : LETTER) {
        bytes[length++] = b;
      }
    } else if (run == 1 || !letter && kind != LETTER[0] && (kind != '9' || run <= 4)) {
      bytes[length++] = kind;
    } else if (kind == '9' ? run == 5 : run == 2) {
      bytes[length++] = '+';
    }
  }
}
