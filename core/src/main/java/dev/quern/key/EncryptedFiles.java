package dev.quern.key;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import dev.quern.engine.ClearFiles;
import dev.quern.engine.SampleFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Files of a workspace, encrypted: each by a data key of its own, which a keyset wraps, in segments
 * of 64 KiB that are read in any order (Tink's AES-256-GCM-HKDF streaming). Bound to the place of
 * the file in the workspace and to its head: moved, cut or changed files are refused. What is
 * written outside the workspace is in clear.
 */
public final class EncryptedFiles implements SampleFiles {
  private static final int SEGMENT = 1 << 16;
  private static final int TAG = 16;

  /**
   * Bytes before the first segment: their number, a salt as long as the key, a prefix of nonces.
   */
  private static final int STREAM_HEAD = 1 + DataKeys.BYTES + 7;

  private final Path root;
  private final Function<String, Keyset> keys;
  private final Optional<Keyset> writing;
  private final Accepted accepted;

  /** Which files are read. */
  private enum Accepted {
    /** Encrypted ones and clear ones. */
    ALL,
    ENCRYPTED
  }

  private EncryptedFiles(
      Path root, Function<String, Keyset> keys, Optional<Keyset> writing, Accepted accepted) {
    this.root = root.toAbsolutePath().normalize();
    this.keys = keys;
    this.writing = writing;
    this.accepted = accepted;
  }

  /**
   * Returns the files of the workspace {@code root}, of which new ones are in clear.
   *
   * @param keys finds the keysets that files name
   */
  public static EncryptedFiles reading(Path root, Function<String, Keyset> keys) {
    return new EncryptedFiles(root, cached(keys), Optional.empty(), Accepted.ALL);
  }

  /** Returns the same files, of which new ones are encrypted under {@code keyset}. */
  public EncryptedFiles writing(Keyset keyset) {
    return new EncryptedFiles(root, keys, Optional.of(keyset), accepted);
  }

  /**
   * Returns the same files, of which new ones are encrypted like {@code file}, or in clear like it:
   * under the key that is now the primary one of its keyset.
   */
  public EncryptedFiles like(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Optional<byte[]> head = EncryptedHead.read(channel, file);
      if (head.isEmpty()) {
        return new EncryptedFiles(root, keys, Optional.empty(), accepted);
      }
      String master = EncryptedHead.parse(head.get(), file).master();
      return writing(keys.apply(master.substring(0, master.lastIndexOf('@'))));
    }
  }

  /** Returns the same files; those in clear are refused, for somebody has put them there. */
  public EncryptedFiles only() {
    return new EncryptedFiles(root, keys, writing, Accepted.ENCRYPTED);
  }

  private static Function<String, Keyset> cached(Function<String, Keyset> keys) {
    Map<String, Keyset> known = new ConcurrentHashMap<>();
    return reference -> known.computeIfAbsent(reference, keys);
  }

  @Override
  public String told(String digest) {
    return writing.map(keyset -> keyset.hash("logical digest", digest)).orElse(digest);
  }

  @Override
  public String encryption() {
    return writing.map(DataKeys::master).orElse("");
  }

  @Override
  public Output create(Path file, Path name) throws IOException {
    if (writing.isEmpty() || !isInside(name)) {
      return ClearFiles.CLEAR.create(file, name);
    }
    byte[] key = DataKeys.random();
    byte[] head = head(writing.get(), key, name);
    FileChannel channel = ClearFiles.channel(file);
    try {
      writeFully(channel, ByteBuffer.wrap(head));
      return new Encrypting(
          channel, streaming(key).newEncryptingChannel(new Kept(channel), bound(head, name)));
    } catch (IOException | RuntimeException | GeneralSecurityException e) {
      channel.close();
      throw failed(e);
    }
  }

  private byte[] head(Keyset keyset, byte[] key, Path name) throws IOException {
    byte[] wrapped = DataKeys.wrap(keyset, key, bound(new byte[0], name));
    return new EncryptedHead(DataKeys.master(keyset), wrapped).written();
  }

  @Override
  public byte[] stored(byte[] content, Path name) throws IOException {
    if (writing.isEmpty()) {
      return content;
    }
    byte[] key = DataKeys.random();
    byte[] head = head(writing.get(), key, name);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(head);
    try (OutputStream out = streaming(key).newEncryptingStream(whole, bound(head, name))) {
      out.write(content);
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
    return whole.toByteArray();
  }

  @Override
  public byte[] content(byte[] stored, Path name) throws IOException {
    Optional<byte[]> head = EncryptedHead.of(stored, name);
    if (head.isEmpty()) {
      requireClear(name);
      return stored;
    }
    byte[] key = unwrapped(head.get(), name, name);
    int from = head.get().length;
    InputStream behind = new ByteArrayInputStream(stored, from, stored.length - from);
    try (InputStream in = streaming(key).newDecryptingStream(behind, bound(head.get(), name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw EncryptedHead.damaged(name); // Nothing else can fail in memory.
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  private byte[] unwrapped(byte[] head, Path file, Path name) throws IOException {
    EncryptedHead told = EncryptedHead.parse(head, file);
    byte[] context = bound(new byte[0], name);
    return DataKeys.unwrap(file.toString(), keys, told.master(), told.wrapped(), context);
  }

  private static IOException failed(Exception e) throws IOException {
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e instanceof GeneralSecurityException) {
      throw new IllegalStateException("AES-256-GCM must be there", e);
    }
    return (IOException) e;
  }

  private static StreamingAead streaming(byte[] key) throws GeneralSecurityException {
    return new AesGcmHkdfStreaming(key, "HmacSha256", DataKeys.BYTES, SEGMENT, 0);
  }

  /** Returns what the file that will lie at {@code name} is bound to. */
  private byte[] bound(byte[] head, Path name) throws IOException {
    byte[] place = ("quern file 1\n" + place(name) + "\n").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(place.length + head.length).put(place).put(head).array();
  }

  /** What is put elsewhere leaves the workspace, which is for who asks for it. */
  private boolean isInside(Path name) throws IOException {
    Path absolute = name.toAbsolutePath().normalize();
    return absolute.startsWith(root) || absolute.startsWith(root.toRealPath());
  }

  private String place(Path name) throws IOException {
    Path absolute = name.toAbsolutePath().normalize();
    Path from = absolute.startsWith(root) ? root : root.toRealPath();
    if (!absolute.startsWith(from)) {
      throw new IllegalArgumentException("file must lie in the workspace; found: " + name);
    }
    return from.relativize(absolute).toString().replace('\\', '/');
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer left) throws IOException {
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** A file being encrypted. */
  private record Encrypting(FileChannel channel, WritableByteChannel segments) implements Output {
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      writeFully(segments, ByteBuffer.wrap(bytes, from, length));
    }

    @Override
    public void finish() throws IOException {
      segments.close();
      channel.force(false);
      channel.close();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A channel that stays open when the stream of segments ends: it is still to be forced. */
  private record Kept(FileChannel channel) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return channel.write(bytes);
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {}
  }

  @Override
  public Input open(Path file, Path name) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      Optional<byte[]> head = EncryptedHead.read(channel, file);
      if (head.isPresent()) {
        return decrypting(channel, file, name, head.get());
      }
      requireClear(file);
      return ClearFiles.input(file, channel);
    } catch (IOException | RuntimeException | GeneralSecurityException e) {
      channel.close();
      throw failed(e);
    }
  }

  private void requireClear(Path file) {
    if (accepted == Accepted.ENCRYPTED) {
      throw DataKeys.refused(
          file.toString(),
          DataKeys.NOT_AUTHENTIC,
          "be encrypted, like all that this recipe keeps",
          "another file; fix: restore it from a copy, or delete it and run the recipe again");
    }
  }

  private Input decrypting(FileChannel channel, Path file, Path name, byte[] head)
      throws IOException, GeneralSecurityException {
    byte[] key = unwrapped(head, file, name);
    long size = contentSize(file, channel.size() - head.length);
    SeekableByteChannel behind = new ShiftedChannel(channel, head.length);
    return new DecryptedFile(
        file, size, streaming(key).newSeekableDecryptingChannel(behind, bound(head, name)));
  }

  /** Returns the bytes of the content of a stream of {@code stored} bytes. */
  private static long contentSize(Path file, long stored) {
    long segments = (stored + SEGMENT - 1) / SEGMENT;
    long size = stored - STREAM_HEAD - TAG * segments;
    if (size < 0) {
      throw EncryptedHead.damaged(file);
    }
    return size;
  }

  @Override
  public long size(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Optional<byte[]> head = EncryptedHead.read(channel, file);
      if (head.isEmpty()) {
        requireClear(file);
        return channel.size();
      }
      return contentSize(file, channel.size() - head.get().length);
    }
  }
}
