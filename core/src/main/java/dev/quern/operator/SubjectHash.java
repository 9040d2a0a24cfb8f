package dev.quern.operator;

import dev.quern.data.Column;
import dev.quern.data.ListColumn;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash by which a subject is known without being named: HMAC-SHA-256 of the canonical
 * value (RFC 2104), of which 128 bits are kept in writing and 64 bits in indexes. Without the key
 * no list of candidates tells whose hash it is. Not safe for several threads.
 *
 * <p>Canonical: text without white space around it in Unicode form C; whole numbers, decimals and
 * doubles of one value are one subject, written without zeros at the end. A list stands for each of
 * its elements.
 */
public final class SubjectHash {
  /** Bytes of the key. */
  public static final int KEY_BYTES = 32;

  /** Bytes of a hash that are written. */
  public static final int BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "subject\n".getBytes(StandardCharsets.UTF_8);

  private final Mac mac;

  /**
   * Makes hashes under {@code key}.
   *
   * @throws IllegalArgumentException if the key is too short
   */
  public SubjectHash(byte[] key) {
    if (key.length < KEY_BYTES) {
      throw new IllegalArgumentException(
          "key must have at least " + KEY_BYTES + " bytes; found: " + key.length);
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must have " + ALGORITHM, e);
    }
  }

  /** Receives the hashes of a value. */
  public interface Receiver {
    /**
     * Takes a hash.
     *
     * @param hash of {@value #BYTES} bytes, valid until the next one
     */
    void accept(byte[] hash);
  }

  /** Returns the hash of {@code value} as a person would write it, {@value #BYTES} bytes. */
  public byte[] of(String value) {
    return hash(canonical(value));
  }

  /** Gives the hashes of {@code row}: none if it is null, one for each element of a list. */
  public void each(Column column, int row, Receiver receiver) {
    if (column.isNull(row)) {
      return;
    }
    if (column instanceof ListColumn list) {
      for (int i = list.start(row); i < list.end(row); i++) {
        each(list.elements(), i, receiver);
      }
      return;
    }
    receiver.accept(hash(canonical(column, row)));
  }

  private byte[] hash(String canonical) {
    mac.update(PURPOSE);
    mac.update(canonical.getBytes(StandardCharsets.UTF_8));
    return java.util.Arrays.copyOf(mac.doFinal(), BYTES);
  }

  private static String canonical(Column column, int row) {
    return switch (column.type().kind()) {
      case TEXT -> canonical(column.textAt(row));
      case LONG -> Long.toString(column.longAt(row));
      case DOUBLE, FLOAT -> number(column.doubleAt(row));
      case DECIMAL -> plain(column.decimalAt(row));
      case BYTES ->
          HexFormat.of().formatHex((byte[]) java.util.Objects.requireNonNull(column.valueAt(row)));
      default -> canonical(String.valueOf(column.valueAt(row)));
    };
  }

  private static String number(double value) {
    return Double.isFinite(value) ? plain(BigDecimal.valueOf(value)) : Double.toString(value);
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Returns the canonical form of a written value. */
  public static String canonical(String value) {
    return Normalizer.normalize(value, Normalizer.Form.NFC).strip();
  }

  /** Returns the first 64 bits of {@code hash}, which indexes keep. */
  public static long shortened(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }
}
