package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptFormatTest {

  @Test
  void aTelephoneNumberStaysElevenDigitsAndComesBack() {
    List<Object> encrypted = run(EncryptFormat.SPEC, "a", "digits", "13800138000", null);

    assertThat(String.valueOf(encrypted.get(0))).matches("[0-9]{11}").isNotEqualTo("13800138000");
    assertThat(run(DecryptFormat.SPEC, "a", "digits", encrypted.toArray()))
        .containsExactly("13800138000", null);
  }

  @Test
  void fieldsDifferUnlessTheyAreCalledAlike() {
    Object one = run(EncryptFormat.SPEC, "a", "digits", "13800138000").get(0);
    Object other = run(EncryptFormat.SPEC, "b", "digits", "13800138000").get(0);

    assertThat(one).isNotEqualTo(other);
    assertThat(run(EncryptFormat.SPEC, "a", "digits", "13800138000").get(0)).isEqualTo(one);
  }

  @Test
  void ownAlphabetsWork() {
    String plates = "京沪粤0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    List<Object> encrypted = run(EncryptFormat.SPEC, "a", plates, "京A12345");

    assertThat(String.valueOf(encrypted.get(0))).matches("[" + plates + "]{7}");
    assertThat(run(DecryptFormat.SPEC, "a", plates, encrypted.toArray()))
        .containsExactly("京A12345");
    assertThatThrownBy(() -> run(EncryptFormat.SPEC, "a", "00", "1"))
        .hasMessageContaining(
            "digits, lower, upper, alphanumeric, or 2 to 65536 different characters");
  }

  @Test
  void shortTextsAndStrangeCharactersAreSetAside() {
    Tried out =
        Tried.map(
            operator(EncryptFormat.SPEC, "a", "digits"),
            Tried.column("t", Type.TEXT, "12345", "138-0013", "123456"));

    assertThat(out.values()).hasSize(1);
    assertThat(out.quarantined.toString())
        .contains("domain_too_small", "outside_alphabet")
        .doesNotContain("138-0013");
  }

  private static List<Object> run(OperatorSpec spec, String tweak, String alphabet, Object... in) {
    return Tried.map(operator(spec, tweak, alphabet), Tried.column("t", Type.TEXT, in)).values();
  }

  private static Mapper operator(OperatorSpec spec, String tweak, String alphabet) {
    return Tried.operator(
        Mapper.class,
        spec,
        "fields",
        List.of("t"),
        "key",
        "env:k",
        "alphabet",
        alphabet,
        "tweak",
        tweak);
  }
}
