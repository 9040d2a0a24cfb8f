package dev.quern.recipe;

import java.util.List;
import java.util.Optional;

/**
 * What a recipe writes.
 *
 * @param dataset name of the dataset that gets a version
 * @param place where the name stands
 * @param encryption which fields are encrypted, if any
 */
public record WriteSpec(String dataset, Position place, Optional<Encryption> encryption) {

  /** Makes one that encrypts nothing. */
  public WriteSpec(String dataset, Position place) {
    this(dataset, place, Optional.empty());
  }

  /**
   * Fields that are encrypted in the version's files.
   *
   * @param fields their names
   * @param key a keyset for aead ({@code key:NAME}) or a secret, as operators take it
   * @param footer who may read the footers
   * @param place where it stands
   */
  public record Encryption(List<String> fields, String key, Footer footer, Position place) {}

  /** Who may read the footers of encrypted files. */
  public enum Footer {
    /** Everybody: other fields are read without a key. */
    PLAIN,
    /** Who has the key. */
    ENCRYPTED
  }
}
