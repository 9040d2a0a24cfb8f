package dev.quern.format.source;

import com.github.luben.zstd.ZstdInputStream;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, decompressed if its first bytes say gzip or zstd; counts what is read from
 * the disk. Damage is told with file and offset.
 */
public final class StoredStream extends InputStream {
  private static final int BUFFER = 1 << 16;

  private enum Compression {
    NONE,
    GZIP,
    ZSTD
  }

  private final InputFile file;
  private final SeekableByteChannel channel;
  private final Counted stored;
  private final InputStream decoded;
  private final Compression compression;
  private long offset;

  private StoredStream(InputFile file, SeekableByteChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    byte[] magic = new byte[4];
    int got = Channels.newInputStream(channel).readNBytes(magic, 0, 4);
    channel.position(0);
    this.compression = compression(magic, got);
    if (compression == Compression.NONE) {
      checkName(file.name(), got);
    }
    this.stored = new Counted(Channels.newInputStream(channel));
    this.decoded =
        switch (compression) {
          case NONE -> stored;
          case GZIP -> new GzipStream(stored, BUFFER);
          case ZSTD -> new ZstdInputStream(stored);
        };
  }

  /**
   * Opens {@code file}.
   *
   * @throws DataException if it is gone, unreadable or has changed
   */
  public static StoredStream open(InputFile file) throws IOException {
    SeekableByteChannel channel = FoundFile.open(file);
    try {
      return new StoredStream(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns how many bytes were read from the disk so far. */
  public long storedBytes() {
    return stored.count;
  }

  /** Returns whether the content is stored as it is, so that skipping costs nothing. */
  public boolean isPlain() {
    return compression == Compression.NONE;
  }

  /** Moves to {@code target}, an offset in the decompressed content at or behind this one. */
  public void skipTo(long target) throws IOException {
    if (isPlain()) {
      channel.position(target);
      offset = target;
      return;
    }
    byte[] sunk = new byte[BUFFER];
    while (offset < target) {
      if (read(sunk, 0, (int) Math.min(sunk.length, target - offset)) < 0) {
        throw damaged("ends early", null);
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return readNBytes(one, 0, 1) == 1 ? one[0] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    try {
      int got = decoded.read(into, start, length);
      if (got < 0) {
        FoundFile.check(file, channel);
        return got;
      }
      offset += got;
      return got;
    } catch (EOFException e) {
      throw damaged("ends early", e);
    } catch (ZipException e) {
      throw damaged("damaged data", e);
    } catch (IOException e) {
      if (compression != Compression.ZSTD) {
        throw e;
      }
      String said = String.valueOf(e.getMessage());
      if (said.contains("too much memory")) {
        throw new DataException(
            "zstd_window",
            file.name()
                + ": zstd data must have a window of at most 128 (MiB); found: a larger one, as of"
                + " zstd --long; compress the file again without it");
      }
      throw damaged(said.contains("Truncated") ? "ends early" : "damaged data", e);
    }
  }

  @Override
  public void close() throws IOException {
    decoded.close();
    channel.close();
  }

  private DataException damaged(String found, @Nullable IOException e) throws IOException {
    // What looks like damage may be another file by now.
    FoundFile.check(file, channel);
    String name = compression == Compression.ZSTD ? "zstd" : "gzip";
    String message =
        file.name()
            + " @ "
            + stored.count
            + ": "
            + name
            + " data must be whole; found: "
            + found
            + "; fetch or compress the file again";
    return e == null
        ? new DataException("damaged_" + name, message)
        : new DataException("damaged_" + name, message, e);
  }

  /** What is damaged or cut in its first bytes would pass for text otherwise. */
  private static void checkName(String name, int bytes) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean gzip = lower.endsWith(".gz");
    if (gzip || lower.endsWith(".zst")) {
      String kind = gzip ? "gzip" : "zstd";
      throw new DataException(
          "damaged_" + kind,
          name
              + ": a file of this name must begin as "
              + kind
              + " data do; found: "
              + (bytes == 0 ? "an empty file" : "other bytes")
              + "; fetch or compress the file again, or rename it if it is not compressed");
    }
  }

  private static Compression compression(byte[] magic, int length) {
    if (length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
      return Compression.GZIP;
    }
    boolean frame =
        length == 4
            && magic[0] == 0x28
            && magic[1] == (byte) 0xb5
            && magic[2] == 0x2f
            && magic[3] == (byte) 0xfd;
    boolean skippable =
        length == 4
            && (magic[0] & 0xf0) == 0x50
            && magic[1] == 0x2a
            && magic[2] == 0x4d
            && magic[3] == 0x18;
    return frame || skippable ? Compression.ZSTD : Compression.NONE;
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
      int got = super.read(into, start, length);
      count += Math.max(0, got);
      return got;
    }
  }
}
