package dev.quern.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.subtle.AesSiv;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeysetTest {
  private static final byte[] SECRET = bytes("thirty-two bytes of a secret, ok");
  private static final byte[] PLAIN = bytes("ann@example.org");
  private static final byte[] CONTEXT = bytes("people|mail|7");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** RFC 5297, appendix A.1. */
  @Test
  void givesTheCiphertextOfTheStandardOfAesSiv() throws Exception {
    byte[] key = hex("fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff");
    byte[] context = hex("10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627");
    byte[] plain = hex("11223344 55667788 99aabbcc ddee");
    byte[] expected = hex("85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c");
    AesSiv siv = new AesSiv(key);

    assertThat(siv.encryptDeterministically(plain, context)).isEqualTo(expected);
    assertThat(siv.decryptDeterministically(expected, context)).isEqualTo(plain);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void refusesACiphertextOfAesGcmInWhichAnyBitOfAnyByteIsChanged() throws Exception {
    Aead aead = Keyset.generate("files", Purpose.AEAD).aead();
    byte[] encrypted = aead.encrypt(PLAIN, CONTEXT);

    assertThat(aead.decrypt(encrypted, CONTEXT)).isEqualTo(PLAIN);
    for (int bit = 0; bit < 8 * encrypted.length; bit++) {
      byte[] changed = flipped(encrypted, bit);
      assertThatExceptionOfType(GeneralSecurityException.class)
          .isThrownBy(() -> aead.decrypt(changed, CONTEXT));
    }
    for (int size = 0; size < encrypted.length; size++) {
      byte[] cut = Arrays.copyOf(encrypted, size);
      assertThatExceptionOfType(GeneralSecurityException.class)
          .isThrownBy(() -> aead.decrypt(cut, CONTEXT));
    }
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> aead.decrypt(encrypted, bytes("people|mail|8")));
  }

  @Test
  void refusesACiphertextOfAesSivInWhichAnyBitOfAnyByteIsChanged() throws Exception {
    DeterministicAead siv =
        Keyset.generate("values", Purpose.DETERMINISTIC_AEAD).deterministicAead();
    byte[] encrypted = siv.encryptDeterministically(PLAIN, CONTEXT);

    assertThat(siv.encryptDeterministically(PLAIN, CONTEXT)).isEqualTo(encrypted);
    assertThat(siv.decryptDeterministically(encrypted, CONTEXT)).isEqualTo(PLAIN);
    for (int bit = 0; bit < 8 * encrypted.length; bit++) {
      byte[] changed = flipped(encrypted, bit);
      assertThatExceptionOfType(GeneralSecurityException.class)
          .isThrownBy(() -> siv.decryptDeterministically(changed, CONTEXT));
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  @Test
  void olderKeysDecryptAfterARotationAndNewDataBearTheNewId() throws Exception {
    Keyset first = Keyset.generate("files", Purpose.AEAD);
    byte[] old = first.aead().encrypt(PLAIN, CONTEXT);
    Keyset second = first.rotated();
    byte[] fresh = second.aead().encrypt(PLAIN, CONTEXT);

    assertThat(second.aead().decrypt(old, CONTEXT)).isEqualTo(PLAIN);
    assertThat(Keyset.idOf(old)).isEqualTo(first.primary()).isNotEqualTo(second.primary());
    assertThat(Keyset.idOf(fresh)).isEqualTo(second.primary());
    assertThat(second.ids()).containsExactly(first.primary(), second.primary());
    Keyset without = second.without(first.primary());
    assertThat(without.knows(first.primary())).isFalse();
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> without.aead().decrypt(old, CONTEXT));
  }

  @Test
  void keysOfASecretAreEqualInEveryProcessAndApartForEachPurpose() throws Exception {
    Keyset one = Keyset.derived("env:KEY", Purpose.PRF, SECRET);
    Keyset other = Keyset.derived("env:KEY", Purpose.PRF, SECRET.clone());

    assertThat(one.prf().compute(PLAIN)).isEqualTo(other.prf().compute(PLAIN)).hasSize(32);
    assertThat(one.primary()).isEqualTo(other.primary()).hasSize(8);
    assertThat(Keyset.derived("env:KEY", Purpose.AEAD, SECRET).primary())
        .isNotEqualTo(one.primary());
    assertThatThrownBy(() -> Keyset.derived("env:KEY", Purpose.PRF, new byte[15]))
        .hasMessage(
            "secret env:KEY must have at least 16 (bytes); found: 15; fix: head -c 32"
                + " /dev/urandom | base64");
  }

  @Test
  void survivesTheWayIntoAnotherProcess() throws Exception {
    for (Purpose purpose : Purpose.values()) {
      Keyset keyset = Keyset.generate("any", purpose).rotated();
      Keyset read = Keyset.parse("any", keyset.serialized());

      assertThat(read.ids()).isEqualTo(keyset.ids());
      assertThat(read.primary()).isEqualTo(keyset.primary());
      assertThat(read.purpose()).isEqualTo(purpose);
    }
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> Keyset.parse("any", new byte[] {9, 9, 9}));
  }

  @Test
  void isUsedForItsPurposeAlone() {
    Keyset prf = Keyset.generate("names", Purpose.PRF);

    assertThatThrownBy(prf::aead)
        .hasMessage(
            "key names must be for aead; found: prf; fix: quern keys create NAME --purpose aead");
    assertThatThrownBy(() -> prf.ff1(Alphabet.DIGITS)).hasMessageContaining("must be for ff1");
  }

  @Test
  void saysNothingOfItsMaterial() {
    Keyset keyset = Keyset.derived("env:KEY", Purpose.PRF, SECRET);

    assertThat(keyset.toString()).isEqualTo("keyset env:KEY for prf, primary " + keyset.primary());
  }
}
