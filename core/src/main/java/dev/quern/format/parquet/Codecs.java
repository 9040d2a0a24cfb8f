package dev.quern.format.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compression of pages without Hadoop: zstd both ways; none, snappy, gzip and LZ4 for reading. One
 * instance serves one file and one thread.
 */
final class Codecs implements CompressionCodecFactory {
  /** Level 3 halves text at about 150 MB/s; the size at which higher levels stop paying. */
  static final int LEVEL = 3;

  /** No page may claim to hold more: its size comes from the file and is allocated at once. */
  static final int MAX_PAGE_BYTES = 512 << 20;

  /** Bytes that one stored byte can become: blocks of 128 KiB of one byte take 4 bytes. */
  private static final int ZSTD_EXPANSION = 1 << 15;

  /** Deflate's longest match is 258 bytes in 2 bits. */
  private static final int GZIP_EXPANSION = 1032;

  /** A byte of a match's length adds 255. */
  private static final int LZ4_EXPANSION = 255;

  /** A copy of 64 bytes takes 3. */
  private static final int SNAPPY_EXPANSION = 22;

  /** Bytes by which a page may be larger than that: headers, and pages of a few bytes. */
  private static final int SLACK = 1 << 17;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new None();
      case ZSTD -> {
        ZstdCompressCtx context = new ZstdCompressCtx();
        context.setLevel(LEVEL);
        opened.add(context);
        yield new ZstdOut(context);
      }
      case SNAPPY, GZIP, LZO, BROTLI, LZ4, LZ4_RAW ->
          throw new IllegalArgumentException("codec must be zstd or uncompressed; found: " + codec);
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED ->
          new Expander(1, (in, start, length, out) -> copy(in, start, length, out));
      case ZSTD -> {
        ZstdDecompressCtx context = new ZstdDecompressCtx();
        opened.add(context);
        yield new Expander(
            ZSTD_EXPANSION,
            (in, start, length, out) ->
                context.decompressByteArray(out, 0, out.length, in, start, length));
      }
      case SNAPPY -> new Expander(SNAPPY_EXPANSION, Codecs::snappy);
      case GZIP -> new Expander(GZIP_EXPANSION, Codecs::gzip);
      case LZ4_RAW -> {
        Lz4Decompressor lz4 = new Lz4Decompressor();
        yield new Expander(
            LZ4_EXPANSION,
            (in, start, length, out) -> lz4.decompress(in, start, length, out, 0, out.length));
      }
      case LZO, BROTLI, LZ4 -> throw new UnsupportedCodec(codec);
    };
  }

  @Override
  public void release() {
    for (AutoCloseable context : opened) {
      try {
        context.close();
      } catch (Exception e) {
        throw new IllegalStateException("zstd context must close", e);
      }
    }
    opened.clear();
  }

  /** A codec we do not read. */
  static final class UnsupportedCodec extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CompressionCodecName codec;

    UnsupportedCodec(CompressionCodecName codec) {
      super("codec must be zstd, snappy, gzip, lz4_raw or uncompressed; found: " + codec);
      this.codec = codec;
    }

    CompressionCodecName codec() {
      return codec;
    }
  }

  private static int copy(byte[] in, int start, int length, byte[] out) {
    System.arraycopy(in, start, out, 0, Math.min(length, out.length));
    return length;
  }

  private static int snappy(byte[] in, int start, int length, byte[] out) throws IOException {
    if (Snappy.uncompressedLength(in, start, length) != out.length) {
      throw new IOException("page must have the size it claims");
    }
    return Snappy.uncompress(in, start, length, out, 0);
  }

  private static int gzip(byte[] in, int start, int length, byte[] out) throws IOException {
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(in, start, length), 1 << 16)) {
      int got = stream.readNBytes(out, 0, out.length);
      return stream.read() < 0 ? got : got + 1;
    }
  }

  private record None() implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput in) {
      return in;
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.UNCOMPRESSED;
    }

    @Override
    public void release() {}
  }

  private static final class ZstdOut implements BytesInputCompressor {
    private final ZstdCompressCtx context;
    private byte[] scratch = {};

    ZstdOut(ZstdCompressCtx context) {
      this.context = context;
    }

    @Override
    public BytesInput compress(BytesInput in) throws IOException {
      byte[] page = in.toByteArray();
      int bound = Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(page.length));
      if (scratch.length < bound) {
        scratch = new byte[bound];
      }
      int size = context.compressByteArray(scratch, 0, scratch.length, page, 0, page.length);
      return BytesInput.from(Arrays.copyOf(scratch, size));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {}
  }

  /** Fills {@code out} from the compressed bytes and returns how many bytes there were. */
  private interface Expansion {
    int expand(byte[] in, int start, int length, byte[] out) throws IOException;
  }

  /**
   * Expands pages.
   *
   * @param most bytes that one stored byte can become
   */
  private record Expander(int most, Expansion expansion) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput in, int size) throws IOException {
      return BytesInput.from(expand(in.toByteBuffer(), size));
    }

    @Override
    public void decompress(ByteBuffer in, int length, ByteBuffer out, int size) throws IOException {
      ByteBuffer page = in.slice();
      page.limit(length);
      in.position(in.position() + length);
      out.put(expand(page, size));
    }

    @Override
    public void release() {}

    private byte[] expand(ByteBuffer in, int size) throws IOException {
      if (size < 0 || size > MAX_PAGE_BYTES) {
        throw new IOException(
            "page must hold at most " + MAX_PAGE_BYTES + " bytes; found: " + size);
      }
      long reachable = most * (long) in.remaining();
      if (most == 1 ? size != reachable : size > reachable + SLACK) {
        throw new IOException("page must have the size it claims");
      }
      byte[] page;
      int start = 0;
      int length = in.remaining();
      if (in.hasArray()) {
        page = in.array();
        start = in.arrayOffset() + in.position();
      } else {
        page = new byte[length];
        in.duplicate().get(page);
      }
      byte[] out = new byte[size];
      int got = size == 0 && length == 0 ? 0 : expansion.expand(page, start, length, out);
      if (got != size) {
        throw new IOException("page must have the size it claims; found: another");
      }
      return out;
    }
  }
}
