package dev.quern.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** What lies behind the first bytes of a file, to be read. Not safe for several threads. */
final class ShiftedChannel implements SeekableByteChannel {
  private final FileChannel channel;
  private final long before;
  private long position;

  ShiftedChannel(FileChannel channel, long before) {
    this.channel = channel;
    this.before = before;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int n = channel.read(into, before + position);
    position += Math.max(n, 0);
    return n;
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size() - before;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
