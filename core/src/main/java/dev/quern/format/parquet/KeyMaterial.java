package dev.quern.format.parquet;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.key.KeyRefusal;
import dev.quern.key.Keyset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private static final String DEFAULT = "DEFAULT";

  private KeyMaterial() {}

  /** What a data key opens. */
  enum Of {
    FOOTER,
    FIELD
  }

  /** Returns {@code dataKey} wrapped by the primary key of {@code keyset}. */
  static byte[] write(Keyset keyset, byte[] dataKey, Of of) {
    try {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("keyMaterialType", "PKMT1");
      plain.put("internalStorage", true);
      plain.put("isFooterKey", of == Of.FOOTER);
      if (of == Of.FOOTER) {
        plain.put("kmsInstanceID", DEFAULT);
        plain.put("kmsInstanceURL", DEFAULT);
      }
      plain.put(MASTER, keyset.reference() + "@" + keyset.primary());
      plain.put(
          WRAPPED, Base64.getEncoder().encodeToString(keyset.aead().encrypt(dataKey, CONTEXT)));
      plain.put("doubleWrapping", false);
      return Json.write(plain).getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM must encrypt", e);
    }
  }

  /** Returns what unwraps the data keys of {@code file} with {@code keys}. */
  static DecryptionKeyRetriever retriever(String file, FieldKeys keys) {
    return metadata -> dataKey(file, keys, metadata);
  }

  private static byte[] dataKey(String file, FieldKeys keys, byte @Nullable [] metadata) {
    String master;
    byte[] wrapped;
    try {
      String text = metadata == null ? "" : new String(metadata, StandardCharsets.UTF_8);
      Map<String, @Nullable Object> plain = Json.parseObject(text);
      master = String.valueOf(plain.get(MASTER));
      wrapped = Base64.getDecoder().decode(String.valueOf(plain.get(WRAPPED)));
    } catch (IllegalArgumentException e) {
      throw refused(file, "foreign", "have data keys wrapped by a keyset", "others, or none");
    }
    int at = master.lastIndexOf('@');
    if (at < 0) {
      throw refused(file, "foreign", "have data keys wrapped by a keyset", "another master key");
    }
    Keyset keyset = keyset(file, keys, master.substring(0, at));
    String id = master.substring(at + 1);
    if (!keyset.knows(id)) {
      throw refused(
          file,
          "unknown",
          "be encrypted by an enabled key of " + keyset.reference(),
          "key "
              + id
              + "; keys: "
              + String.join(", ", keyset.ids())
              + "; fix: name the keyset it was encrypted with, or enable the key (quern keys)");
    }
    try {
      return keyset.aead().decrypt(wrapped, CONTEXT);
    } catch (GeneralSecurityException e) {
      throw refused(
          file,
          "not_authentic",
          "be as it was encrypted by key " + master,
          "changed bytes, or another key of that name; fix: restore file or keyring");
    }
  }

  private static Keyset keyset(String file, FieldKeys keys, String reference) {
    try {
      return keys.keyset(reference);
    } catch (DataException e) {
      throw new DataException(e.code(), file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // A secret that is not there; the message names its reference only.
      throw KeyRefusal.of("missing", file + ": " + e.getMessage());
    }
  }

  private static DataException refused(String file, String what, String rule, String found) {
    return KeyRefusal.of(what, file + ": file must " + rule + "; found: " + found);
  }
}
