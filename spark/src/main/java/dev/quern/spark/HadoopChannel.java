package dev.quern.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/** A file of Hadoop that is read. */
final class HadoopChannel implements SeekableByteChannel {
  private final FSDataInputStream in;
  private final long bytes;
  private byte[] buffer = new byte[1 << 16];
  private boolean open = true;

  HadoopChannel(FSDataInputStream in, long bytes) {
    this.in = in;
    this.bytes = bytes;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int wanted = Math.min(into.remaining(), 1 << 20);
    if (into.hasArray()) {
      int got = in.read(into.array(), into.arrayOffset() + into.position(), wanted);
      into.position(into.position() + Math.max(0, got));
      return got;
    }
    if (buffer.length < wanted) {
      buffer = new byte[wanted];
    }
    int got = in.read(buffer, 0, wanted);
    into.put(buffer, 0, Math.max(0, got));
    return got;
  }

  @Override
  public long position() throws IOException {
    return in.getPos();
  }

  @Override
  public SeekableByteChannel position(long place) throws IOException {
    in.seek(place);
    return this;
  }

  @Override
  public long size() {
    return bytes;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    in.close();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
