package dev.quern.key;

import dev.quern.engine.SampleFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The content of an encrypted file, decrypted segment by segment where it is read. */
final class DecryptedFile implements SampleFiles.Input {
  private final Path path;
  private final long size;
  private final SeekableByteChannel content;

  DecryptedFile(Path path, long size, SeekableByteChannel content) {
    this.path = path;
    this.size = size;
    this.content = content;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized int read(ByteBuffer into, long place) throws IOException {
    // Also at the end: an empty content has a segment that proves it, and the last one proves that
    // nothing was cut off.
    try {
      content.position(Math.min(place, size));
      int n = content.read(into);
      return n == 0 && into.hasRemaining() ? -1 : n;
    } catch (IOException e) {
      if (isOfCipher(e)) {
        throw EncryptedHead.damaged(path);
      }
      throw e;
    }
  }

  /** Tink wraps what the cipher says, or says itself that bytes are missing. */
  private static boolean isOfCipher(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException) {
        return true;
      }
    }
    return e.getClass() == IOException.class;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
