package dev.quern.engine.pass;

import com.github.luben.zstd.Zstd;
import dev.quern.engine.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of frames, each with its length and a checksum: {@code stored length, raw length,
 * checksum, rows} (4 bytes each, little endian) and the stored bytes. Raw length 0 means stored as
 * is. The checksum covers all of it but itself.
 */
final class Frames {
  static final int HEADER = 16;

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
    private final FileChannel channel;
    private final Packing packing;
    private final byte[] header = new byte[HEADER];
    private byte[] packed = {};
    private long written;

    Writer(Path file, Packing packing) throws IOException {
      this.channel = PassFolder.create(file);
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
      Head head = new Head(storedLength, rawLength, 0, rows);
      ByteBuffer.wrap(header)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(storedLength)
          .putInt(rawLength)
          .putInt(checksum(head, stored))
          .putInt(rows);
      PassFolder.writeFully(channel, header, 0, HEADER);
      PassFolder.writeFully(channel, stored, 0, storedLength);
      written += HEADER + storedLength;
    }

    /** Appends a place in the file as 8 bytes. */
    void writePlace(long place) throws IOException {
      byte[] bytes =
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(place).array();
      PassFolder.writeFully(channel, bytes, 0, bytes.length);
      written += bytes.length;
    }

    /** Forces the file to the disk and closes it. */
    void finish() throws IOException {
      channel.force(false);
      channel.close();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** The head of a frame. */
  record Head(int stored, int raw, int checksum, int rows) {
    /** Returns the bytes of the whole frame. */
    long size() {
      return (long) HEADER + stored;
    }
  }

  private static int checksum(Head head, byte[] stored) {
    CRC32C checksum = new CRC32C();
    ByteBuffer lengths = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    lengths.putInt(head.stored).putInt(head.raw).putInt(head.rows);
    checksum.update(lengths.flip());
    checksum.update(stored, 0, head.stored);
    return (int) checksum.getValue();
  }

  /** Reads the head of the frame at {@code place}. */
  static Head head(FileChannel channel, long place, Path file) throws IOException {
    ByteBuffer head =
        ByteBuffer.wrap(read(channel, place, HEADER, file)).order(ByteOrder.LITTLE_ENDIAN);
    Head found = new Head(head.getInt(), head.getInt(), head.getInt(), head.getInt());
    if (found.stored < 0 || found.raw < 0 || found.size() > channel.size() - place) {
      throw damaged(file, place);
    }
    return found;
  }

  /** Reads the frame at {@code place}, whose head is {@code head}; the bytes are the caller's. */
  static byte[] body(FileChannel channel, long place, Head head, Path file) throws IOException {
    byte[] stored = read(channel, place + HEADER, head.stored, file);
    if (checksum(head, stored) != head.checksum) {
      throw damaged(file, place);
    }
    if (head.raw == 0) {
      return stored;
    }
    byte[] raw = new byte[head.raw];
    long size = Zstd.decompressByteArray(raw, 0, raw.length, stored, 0, stored.length);
    if (Zstd.isError(size) || size != head.raw) {
      throw damaged(file, place);
    }
    return raw;
  }

  /** Reads exactly {@code length} bytes at {@code place}. */
  static byte[] read(FileChannel channel, long place, int length, Path file) throws IOException {
    // Before allocating: a damaged length must not ask for memory the file cannot fill.
    if (length > channel.size() - place) {
      throw damaged(file, place);
    }
    ByteBuffer into = ByteBuffer.wrap(new byte[length]);
    while (into.hasRemaining()) {
      int n = channel.read(into, place + into.position());
      if (n < 0) {
        throw damaged(file, place);
      }
    }
    return into.array();
  }

  static DataException damaged(Path file, long place) {
    return new DataException(
        "stored_damaged",
        file.getFileName()
            + " @ "
            + place
            + ": stored samples must be as written; found: damage; delete the file and run again");
  }
}
