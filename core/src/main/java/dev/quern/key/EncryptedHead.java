package dev.quern.key;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How an encrypted file begins: {@code QuernEnc}, the length of what follows (2 bytes), version 1,
 * the name of the wrapping key and the wrapped data key, each with its length (2 bytes), and a
 * checksum of all before (4 bytes, so that damage is not taken for another key's name). Big endian.
 *
 * @param master name of the key that wraps the data key: {@code key:NAME@ID}
 * @param wrapped the data key
 */
record EncryptedHead(String master, byte[] wrapped) {
  private static final byte[] MAGIC = "QuernEnc".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = MAGIC.length + Short.BYTES;
  private static final byte VERSION = 1;

  /** Returns all bytes of the head. */
  byte[] written() {
    byte[] name = master.getBytes(StandardCharsets.UTF_8);
    int rest = 1 + Short.BYTES + name.length + Short.BYTES + wrapped.length + Integer.BYTES;
    if (rest > 0xffff) {
      throw new IllegalArgumentException("name of a key must be shorter than 65000 bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH + rest);
    bytes.put(MAGIC).putShort((short) rest).put(VERSION);
    bytes.putShort((short) name.length).put(name);
    bytes.putShort((short) wrapped.length).put(wrapped);
    return bytes.putInt(sum(bytes.array(), bytes.position())).array();
  }

  private static int sum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  /** Takes bytes from a place on, fewer at the end. */
  private interface Bytes {
    byte[] take(long from, int length) throws IOException;
  }

  /** Returns the bytes of the head of {@code stored}, see {@link #read}. */
  static Optional<byte[]> of(byte[] stored, Path file) throws IOException {
    return read(
        (from, length) ->
            Arrays.copyOfRange(stored, (int) from, (int) Math.min(stored.length, from + length)),
        file);
  }

  /**
   * Returns the bytes of the head of the file that {@code channel} reads; empty if it does not
   * begin like an encrypted one.
   *
   * @throws DataException if the head is damaged
   */
  static Optional<byte[]> read(FileChannel channel, Path file) throws IOException {
    return read((from, length) -> bytes(channel, from, length), file);
  }

  private static Optional<byte[]> read(Bytes from, Path file) throws IOException {
    byte[] begin = from.take(0, LENGTH);
    if (begin.length < LENGTH || !Arrays.equals(begin, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    int rest = ByteBuffer.wrap(begin, MAGIC.length, Short.BYTES).getShort() & 0xffff;
    byte[] head = from.take(0, LENGTH + rest);
    int summed = head.length - Integer.BYTES;
    if (head.length < LENGTH + rest
        || summed < LENGTH
        || ByteBuffer.wrap(head, summed, Integer.BYTES).getInt() != sum(head, summed)) {
      throw damaged(file);
    }
    return Optional.of(head);
  }

  private static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        return Arrays.copyOf(into.array(), into.position());
      }
    }
    return into.array();
  }

  /** Returns what {@code head}, read from {@code file}, says. */
  static EncryptedHead parse(byte[] head, Path file) {
    try {
      ByteBuffer in = ByteBuffer.wrap(head, LENGTH, head.length - LENGTH - Integer.BYTES);
      if (in.get() != VERSION) {
        throw DataKeys.refused(
            file.toString(),
            "version",
            "be encrypted in form 1",
            "another form; fix: read it with the version of Quern that wrote it");
      }
      byte[] name = new byte[in.getShort() & 0xffff];
      in.get(name);
      byte[] wrapped = new byte[in.getShort() & 0xffff];
      in.get(wrapped);
      return new EncryptedHead(new String(name, StandardCharsets.UTF_8), wrapped);
    } catch (BufferUnderflowException e) {
      throw damaged(file);
    }
  }

  static DataException damaged(Path file) {
    return DataKeys.refused(
        file.toString(),
        DataKeys.NOT_AUTHENTIC,
        "be as it was encrypted",
        "changed bytes; fix: restore it from a copy, or delete it and run the recipe again");
  }
}
