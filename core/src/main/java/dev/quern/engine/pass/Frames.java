package dev.quern.engine.pass;

import com.github.luben.zstd.Zstd;
import dev.quern.engine.DataException;
import dev.quern.engine.SampleFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of frames, each with its length and checksums: {@code stored length, raw length, checksum,
 * rows, checksum of these four} (4 bytes each, little endian) and the stored bytes. Raw length 0
 * means stored as is. The head has a checksum of its own because it is believed before the bytes
 * are read.
 */
final class Frames {
  static final int HEADER = 20;

  /** Bytes of the head that its checksum covers. */
  private static final int SUMMED = 16;

  private Frames() {}

  /** How frames are stored. */
  enum Packing {
    /** As they are: for what is read once and soon. */
    RAW,
    /** zstd level 1: for what stays for the run. */
    ZSTD
  }

  /** Appends frames to one file. Not safe for several threads. */
  static final class Writer implements Closeable {
    private final SampleFiles.Output out;
    private final Packing packing;
    private final CRC32C checksum = new CRC32C();
    private final byte[] header = new byte[HEADER];
    private byte[] packed = {};
    private long written;

    Writer(SampleFiles.Output out, Packing packing) {
      this.out = out;
      this.packing = packing;
    }

    /** Returns the bytes written: the place of the next frame. */
    long written() {
      return written;
    }

    void write(byte[] bytes, int length, int rows) throws IOException {
      byte[] stored = bytes;
      int storedLength = length;
      int rawLength = 0;
      if (packing == Packing.ZSTD) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (packed.length < bound) {
          packed = new byte[bound];
        }
        storedLength = (int) Zstd.compressByteArray(packed, 0, packed.length, bytes, 0, length, 1);
        stored = packed;
        rawLength = length;
      }
      checksum.reset();
      checksum.update(stored, 0, storedLength);
      ByteBuffer.wrap(header)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(storedLength)
          .putInt(rawLength)
          .putInt((int) checksum.getValue())
          .putInt(rows)
          .putInt(sum(header));
      out.write(header, 0, HEADER);
      out.write(stored, 0, storedLength);
      written += HEADER + storedLength;
    }

    /** Appends a place in the file as 8 bytes. */
    void writePlace(long place) throws IOException {
      byte[] bytes =
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(place).array();
      out.write(bytes, 0, bytes.length);
      written += bytes.length;
    }

    /** Forces the file to the disk and closes it. */
    void finish() throws IOException {
      out.finish();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** The head of a frame. */
  record Head(int stored, int raw, int checksum, int rows) {
    /** Returns the bytes of the whole frame. */
    long size() {
      return (long) HEADER + stored;
    }
  }

  /** Reads the head of the frame at {@code place}. */
  static Head head(SampleFiles.Input file, long place) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(read(file, place, HEADER)).order(ByteOrder.LITTLE_ENDIAN);
    Head found = new Head(head.getInt(), head.getInt(), head.getInt(), head.getInt());
    if (head.getInt() != sum(head.array())
        || found.stored < 0
        || found.raw < 0
        || found.size() > file.size() - place) {
      throw damaged(file.path(), place);
    }
    return found;
  }

  /** Reads the frame at {@code place}, whose head is {@code head}; the bytes are the caller's. */
  static byte[] body(SampleFiles.Input file, long place, Head head) throws IOException {
    byte[] stored = read(file, place + HEADER, head.stored);
    CRC32C checksum = new CRC32C();
    checksum.update(stored, 0, stored.length);
    if ((int) checksum.getValue() != head.checksum) {
      throw damaged(file.path(), place);
    }
    if (head.raw == 0) {
      return stored;
    }
    byte[] raw = new byte[head.raw];
    long size = Zstd.decompressByteArray(raw, 0, raw.length, stored, 0, stored.length);
    if (Zstd.isError(size) || size != head.raw) {
      throw damaged(file.path(), place);
    }
    return raw;
  }

  private static int sum(byte[] header) {
    CRC32C sum = new CRC32C();
    sum.update(header, 0, SUMMED);
    return (int) sum.getValue();
  }

  /** Reads exactly {@code length} bytes at {@code place}. */
  static byte[] read(SampleFiles.Input file, long place, int length) throws IOException {
    // Before allocating: a damaged length must not ask for memory the file cannot fill.
    if (length > file.size() - place) {
      throw damaged(file.path(), place);
    }
    ByteBuffer into = ByteBuffer.wrap(new byte[length]);
    while (into.hasRemaining()) {
      int n = file.read(into, place + into.position());
      if (n < 0) {
        throw damaged(file.path(), place);
      }
    }
    return into.array();
  }

  static DataException damaged(Path file, long place) {
    return new DataException(
        "stored_damaged",
        file
            + " @ "
            + place
            + ": stored samples must be as written; found: damage; delete the file and run again");
  }
}
