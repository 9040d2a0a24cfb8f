package dev.quern.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files as they are. */
public final class ClearFiles implements SampleFiles {
  /** The one there is. */
  public static final SampleFiles CLEAR = new ClearFiles();

  private ClearFiles() {}

  /** Opens the new or emptied file {@code file} for writing, for the owner only. */
  public static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE),
        owner("rw-------"));
  }

  /** Returns what gives a new file or folder these permissions, where there are any. */
  public static FileAttribute<?>[] owner(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public Output create(Path file, Path name) throws IOException {
    return new Clear(channel(file));
  }

  private record Clear(FileChannel channel) implements Output {
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }

    @Override
    public void finish() throws IOException {
      channel.force(false);
      channel.close();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public Input open(Path file, Path name) throws IOException {
    return input(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Returns the content of {@code file}, which {@code channel} reads as it is. */
  public static Input input(Path file, FileChannel channel) {
    return new Opened(file, channel);
  }

  private record Opened(Path path, FileChannel channel) implements Input {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long place) throws IOException {
      return channel.read(into, place);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.size(file);
  }

  @Override
  public byte[] stored(byte[] content, Path name) {
    return content;
  }

  @Override
  public byte[] content(byte[] stored, Path name) {
    return stored;
  }

  @Override
  public String told(String digest) {
    return digest;
  }

  @Override
  public String encryption() {
    return "";
  }
}
