/**
 * Keys and what is done with them; read {@link dev.quern.key.Keyring}, {@link dev.quern.key.Keyset}
 * and {@link dev.quern.key.KeyEncryption} first. Cryptography is Tink's and Bouncy Castle's,
 * nothing is made at home. Key material is in no message, log or {@code toString}.
 */
@NullMarked
package dev.quern.key;

import org.jspecify.annotations.NullMarked;
