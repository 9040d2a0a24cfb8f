package dev.quern.format.parquet;

import dev.quern.format.json.Json;
import dev.quern.key.DataKeys;
import dev.quern.key.Keyset;
import java.nio.charset.StandardCharsets;
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
    plain.put("doubleWrapping", false);
    return Json.write(plain).getBytes(StandardCharsets.UTF_8);
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
      throw DataKeys.refused(
          file, "foreign", "have data keys wrapped by a keyset", "others, or none");
    }
    return DataKeys.unwrap(file, keys::keyset, master, wrapped, CONTEXT);
  }
}
