package dev.quern.operator;

/** Resolves references to secrets; the environment is read by the program's entry alone. */
public interface Secrets {
  /** Knows no secret. */
  Secrets NONE =
      reference -> {
        throw new IllegalArgumentException(
            "secret must be available; found: none for "
                + reference
                + "; run through the command line");
      };

  /**
   * Returns the bytes behind {@code reference}: {@code env:NAME} or {@code file:PATH}.
   *
   * @throws IllegalArgumentException if there is no such secret; the message names the reference
   *     only
   */
  byte[] secret(String reference);
}
