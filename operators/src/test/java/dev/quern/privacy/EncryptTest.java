package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.privacy.recognise.Findings;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptTest {

  @Test
  void equalValuesOfTwoSamplesLookDifferentAndComeBack() {
    Batch batch = Tried.column("id", Type.TEXT, "李雷", null, "李雷", "");
    List<Object> encrypted = Tried.map(encrypt("sample_bound"), batch).values();

    assertThat(new LinkedHashSet<>(encrypted)).hasSize(4);
    assertThat(encrypted.get(1)).isNull();
    assertThat(encrypted.toString()).doesNotContain("李雷");
    assertThat(Tried.map(encrypt("sample_bound"), batch).values()).isEqualTo(encrypted);
    assertThat(decrypted("sample_bound", Type.TEXT, encrypted))
        .containsExactly("李雷", null, "李雷", "");
  }

  @Test
  void equalValuesLookEqualWhereTheyAreToBeJoined() {
    List<Object> encrypted =
        Tried.map(encrypt("deterministic"), Tried.column("id", Type.TEXT, "a", "b", "a")).values();

    assertThat(encrypted.get(0)).isEqualTo(encrypted.get(2)).isNotEqualTo(encrypted.get(1));
    assertThat(decrypted("deterministic", Type.TEXT, encrypted)).containsExactly("a", "b", "a");
  }

  @Test
  void everyScalarTypeComesBackAsItWas() {
    Map<Type, Object> values =
        Map.of(
            Type.LONG,
            -42L,
            Type.DOUBLE,
            0.1,
            Type.BOOL,
            true,
            Type.DATE,
            java.time.LocalDate.of(2024, 2, 29),
            Type.TIMESTAMP,
            java.time.Instant.parse("2024-02-29T12:34:56.789012Z"));
    values.forEach(
        (type, value) -> {
          Batch batch = Tried.column("id", type, value, null);
          List<Object> encrypted = Tried.map(encrypt("sample_bound"), batch).values();
          assertThat(decrypted("sample_bound", type, encrypted))
              .hasSize(2)
              .element(0)
              .asString()
              .isEqualTo(value.toString());
        });
  }

  @Test
  void aCiphertextMovedToAnotherSampleIsSetAside() {
    List<Object> encrypted =
        Tried.map(encrypt("sample_bound"), Tried.column("id", Type.TEXT, "ann", "bob", "eve"))
            .values();
    List<Object> swapped = List.of(encrypted.get(1), encrypted.get(0), encrypted.get(2));

    Tried out = Tried.map(decrypt("sample_bound", "k", ""), text(swapped));

    assertThat(out.values()).containsExactly("eve");
    assertThat(out.quarantined).hasSize(2);
    assertThat(out.quarantined.toString()).contains("not_authentic").doesNotContain("ann");
  }

  @Test
  void everyChangedByteIsFound() {
    String encrypted =
        String.valueOf(
            Tried.map(encrypt("deterministic"), Tried.column("id", Type.TEXT, "ann"))
                .values()
                .get(0));
    byte[] bytes = java.util.Base64.getUrlDecoder().decode(encrypted);
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      String text = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      boolean ofTheKeyId = at > 0 && at < 5;
      if (ofTheKeyId) {
        assertThatThrownBy(() -> Tried.map(decrypt("deterministic", "k", ""), text(List.of(text))))
            .hasMessageContaining("must be encrypted by an enabled key of env:k; found: key ");
      } else {
        Tried out = Tried.map(decrypt("deterministic", "k", ""), text(List.of(text)));
        assertThat(out.values()).isEmpty();
        assertThat(out.quarantined).hasSize(1);
      }
    }
  }

  @Test
  void aWrongKeyEndsTheRunAndAnotherContextSetsAside() {
    List<Object> encrypted =
        Tried.map(encrypt("deterministic"), Tried.column("id", Type.TEXT, "ann")).values();

    assertThatThrownBy(() -> Tried.map(decrypt("deterministic", "other", ""), text(encrypted)))
        .hasMessageMatching(
            "field id must be encrypted by an enabled key of env:other; found: key [0-9a-f]{8};"
                + " keys: [0-9a-f]{8}; fix: name the keyset it was encrypted with, or enable the"
                + " key \\(quern keys\\)");
    assertThat(Tried.map(decrypt("deterministic", "k", "people"), text(encrypted)).values())
        .isEmpty();
    assertThat(Tried.map(decrypt("deterministic", "k", ""), text(List.of("ann"))).values())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample_bound", "deterministic"})
  void findingsInTextsAreEncryptedThereAndComeBack(String mode) {
    String text = "😀李雷 <A:b> met Ann, 𠮷 and 李雷";
    Batch batch =
        Tried.batch(
            Tried.schema("id", Type.TEXT, "findings", Findings.TYPE),
            new Object[] {
              text,
              List.of(
                  RedactTest.found("id", 1, 3, "PERSON"),
                  RedactTest.found("id", 14, 17, "PERSON"),
                  RedactTest.found("id", 25, 27, "PERSON"))
            });
    Mapper encrypt = Tried.operator(Mapper.class, Encrypt.SPEC, "key", "env:k", "mode", mode);
    String encrypted = String.valueOf(Tried.map(encrypt, batch).rows.get(0).get(0));

    assertThat(encrypted)
        .matches("😀<PERSON:(\\S+)> <A:b> met <PERSON:\\S+>, 𠮷 and <PERSON:\\1>")
        .doesNotContain("李雷", "Ann");
    Mapper decrypt =
        Tried.operator(
            Mapper.class,
            Decrypt.SPEC,
            "fields",
            List.of("id"),
            "key",
            "env:k",
            "mode",
            mode,
            "what",
            "findings");
    assertThat(Tried.map(decrypt, text(List.of(encrypted))).values()).containsExactly(text);
    Tried changed =
        Tried.map(
            decrypt, text(List.of(encrypted.substring(0, 24) + "_" + encrypted.substring(25))));
    assertThat(changed.values()).isEmpty();
    assertThat(changed.quarantined.toString()).contains("not_authentic");
  }

  private static Batch text(List<Object> values) {
    return Tried.column("id", Type.TEXT, values.toArray());
  }

  private static List<Object> decrypted(String mode, Type type, List<Object> encrypted) {
    Mapper decrypt =
        Tried.operator(
            Mapper.class,
            Decrypt.SPEC,
            "fields",
            List.of("id"),
            "key",
            "env:k",
            "mode",
            mode,
            "types",
            Map.of("id", type.toString()));
    return new ArrayList<>(Tried.map(decrypt, text(encrypted)).values());
  }

  private static Mapper encrypt(String mode) {
    return operator(Encrypt.SPEC, mode, "k", "");
  }

  private static Mapper decrypt(String mode, String key, String context) {
    return operator(Decrypt.SPEC, mode, key, context);
  }

  private static Mapper operator(OperatorSpec spec, String mode, String key, String context) {
    return Tried.operator(
        Mapper.class,
        spec,
        "fields",
        List.of("id"),
        "key",
        "env:" + key,
        "mode",
        mode,
        "context",
        context);
  }
}
