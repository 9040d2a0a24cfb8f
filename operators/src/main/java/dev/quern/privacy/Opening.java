package dev.quern.privacy;

import com.google.crypto.tink.DeterministicAead;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.engine.Fault;
import dev.quern.key.KeyRefusal;
import dev.quern.key.Keyset;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Opens ciphertexts of one field; {@code value} holds the last one, behind its type. */
final class Opening {
  private final Keyset keyset;
  private final DeterministicAead aead;
  private final Binding binding;
  final Field field;
  final byte[] type;
  byte[] value = new byte[0];

  Opening(Keyset keyset, Binding binding, Field field) {
    this.keyset = keyset;
    this.aead = keyset.deterministicAead();
    this.binding = binding;
    this.field = field;
    this.type = Encrypt.typed(field.type());
  }

  /** Opens what is written in {@code base64}; returns what is wrong with it, null if nothing. */
  @Nullable Fault open(byte[] base64, Keys keys, int row) {
    byte[] encrypted;
    try {
      encrypted = Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Fault.of("not_encrypted", "a value as privacy.encrypt writes it");
    }
    String id = Keyset.idOf(encrypted);
    if (id.isEmpty()) {
      return Fault.of("not_encrypted", "a value as privacy.encrypt writes it");
    }
    if (!keyset.knows(id)) {
      throw unknown(id);
    }
    try {
      value = aead.decryptDeterministically(encrypted, binding.of(keys, row));
    } catch (GeneralSecurityException e) {
      return Fault.of(
          "not_authentic",
          "as it was encrypted by key "
              + id
              + ": the same bytes, mode, context, field and, if bound to it, sample");
    }
    boolean typed =
        value.length >= type.length && Arrays.equals(value, 0, type.length, type, 0, type.length);
    return typed ? null : Fault.of("another_type", "encrypted as " + field.type() + " (see types)");
  }

  private RuntimeException unknown(String id) {
    return KeyRefusal.of(
        "unknown",
        "field "
            + field.name()
            + " must be encrypted by an enabled key of "
            + keyset.name()
            + "; found: key "
            + id
            + "; keys: "
            + String.join(", ", keyset.ids())
            + "; fix: name the keyset it was encrypted with, or enable the key (quern keys)");
  }
}
