package dev.quern.quality.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Undoes decoding by the wrong encoding: UTF-8 read as Latin-1, Windows-1252 or GBK, and GBK read
 * as Latin-1 or Windows-1252, up to three times over.
 *
 * <p>A part of a text is only decoded anew where the result is clearly better. {@link WesternBytes}
 * tells it for Western encodings; for GBK the measure is the part of frequent characters (level 1
 * of GB 2312): at least {@value #FREQUENT} of the new text and more than of the old one. The idea
 * of weighing both texts is that of ftfy; the rules are our own. Not safe for several threads.
 */
public final class Mojibake {
  private static final int ROUNDS = 3;
  private static final double FREQUENT = 0.7;
  private static final Charset GBK = Charset.forName("GBK");

  private final WesternBytes western = new WesternBytes();
  private final CharsetEncoder gbk = strict(GBK.newEncoder());
  private final CharsetDecoder fromGbk = strict(GBK.newDecoder());
  private final CharsetDecoder fromUtf8 = strict(StandardCharsets.UTF_8.newDecoder());

  private static CharsetEncoder strict(CharsetEncoder encoder) {
    return encoder
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static CharsetDecoder strict(CharsetDecoder decoder) {
    return decoder
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Returns {@code text} as it was meant, itself where it is not clearly damaged. */
  public String repair(String text) {
    String repaired = text;
    for (int round = 0; round < ROUNDS; round++) {
      String next = once(repaired);
      if (next.equals(repaired)) {
        break;
      }
      repaired = next;
    }
    return repaired;
  }

  private String once(String text) {
    String repaired = runs(text, this::readAsGbk);
    repaired = repaired.equals(text) ? western.repair(text) : repaired;
    return repaired.equals(text) ? runs(text, this::readAsUtf8) : repaired;
  }

  /** Looks at each run of characters beyond ASCII. */
  private static String runs(String text, UnaryOperator<String> reading) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && text.charAt(end) >= 0x80) {
        end++;
      }
      if (end > at) {
        String run = text.substring(at, end);
        String better = end - at > 1 ? reading.apply(run) : "";
        out.append(better.isEmpty() ? run : better);
        at = end;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.toString();
  }

  /** Bytes of GBK that were read as a Western encoding: ÖÐÎÄ. */
  private String readAsGbk(String run) {
    byte[] bytes = western.bytes(run);
    if (bytes.length < 4 || bytes.length % 2 != 0 || !decode(fromUtf8, bytes).isEmpty()) {
      return "";
    }
    String decoded = decode(fromGbk, bytes);
    return decoded.length() == bytes.length / 2
            && isHan(decoded, 0x80)
            && frequent(decoded) >= FREQUENT
        ? decoded
        : "";
  }

  /** Bytes of UTF-8 that were read as GBK: 涓枃, and 鈥檛 for ’t. */
  private String readAsUtf8(String run) {
    byte[] bytes;
    try {
      ByteBuffer encoded = gbk.reset().encode(CharBuffer.wrap(run));
      bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
    } catch (CharacterCodingException e) {
      return "";
    }
    String decoded = decode(fromUtf8, bytes);
    double before = frequent(run);
    if (decoded.isEmpty()) {
      return "";
    }
    boolean punctuation = isPunctuated(decoded) && before < FREQUENT;
    boolean chinese = run.length() >= 3 && isHan(decoded, ' ') && frequent(decoded) >= FREQUENT;
    return punctuation || chinese && frequent(decoded) > before ? decoded : "";
  }

  private static String decode(CharsetDecoder decoder, byte[] bytes) {
    try {
      return decoder.reset().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  /**
   * Whether one character is Han and all are Chinese, punctuation that stands among them, or ASCII
   * from {@code ascii} on: a letter behind an odd number of bytes is read as a part of them.
   */
  private static boolean isHan(String text, int ascii) {
    boolean any = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean han = c >= 0x4e00 && c <= 0x9fff;
      boolean punctuation =
          c >= 0x3000 && c <= 0x303f || c >= 0xff00 && c <= 0xffef || c >= 0x2010 && c <= 0x2026;
      any |= han;
      if (!han && !punctuation && c != '·' && (c < ascii || c >= 0x7f)) {
        return false;
      }
    }
    return any;
  }

  /** Whether there are only quotes, dashes, an ellipsis and characters of ASCII. */
  private static boolean isPunctuated(String text) {
    boolean any = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean mark = c >= 0x2010 && c <= 0x2026;
      any |= mark;
      if (!mark && (c < ' ' || c > '~')) {
        return false;
      }
    }
    return any;
  }

  /** Returns the part of the Han characters that stand in level 1 of GB 2312. */
  private double frequent(String text) {
    int han = 0;
    int level1 = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x4e00 && c <= 0x9fff) {
        han++;
        level1 += isLevel1(c) ? 1 : 0;
      }
    }
    return han == 0 ? 0 : (double) level1 / han;
  }

  private boolean isLevel1(char c) {
    try {
      ByteBuffer bytes = gbk.reset().encode(CharBuffer.wrap(new char[] {c}));
      int lead = bytes.get() & 0xff;
      return lead >= 0xb0 && lead <= 0xd7 && bytes.hasRemaining() && (bytes.get() & 0xff) >= 0xa1;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
