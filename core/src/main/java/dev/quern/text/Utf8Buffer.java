package dev.quern.text;

import java.util.Arrays;

/** Growing UTF-8 bytes. Reused; not safe for several threads. */
public final class Utf8Buffer {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[256];
  private int length;

  /** Forgets what was put. */
  public Utf8Buffer reset() {
    length = 0;
    return this;
  }

  /** Returns the array that holds the text in [0, {@link #length()}), valid until more is put. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the number of bytes put. */
  public int length() {
    return length;
  }

  /** Appends one byte. */
  public Utf8Buffer put(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Appends a text of ASCII characters. */
  public Utf8Buffer putAscii(String ascii) {
    room(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends {@code source[start, end)}. */
  public Utf8Buffer putBytes(byte[] source, int start, int end) {
    room(end - start);
    System.arraycopy(source, start, bytes, length, end - start);
    length += end - start;
    return this;
  }

  /** Appends a code point. */
  public Utf8Buffer putCodePoint(int c) {
    room(4);
    if (c < 0x80) {
      bytes[length++] = (byte) c;
    } else if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | c >> 6);
      bytes[length++] = (byte) (0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      bytes[length++] = (byte) (0xe0 | c >> 12);
      bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
      bytes[length++] = (byte) (0x80 | c & 0x3f);
    } else {
      bytes[length++] = (byte) (0xf0 | c >> 18);
      bytes[length++] = (byte) (0x80 | c >> 12 & 0x3f);
      bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
      bytes[length++] = (byte) (0x80 | c & 0x3f);
    }
    return this;
  }

  /**
   * Appends UTF-16 characters.
   *
   * @return false if there is a surrogate without its partner; what is held is then of no use
   */
  public boolean putChars(char[] chars, int start, int end) {
    room(end - start);
    for (int i = start; i < end; i++) {
      char c = chars[i];
      if (c < 0x80) {
        room(1);
        bytes[length++] = (byte) c;
      } else if (!Character.isSurrogate(c)) {
        putCodePoint(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(chars[i + 1])) {
        putCodePoint(Character.toCodePoint(c, chars[++i]));
      } else {
        return false;
      }
    }
    return true;
  }

  /** Appends the well-formed UTF-8 in {@code source[start, end)} as a JSON string with quotes. */
  public Utf8Buffer putJsonString(byte[] source, int start, int end) {
    put('"');
    int from = start;
    for (int at = start; at < end; at++) {
      byte b = source[at];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        putBytes(source, from, at);
        from = at + 1;
        putEscape(b);
      }
    }
    return putBytes(source, from, end).put('"');
  }

  private void putEscape(byte b) {
    put('\\');
    switch (b) {
      case '"', '\\' -> put(b);
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      case '\b' -> put('b');
      case '\f' -> put('f');
      default -> putAscii("u00").put(HEX[b >> 4]).put(HEX[b & 15]);
    }
  }

  /** Returns the text decoded. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
