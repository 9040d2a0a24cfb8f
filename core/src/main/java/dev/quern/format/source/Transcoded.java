package dev.quern.format.source;

import dev.quern.text.Utf8Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Text of another encoding as UTF-8 without byte order mark. What is malformed becomes the byte FF,
 * which UTF-8 never holds, so that the sample it stands in is found to be malformed.
 */
final class Transcoded extends InputStream {
  private final InputStream in;

  /** Bytes of the smallest sequence. */
  private final int unit;

  private final CharsetDecoder decoder;
  private final ByteBuffer encoded = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 15);
  private final Utf8Buffer utf8 = new Utf8Buffer();
  private int at;
  private boolean first = true;
  private boolean inputEnded;
  private boolean ended;

  Transcoded(InputStream in, TextEncoding encoding) {
    this.in = in;
    this.unit = encoding == TextEncoding.UTF_16LE || encoding == TextEncoding.UTF_16BE ? 2 : 1;
    this.decoder =
        encoding
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return readNBytes(one, 0, 1) == 1 ? one[0] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    while (at == utf8.length()) {
      if (ended) {
        return -1;
      }
      at = 0;
      utf8.reset();
      decode();
    }
    int got = Math.min(length, utf8.length() - at);
    System.arraycopy(utf8.bytes(), at, into, start, got);
    at += got;
    return got;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void decode() throws IOException {
    if (!inputEnded) {
      encoded.compact();
      int got = in.read(encoded.array(), encoded.position(), encoded.remaining());
      encoded.position(encoded.position() + Math.max(0, got)).flip();
      inputEnded = got < 0;
    }
    CoderResult result = decoder.decode(encoded, chars, inputEnded);
    putChars();
    if (result.isError()) {
      // Decoders take what follows for a part of the mistake, line ends among it.
      int passed = result.isMalformed() ? Math.min(unit, result.length()) : result.length();
      encoded.position(encoded.position() + passed);
      utf8.put(0xff);
    } else if (result.isUnderflow() && inputEnded) {
      ended = true;
    }
  }

  private void putChars() {
    chars.flip();
    int from = chars.position();
    if (first && chars.hasRemaining()) {
      from += chars.get(from) == '\ufeff' ? 1 : 0;
      first = false;
    }
    // Decoders yield whole pairs only: a lone surrogate is malformed input.
    utf8.putChars(chars.array(), from, chars.limit());
    chars.clear();
  }
}
