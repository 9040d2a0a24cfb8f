package dev.quern.format.source;

import dev.quern.text.Utf8;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How text files are encoded. */
public enum TextEncoding {
  UTF_8(StandardCharsets.UTF_8),
  UTF_16LE(StandardCharsets.UTF_16LE),
  UTF_16BE(StandardCharsets.UTF_16BE),
  /** The Chinese national standard, a superset of GBK and GB2312. */
  GB18030(Charset.forName("GB18030")),
  /** Western European, a superset of the printable part of ISO 8859-1; never detected. */
  WINDOWS_1252(Charset.forName("windows-1252"));

  private final Charset charset;

  TextEncoding(Charset charset) {
    this.charset = charset;
  }

  Charset charset() {
    return charset;
  }

  /**
   * Tells the encoding from the first {@code length} bytes of a file: a byte order mark, zero bytes
   * in every second place, well-formed UTF-8, else GB18030 if most of what is not ASCII are its two
   * byte sequences; UTF-8 in doubt, so that damaged samples are set aside instead of guessed.
   */
  public static TextEncoding detect(byte[] head, int length) {
    if (length >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe) {
      return UTF_16LE;
    }
    if (length >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff) {
      return UTF_16BE;
    }
    int[] zeros = new int[2];
    int looked = Math.min(length, 4096) & ~1;
    for (int i = 0; i < looked; i++) {
      zeros[i & 1] += head[i] == 0 ? 1 : 0;
    }
    int units = looked / 2;
    if (units > 1 && zeros[1] * 3 > units && zeros[0] * 20 <= units) {
      return UTF_16LE;
    }
    if (units > 1 && zeros[0] * 3 > units && zeros[1] * 20 <= units) {
      return UTF_16BE;
    }
    return looksLikeGb18030(head, length) ? GB18030 : UTF_8;
  }

  private static boolean looksLikeGb18030(byte[] head, int length) {
    int utf8 = 0;
    int pairs = 0;
    int usual = 0;
    int others = 0;
    int longer = 0;
    // The head may end within a sequence of either encoding.
    for (int at = 0; at + 4 <= length; ) {
      int sequence = Utf8.sequence(head, at, length);
      if (sequence > 0) {
        utf8 += sequence > 1 ? 1 : 0;
        longer += sequence > 2 ? 1 : 0;
        at += sequence;
      } else if (isPair(head[at] & 0xff, head[at + 1] & 0xff)) {
        pairs++;
        usual += (head[at] & 0xff) >= 0xa1 && (head[at + 1] & 0xff) >= 0xa1 ? 1 : 0;
        at += 2;
      } else {
        others++;
        at++;
      }
    }
    // Of the two byte sequences of GB18030 about one in ten is well-formed UTF-8 as well, and one
    // in
    // a thousand the beginning of a longer one: more of them means that the file is mixed.
    boolean mixed = utf8 * 4 > pairs || longer * 50 > pairs;
    return pairs > 0 && !mixed && others * 4 <= pairs && usual * 2 >= pairs;
  }

  private static boolean isPair(int lead, int trail) {
    return lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail <= 0xfe && trail != 0x7f;
  }
}
