package dev.quern.privacy;

import dev.quern.data.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a ciphertext is bound to: it decrypts there and nowhere else. The parts are told apart by
 * their lengths, so that no two places have one binding.
 */
final class Binding {
  /** Names the layout; another one would be another binding. */
  private static final String LAYOUT = "quern value 1";

  private final Encrypt.Mode mode;
  private final byte[] bytes;

  Binding(Encrypt.Mode mode, String context, String field) {
    this.mode = mode;
    byte[] layout = LAYOUT.getBytes(StandardCharsets.UTF_8);
    byte[] around = context.getBytes(StandardCharsets.UTF_8);
    byte[] name =
        mode == Encrypt.Mode.SAMPLE_BOUND ? field.getBytes(StandardCharsets.UTF_8) : new byte[0];
    int id = mode == Encrypt.Mode.SAMPLE_BOUND ? 16 : 0;
    bytes =
        ByteBuffer.allocate(layout.length + 9 + around.length + name.length + id)
            .put(layout)
            .put((byte) mode.ordinal())
            .putInt(around.length)
            .put(around)
            .putInt(name.length)
            .put(name)
            .array();
  }

  /** Returns what the cell in {@code row} is bound to; valid until the next call. */
  byte[] of(Keys keys, int row) {
    if (mode == Encrypt.Mode.SAMPLE_BOUND) {
      ByteBuffer.wrap(bytes)
          .putLong(bytes.length - 16, keys.idHigh(row))
          .putLong(bytes.length - 8, keys.idLow(row));
    }
    return bytes;
  }
}
