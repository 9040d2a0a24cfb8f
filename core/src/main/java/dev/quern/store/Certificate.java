package dev.quern.store;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure certifies, in {@code erasure/ID.certificate.json}: what was found and rewritten,
 * which models and exports were told, when; signed with the audit's key. It names the subject by
 * its keyed hash alone.
 */
record Certificate(Erasure erasure, AuditKey key) {

  void write(Path folder, Instant now) throws IOException {
    Map<String, @Nullable Object> plain = erasure.plain();
    plain.put("state", "closed");
    plain.put("certified", now.toString());
    plain.put("signing_key", key.id());
    plain.put("signature", key.sign(plain));
    Folders.replace(folder.resolve(erasure.id() + ".certificate.json"), Json.pretty(plain));
  }
}
