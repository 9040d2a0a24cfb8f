package dev.quern.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An unlocked keyset: a primary key that encrypts and older ones that still decrypt. Immutable, for
 * any number of threads. Says nothing of its material.
 */
public final class Keyset {
  /** Bytes before each ciphertext of Tink: a version and the id of the key. */
  private static final int PREFIX = 5;

  static {
    try {
      AeadConfig.register();
      DeterministicAeadConfig.register();
      PrfConfig.register();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM, AES-SIV and HMAC must be there", e);
    }
  }

  private final String name;
  private final Purpose purpose;
  private final KeysetHandle handle;

  private Keyset(String name, Purpose purpose, KeysetHandle handle) {
    this.name = name;
    this.purpose = purpose;
    this.handle = handle;
  }

  /** Makes a keyset with one new key. */
  static Keyset generate(String name, Purpose purpose) {
    try {
      return new Keyset(name, purpose, KeysetHandle.generateNew(parameters(purpose)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keys must be drawn", e);
    }
  }

  /**
   * Makes a keyset with the one key that {@code secret} stands for: HKDF-SHA-256, apart for each
   * purpose. The secret must be random.
   *
   * @param reference what the secret is called, for messages
   * @param secret at least 16 bytes
   */
  public static Keyset derived(String reference, Purpose purpose, byte[] secret) {
    return new Keyset(reference, purpose, DerivedKeys.handle(reference, purpose, secret));
  }

  private static Parameters parameters(Purpose purpose) {
    return switch (purpose) {
      case PRF, FF1 -> PredefinedPrfParameters.HMAC_SHA256_PRF;
      case AEAD -> PredefinedAeadParameters.AES256_GCM;
      case DETERMINISTIC_AEAD -> PredefinedDeterministicAeadParameters.AES256_SIV;
    };
  }

  /** Returns all keys in clear, for another process of the same run; sealed on the way there. */
  public byte[] serialized() {
    try {
      byte[] keys = TinkProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
      return ByteBuffer.allocate(1 + keys.length).put((byte) purpose.ordinal()).put(keys).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keyset must be writable: " + name, e);
    }
  }

  /**
   * Reads what {@link #serialized} wrote.
   *
   * @throws GeneralSecurityException if it is something else
   */
  public static Keyset parse(String name, byte[] serialized) throws GeneralSecurityException {
    if (serialized.length < 2 || serialized[0] < 0 || serialized[0] >= Purpose.values().length) {
      throw new GeneralSecurityException("keyset must begin with its purpose");
    }
    byte[] keys = java.util.Arrays.copyOfRange(serialized, 1, serialized.length);
    return new Keyset(
        name,
        Purpose.values()[serialized[0]],
        TinkProtoKeysetFormat.parseKeyset(keys, InsecureSecretKeyAccess.get()));
  }

  /** Returns this keyset with a new primary key; older ones go on decrypting. */
  Keyset rotated() {
    return changed(
        builder ->
            builder.addEntry(
                KeysetHandle.generateEntryFromParameters(parameters(purpose))
                    .withRandomId()
                    .makePrimary()));
  }

  /**
   * Returns this keyset with the key {@code id} as primary.
   *
   * @throws dev.quern.engine.DataException if there is no such key, or it is disabled
   */
  public Keyset withPrimary(String id) {
    int at = position(id);
    if (handle.getAt(at).getStatus() != KeyStatus.ENABLED) {
      throw unusable(id, "disabled");
    }
    return changed(builder -> builder.getAt(at).makePrimary());
  }

  Keyset with(String id, KeyStatus status) {
    int at = position(id);
    return changed(builder -> builder.getAt(at).setStatus(status));
  }

  Keyset without(String id) {
    int at = position(id);
    return changed(builder -> builder.deleteAt(at));
  }

  private interface Change {
    void apply(KeysetHandle.Builder builder);
  }

  private Keyset changed(Change change) {
    try {
      KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
      change.apply(builder);
      return new Keyset(name, purpose, builder.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keyset must keep an enabled primary key: " + name, e);
    }
  }

  private int position(String id) {
    for (int i = 0; i < handle.size(); i++) {
      if (written(handle.getAt(i).getId()).equals(id)) {
        return i;
      }
    }
    throw unusable(id, "none with that id");
  }

  private RuntimeException unusable(String id, String found) {
    return KeyRefusal.of(
        "unusable",
        "key "
            + name
            + "@"
            + id
            + " must be there and enabled; found: "
            + found
            + "; keys: "
            + String.join(", ", ids())
            + "; fix: quern keys list");
  }

  /** Returns the name in the keyring, or the reference it was derived of. */
  public String name() {
    return name;
  }

  /** Returns how recipes and files refer to it. */
  public String reference() {
    return name.indexOf(':') < 0 ? "key:" + name : name;
  }

  /** Returns what its keys are for. */
  public Purpose purpose() {
    return purpose;
  }

  /** Returns the id of the key that encrypts. */
  public String primary() {
    return written(handle.getPrimary().getId());
  }

  /** Returns the ids of all keys that are there. */
  public List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < handle.size(); i++) {
      ids.add(written(handle.getAt(i).getId()));
    }
    return ids;
  }

  /** Returns the id of the key that made {@code ciphertext}, empty if it is none of Tink's. */
  public static String idOf(byte[] ciphertext) {
    return ciphertext.length < PREFIX || ciphertext[0] != 1
        ? ""
        : HexFormat.of().formatHex(ciphertext, 1, PREFIX);
  }

  /**
   * Returns the id that {@code master}, the name of a wrapping key, ends with if it is one of these
   * keys, else that of the primary key.
   */
  public String named(String master) {
    String id = master.substring(master.lastIndexOf('@') + 1);
    return ids().contains(id) ? id : primary();
  }

  /** Returns whether the key {@code id} is there and enabled. */
  public boolean knows(String id) {
    for (int i = 0; i < handle.size(); i++) {
      if (written(handle.getAt(i).getId()).equals(id)) {
        return handle.getAt(i).getStatus() == KeyStatus.ENABLED;
      }
    }
    return false;
  }

  private static String written(int id) {
    return HexFormat.of().toHexDigits(id);
  }

  /** Returns HMAC-SHA-256 under the primary key, 32 bytes out. */
  public Prf prf() {
    requirePurpose(Purpose.PRF);
    return new Prf(name, primitive(PrfSet.class), handle.getPrimary().getId());
  }

  /** Returns FF1 under the primary key. */
  public Ff1 ff1(Alphabet alphabet) {
    requirePurpose(Purpose.FF1);
    Prf prf = new Prf(name, primitive(PrfSet.class), handle.getPrimary().getId());
    byte[] label = "quern ff1 aes-256 1".getBytes(StandardCharsets.UTF_8);
    return new Ff1(prf.compute(label), alphabet);
  }

  /** Returns AES-256-GCM. */
  public Aead aead() {
    requirePurpose(Purpose.AEAD);
    return primitive(Aead.class);
  }

  /** Returns AES-256-SIV. */
  public DeterministicAead deterministicAead() {
    requirePurpose(Purpose.DETERMINISTIC_AEAD);
    return primitive(DeterministicAead.class);
  }

  /**
   * Returns a keyed hash of {@code text}, 64 hexadecimal digits: HMAC-SHA-256 under a key that
   * HKDF-SHA-256 derives of the primary key of AES-256-GCM, for {@code use} alone.
   */
  public String hash(String use, String text) {
    requirePurpose(Purpose.AEAD);
    if (!(handle.getPrimary().getKey() instanceof AesGcmKey key)) {
      throw new IllegalStateException("keys for aead must be of AES-GCM: " + name);
    }
    try {
      byte[] bytes = key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
      byte[] info = ("quern hash 1 " + use).getBytes(StandardCharsets.UTF_8);
      byte[] derived = Hkdf.computeHkdf("HMACSHA256", bytes, new byte[0], info, 32);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(derived, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF and HMAC of SHA-256 must be there", e);
    }
  }

  private void requirePurpose(Purpose wanted) {
    if (purpose != wanted) {
      throw KeyRefusal.of(
          "purpose",
          "key "
              + name
              + " must be for "
              + wanted.written()
              + "; found: "
              + purpose.written()
              + "; fix: quern keys create NAME --purpose "
              + wanted.written());
    }
  }

  private <P> P primitive(Class<P> type) {
    try {
      return handle.getPrimitive(RegistryConfiguration.get(), type);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keyset must be usable: " + name, e);
    }
  }

  /** Says nothing of its material. */
  @Override
  public String toString() {
    return "keyset " + name + " for " + purpose.written() + ", primary " + primary();
  }
}
