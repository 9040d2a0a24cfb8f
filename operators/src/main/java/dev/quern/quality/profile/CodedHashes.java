package dev.quern.quality.profile;

import dev.quern.data.Hash128;
import dev.quern.data.TextColumn;
import java.util.function.IntToLongFunction;

/**
 * The hashes of the entries of a dictionary, by code + 1, and before them that of what is missing.
 */
final class CodedHashes {
  private final long[] hashes;

  private CodedHashes(long[] hashes) {
    this.hashes = hashes;
  }

  /** Returns the hashes of texts, computed once for all batches that share them. */
  static long[] of(TextColumn entries) {
    return entries.derived(CodedHashes.class, CodedHashes::hashed).hashes;
  }

  private static CodedHashes hashed(TextColumn entries) {
    Hash128 hash = new Hash128();
    return new CodedHashes(
        of(
            entries.size(),
            i -> hash.hash(entries.bytes(), entries.start(i), entries.end(i), 0).high()));
  }

  /** Returns the hashes that {@code hash} gives for each code in [0, size). */
  static long[] of(int size, IntToLongFunction hash) {
    long[] hashes = new long[size + 1];
    hashes[0] = Values.MISSING;
    for (int code = 0; code < size; code++) {
      hashes[code + 1] = hash.applyAsLong(code);
    }
    return hashes;
  }
}
