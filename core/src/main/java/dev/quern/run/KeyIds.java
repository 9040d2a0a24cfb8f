package dev.quern.run;

import dev.quern.format.json.Json;
import dev.quern.key.KeyRefusal;
import dev.quern.key.Keyring;
import dev.quern.operator.Param;
import dev.quern.operator.Secrets;
import dev.quern.recipe.OperatorUse;
import dev.quern.recipe.WriteSpec;
import dev.quern.store.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ids of the keys that steps use; they are no secret and need no key-encryption key. */
final class KeyIds {
  private KeyIds() {}

  /**
   * Returns the parameters of {@code use} as canonical JSON, each keyset with the id of its primary
   * key.
   *
   * @throws dev.quern.engine.DataException if there is no such keyset
   */
  static String pinned(OperatorUse use, Workspace workspace) {
    return pinned(use.spec().params(), use.params().plain(), workspace);
  }

  /** Returns the plain values {@code given} of {@code params} like that. */
  static String pinned(List<Param<?>> params, Map<String, Object> given, Workspace workspace) {
    Map<String, Object> plain = new LinkedHashMap<>(given);
    for (Param<?> param : params) {
      if (param.kind() == Param.Kind.SECRET
          && plain.get(param.name()) instanceof String reference
          && reference.startsWith(Secrets.KEY)
          && reference.indexOf('@') < 0) {
        String name = reference.substring(Secrets.KEY.length());
        plain.put(param.name(), reference + "@" + keyring(workspace).info(name).primary());
      }
    }
    return Json.canonical(plain);
  }

  /**
   * Returns the key of {@code encryption} with the id of its primary key.
   *
   * @throws dev.quern.engine.DataException if there is no such keyset
   */
  static String pinned(WriteSpec.Encryption encryption, Workspace workspace) {
    String reference = encryption.key();
    if (!reference.startsWith(Secrets.KEY) || reference.indexOf('@') >= 0) {
      return reference;
    }
    String name = reference.substring(Secrets.KEY.length());
    return reference + "@" + keyring(workspace).info(name).primary();
  }

  /** Returns the keyring as it is known without any secret. */
  static Keyring keyring(Workspace workspace) {
    return Keyring.in(
        workspace.root().resolve("keys"),
        reference -> {
          throw KeyRefusal.of("missing", "secret must not be needed here; found: " + reference);
        });
  }
}
