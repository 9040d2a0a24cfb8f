package dev.quern.format.parquet;

import dev.quern.format.json.Json;
import dev.quern.key.DataKeys;
import dev.quern.key.Keyset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.parquet.crypto.DecryptionKeyRetriever;
import org.jspecify.annotations.Nullable;

/**
 * The wrapped data key of a field or footer, as Parquet's key tools write it ({@code PKMT1}, single
 * wrapping, within the file): readers with a client for key management understand it. The name of
 * the master key is that of the keyset and the id of the key.
 */
final class KeyMaterial {
  private static final byte[] CONTEXT = "quern parquet data key 1".getBytes(StandardCharsets.UTF_8);
  private static final String MASTER = "masterKeyID";
  private static final String WRAPPED = "wrappedDEK";
  private static final String TWICE = "doubleWrapping";
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final String DEFAULT = "DEFAULT";

  private KeyMaterial() {}

  /** What a data key opens. */
  enum Of {
    FOOTER,
    FIELD
  }

  /** Returns {@code dataKey} wrapped by the primary key of {@code keyset}. */
  static byte[] write(Keyset keyset, byte[] dataKey, Of of) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("keyMaterialType", "PKMT1");
    plain.put("internalStorage", true);
    plain.put("isFooterKey", of == Of.FOOTER);
    if (of == Of.FOOTER) {
      plain.put("kmsInstanceID", DEFAULT);
      plain.put("kmsInstanceURL", DEFAULT);
    }
    plain.put(MASTER, DataKeys.master(keyset));
    byte[] wrapped = DataKeys.wrap(keyset, dataKey, CONTEXT);
    plain.put(WRAPPED, Base64.getEncoder().encodeToString(wrapped));
    plain.put(TWICE, false);
    return Json.write(plain).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns what unwraps the data keys of {@code file} with {@code keys}. */
  static DecryptionKeyRetriever retriever(String file, FieldKeys keys) {
    return metadata -> dataKey(file, keys, metadata);
  }

  /**
   * Other writers wrap data keys twice: by a key of their own, which alone the master key wraps.
   *
   * @param outer the key that wraps the data key
   */
  private static byte[] unwrappedTwice(
      String file, Map<String, @Nullable Object> plain, byte[] outer, byte[] wrapped) {
    try {
      byte[] id = Base64.getDecoder().decode(String.valueOf(plain.get("keyEncryptionKeyID")));
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(outer, "AES"),
          new GCMParameterSpec(8 * TAG, wrapped, 0, NONCE));
      cipher.updateAAD(id);
      return cipher.doFinal(wrapped, NONCE, wrapped.length - NONCE);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw DataKeys.refused(
          file,
          "not_authentic",
          "have the data keys it was written with",
          "changed bytes, or another key; fix: restore file or keyring");
    }
  }

  private static byte[] dataKey(String file, FieldKeys keys, byte @Nullable [] metadata) {
    String master;
    byte[] wrapped;
    byte[] outer = new byte[0];
    Map<String, @Nullable Object> plain;
    try {
      String text = metadata == null ? "" : new String(metadata, StandardCharsets.UTF_8);
      plain = Json.parseObject(text);
      master = String.valueOf(plain.get(MASTER));
      wrapped = Base64.getDecoder().decode(String.valueOf(plain.get(WRAPPED)));
      if (Boolean.TRUE.equals(plain.get(TWICE))) {
        outer = Base64.getDecoder().decode(String.valueOf(plain.get("wrappedKEK")));
      }
    } catch (IllegalArgumentException e) {
      throw DataKeys.refused(
          file, "foreign", "have data keys wrapped by a keyset", "others, or none");
    }
    if (keys instanceof GivenKey given) {
      // Who gives a key means it, whatever the writer called it.
      master = given.keyset().reference() + "@" + given.keyset().named(master);
    }
    if (outer.length == 0) {
      return DataKeys.unwrap(file, keys::keyset, master, wrapped, CONTEXT);
    }
    byte[] key = DataKeys.unwrap(file, keys::keyset, master, outer, CONTEXT);
    return unwrappedTwice(file, plain, key, wrapped);
  }
}
