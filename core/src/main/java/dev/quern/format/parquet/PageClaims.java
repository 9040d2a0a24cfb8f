package dev.quern.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Holds what a page says of its values against the bytes it has, before the library allocates what
 * is said.
 */
final class PageClaims {
  private static final String RULE = "a page must hold the values it claims";

  /** Values of a block of deltas at most; all writers known to us make 128. */
  private static final int MAX_BLOCK = 1 << 16;

  private PageClaims() {}

  /** Checks that the dictionary has the bytes its values need. */
  static void check(DictionaryPage page, PrimitiveType type) throws IOException {
    int least =
        switch (type.getPrimitiveTypeName()) {
          case BOOLEAN -> 0;
          case INT32, FLOAT, BINARY -> 4;
          case INT64, DOUBLE -> 8;
          case INT96 -> 12;
          case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
        };
    int values = page.getDictionarySize();
    // Without bytes there can be one value: bools have no dictionaries.
    boolean fits = least == 0 ? values <= 1 : values <= page.getBytes().size() / least;
    if (values < 0 || !fits) {
      throw new IOException("a dictionary must hold the values it claims");
    }
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
      ByteBuffer in = page.getBytes().toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < values; i++) {
        int length = in.remaining() < 4 ? -1 : in.getInt();
        if (length < 0) {
          throw new IOException("a dictionary must hold the values it claims");
        }
        skip(in, length);
      }
    }
  }

  /**
   * Checks the counts that stand before deltas in {@code page}.
   *
   * @param values of the page, missing ones included
   */
  static void check(Encoding encoding, ByteBuffer page, int values) throws IOException {
    ByteBuffer rest = page.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    switch (encoding) {
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> deltas(rest, values);
      case DELTA_BYTE_ARRAY -> {
        // Lengths of beginnings, then lengths of the rests.
        deltas(rest, values);
        deltas(rest, values);
      }
      default -> {
        // The library believes no counts here.
      }
    }
  }

  /** Passes over one sequence of deltas. */
  private static void deltas(ByteBuffer in, int values) throws IOException {
    long block = number(in);
    long parts = number(in);
    long total = number(in);
    number(in);
    if (block < 1
        || block > MAX_BLOCK
        || parts < 1
        || block % parts != 0
        || block / parts % 8 != 0
        || total > values) {
      throw new IOException("deltas must lie in blocks of parts of 8 values");
    }
    long part = block / parts;
    for (long left = total - 1; left > 0; left -= block) {
      number(in);
      int widths = in.position();
      skip(in, parts);
      long filled = Math.min(parts, (left + part - 1) / part);
      for (int i = 0; i < filled; i++) {
        skip(in, (in.get(widths + i) & 0xff) * part / 8);
      }
    }
  }

  private static void skip(ByteBuffer in, long bytes) throws IOException {
    if (bytes > in.remaining()) {
      throw new IOException(RULE);
    }
    in.position(in.position() + (int) bytes);
  }

  private static long number(ByteBuffer in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (!in.hasRemaining()) {
        throw new IOException(RULE);
      }
      byte b = in.get();
      number |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return number;
      }
    }
    throw new IOException("a number must have at most 10 bytes");
  }
}
