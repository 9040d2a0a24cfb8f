package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.RunContext;
import dev.quern.operator.Mapper;
import dev.quern.operator.StepRun;
import dev.quern.privacy.recognise.Findings;
import dev.quern.trial.Tried;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashKeyedTest {

  @Test
  void isTheBeginningOfAnHmac() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = "Y".repeat(32).getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] expected = mac.doFinal("李雷".getBytes(StandardCharsets.UTF_8));
    Batch batch = Tried.column("id", Type.TEXT, "李雷", null, "李雷");
    String hex = java.util.HexFormat.of().formatHex(expected, 0, 16);
    assertThat(Tried.map(hash("env:KEY"), batch).values()).containsExactly(hex, null, hex);
  }

  @Test
  void longsHashAsTheirWrittenFormUnderAnyField() {
    Object text = Tried.map(hash("env:K"), Tried.column("id", Type.TEXT, "-42")).values().get(0);
    assertThat(Tried.map(hash("env:K"), Tried.column("id", Type.LONG, -42L)).values())
        .containsExactly(text);
    assertThat(Tried.map(hash("env:L"), Tried.column("id", Type.LONG, -42L)).values())
        .doesNotContain(text);
  }

  @Test
  void theKeyIsNamedAndNeverGiven() {
    assertThatThrownBy(() -> hash("my-secret-key"))
        .hasMessageContaining(
            "the place of a secret, ${env:NAME} or ${file:PATH}, never the secret itself");
  }

  @Test
  void aShortKeyIsRefusedWithoutTellingIt() {
    Schema schema = Tried.schema("id", Type.TEXT);
    StepRun run =
        new StepRun(
            "step", new RunContext(1), reference -> "short".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> hash("env:K").bind(schema, schema, run))
        .hasMessage(
            "privacy.hash_keyed.key must name at least 16 bytes (bytes); found: 5 in env:K");
  }

  @Test
  void aNameInATextHasTheDigitsOfTheSameNameInAField() {
    Batch batch =
        Tried.batch(
            Tried.schema("note", Type.TEXT, "findings", Findings.TYPE),
            new Object[] {"😀李雷 came", List.of(RedactTest.found("note", 1, 3, "PERSON"))});
    Mapper inTexts = Tried.operator(Mapper.class, HashKeyed.SPEC, "key", "env:K");
    Object digits = Tried.map(hash("env:K"), Tried.column("id", Type.TEXT, "李雷")).values().get(0);
    Tried tried = Tried.map(inTexts, batch);
    assertThat(tried.rows.get(0)).containsExactly("😀PERSON_" + digits + " came", List.of());
    assertThat(tried.changed).containsExactly("0 note hash_keyed_person 1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "CN_MOBILE, 13800138000, 138-0013-8000",
    "CN_MOBILE, 13800138000, +86 138 0013 8000",
    "CN_MOBILE, 13800138000, １３８００１３８０００",
    "CN_MOBILE, 13800138000, ١٣٨٠٠١٣٨٠٠٠",
    "CN_ID_CARD, 11010519491231002X, 110105 19491231 002x",
    "IBAN, GB82WEST12345698765432, gb82 west 1234 5698 7654 32",
    "EMAIL, ann@example.org, Ann@Example.ORG",
    "PHONE, +442079460958, 0044 20 7946 0958",
    "PHONE, 4155552671, +1 (415) 555-2671",
    "DATE_OF_BIRTH, 1984-05-17, 17 May 1984",
    "DATE_OF_BIRTH, 1984-05-17, 1984年5月17日",
    "PERSON, Ann Lee, Ann   Lee"
  })
  void oneFindingHasOnePseudonymHoweverItIsWritten(String type, String plain, String other) {
    Object field = Tried.map(hash("env:K"), Tried.column("id", Type.TEXT, plain)).values().get(0);
    int length = other.codePointCount(0, other.length());
    Batch batch =
        Tried.batch(
            Tried.schema("note", Type.TEXT, "findings", Findings.TYPE),
            new Object[] {other, List.of(RedactTest.found("note", 0, length, type))});
    Mapper inTexts = Tried.operator(Mapper.class, HashKeyed.SPEC, "key", "env:K");
    assertThat(Tried.map(inTexts, batch).rows.get(0).get(0)).isEqualTo(type + "_" + field);
  }

  @Test
  void whatStandsInPlaceMustHoldTheDigits() {
    Mapper mapper =
        Tried.operator(
            Mapper.class, HashKeyed.SPEC, "fields", List.of("id"), "key", "env:K", "with", "x");
    assertThatThrownBy(() -> mapper.output(Tried.schema("id", Type.TEXT)))
        .hasMessageContaining("must hold {hash}, where the digits stand; found: x");
  }

  private static Mapper hash(String key) {
    return Tried.operator(Mapper.class, HashKeyed.SPEC, "fields", List.of("id"), "key", key);
  }
}
