package dev.quern.data;

import java.nio.charset.StandardCharsets;

/** A reusable view on bytes somebody else owns: valid until its column moves it on. */
public final class Slice {
  /** The array that holds the bytes. */
  public byte[] bytes = {};

  /** The first byte. */
  public int start;

  /** One behind the last byte. */
  public int end;

  /** Points this view at {@code bytes[start, end)}. */
  public Slice set(byte[] newBytes, int newStart, int newEnd) {
    bytes = newBytes;
    start = newStart;
    end = newEnd;
    return this;
  }

  /** Returns the number of bytes. */
  public int length() {
    return end - start;
  }

  /** Returns the bytes decoded as UTF-8. */
  public String text() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
