package dev.quern.format.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Gzip (RFC 1952) of any number of members. Unlike the JDK's, it never takes a damaged or cut
 * member for the end; only zero bytes may follow the last one (padding of tapes).
 */
final class GzipStream extends InputStream {
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final InputStream in;
  private final byte[] buffer;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int at;
  private int end;
  private boolean inMember;
  private boolean first = true;
  private boolean ended;

  GzipStream(InputStream in, int bufferSize) {
    this.in = in;
    this.buffer = new byte[bufferSize];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return readNBytes(one, 0, 1) == 1 ? one[0] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !beginMember()) {
        ended = true;
        break;
      }
      int got = inflate(into, start, length);
      if (got > 0) {
        crc.update(into, start, got);
        return got;
      }
      endMember();
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  /** Returns the bytes inflated, 0 at the end of the member. */
  private int inflate(byte[] into, int start, int length) throws IOException {
    try {
      while (true) {
        int got = inflater.inflate(into, start, length);
        if (got > 0 || inflater.finished()) {
          return got;
        }
        if (inflater.needsDictionary()) {
          throw new ZipException("gzip with a preset dictionary");
        }
        if (at == end && !fill()) {
          throw new EOFException();
        }
        inflater.setInput(buffer, at, end - at);
        at = end;
      }
    } catch (DataFormatException e) {
      throw new ZipException("deflate data damaged");
    }
  }

  private boolean beginMember() throws IOException {
    int b = next();
    while (!first && b == 0) {
      b = next();
    }
    if (b < 0) {
      return false;
    }
    if (b != 0x1f || needed() != 0x8b || needed() != 8) {
      throw new ZipException("no gzip member");
    }
    int flags = needed();
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      int low = needed();
      skip(low | needed() << 8);
    }
    for (int strings = Integer.bitCount(flags & (HAS_NAME | HAS_COMMENT)); strings > 0; ) {
      strings -= needed() == 0 ? 1 : 0;
    }
    if ((flags & HAS_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, at, end - at);
    at = end;
    crc.reset();
    first = false;
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    long size = inflater.getBytesWritten() & 0xffffffffL;
    if (word() != crc.getValue() || word() != size) {
      throw new ZipException("gzip checksum wrong");
    }
    inMember = false;
  }

  private long word() throws IOException {
    long word = 0;
    for (int i = 0; i < 4; i++) {
      word |= (long) needed() << (8 * i);
    }
    return word;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      needed();
    }
  }

  private int needed() throws IOException {
    int b = next();
    if (b < 0) {
      throw new EOFException();
    }
    return b;
  }

  private int next() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    int got = in.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, got);
    return got > 0;
  }
}
