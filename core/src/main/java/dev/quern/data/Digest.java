package dev.quern.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The logical digest of a set of samples: equal for any order, sharding, thread count and engine.
 *
 * <p>digest = SHA-256(schema, count, Σ SHA-256(id, split, canonical values)), the sum taken modulo
 * 2^64 in each of the four 64-bit words (a multiset hash after Bellare and Micciancio 1997,
 * AdHash). Because ids are unique within a version this says the same as a hash over the samples in
 * id order, and it merges.
 */
public final class Digest {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final MessageDigest sha = sha256();
  private final CanonicalForm form = new CanonicalForm();
  private final long[] sum = new long[4];
  private long count;

  /** Adds every selected sample of {@code batch}. */
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      add(batch, batch.row(i));
    }
  }

  /** Adds the sample in physical row {@code row} of {@code batch}. */
  public void add(Batch batch, int row) {
    Keys keys = batch.keys();
    form.reset().putLong(keys.idHigh(row)).putLong(keys.idLow(row)).putLong(keys.splitCode(row));
    for (int i = 0; i < batch.schema().size(); i++) {
      form.put(batch.column(i), row);
    }
    sha.update(form.bytes(), 0, form.length());
    byte[] hash = sha.digest();
    for (int i = 0; i < 4; i++) {
      sum[i] += (long) LONGS.get(hash, 8 * i);
    }
    count++;
  }

  /** Adds the samples another digest has seen. */
  public void merge(Digest other) {
    mergeState(other.sum, other.count);
  }

  /** Adds samples by the state another digest reported. */
  public void mergeState(long[] otherSum, long otherCount) {
    for (int i = 0; i < 4; i++) {
      sum[i] += otherSum[i];
    }
    count += otherCount;
  }

  /** Returns the four words of the sum; with {@link #count} the whole state. */
  public long[] sum() {
    return sum.clone();
  }

  /** Returns the number of samples seen. */
  public long count() {
    return count;
  }

  /** Returns the digest of the samples seen, 64 hexadecimal digits. */
  public String of(Schema schema) {
    MessageDigest whole = sha256();
    StringBuilder fields = new StringBuilder();
    for (Field field : schema.fields()) {
      fields.append(field.name().length()).append(':').append(field.name()).append(field.type());
      field.roles().forEach(role -> fields.append('+').append(role.written()));
      fields.append('\n');
    }
    whole.update(fields.toString().getBytes(StandardCharsets.UTF_8));
    byte[] state = new byte[40];
    LONGS.set(state, 0, count);
    for (int i = 0; i < 4; i++) {
      LONGS.set(state, 8 + 8 * i, sum[i]);
    }
    whole.update(state);
    return HexFormat.of().formatHex(whole.digest());
  }

  /** Returns the SHA-256 of {@code text} in UTF-8, 64 hexadecimal digits. */
  public static String ofText(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns a new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
