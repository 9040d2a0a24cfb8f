package dev.quern.data;

import java.util.Locale;
import java.util.Optional;

/** The part of a dataset a sample belongs to; {@link #NONE} until the recipe gives splits. */
public enum Split {
  NONE,
  TRAIN,
  VALIDATION,
  TEST;

  private static final Split[] BY_CODE = values();

  /** Returns the code stored in batches and shards: 0 none, 1 train, 2 validation, 3 test. */
  public byte code() {
    return (byte) ordinal();
  }

  /** Returns the split with the stored {@code code}. */
  public static Split of(byte code) {
    return BY_CODE[code];
  }

  /** Returns the written form used in recipes and manifests, for example {@code train}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the split whose written form is {@code written}. */
  public static Optional<Split> of(String written) {
    for (Split split : BY_CODE) {
      if (split.written().equals(written)) {
        return Optional.of(split);
      }
    }
    return Optional.empty();
  }
}
