package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  @Test
  void aNameMayHaveAVersion() {
    assertThat(Reference.parse("income")).isEqualTo(new Reference("income", Optional.empty()));
    assertThat(Reference.parse("income@HEAD")).isEqualTo(Reference.parse("income"));
    assertThat(Reference.parse("income@3-1f0c2a9b").version()).contains("3-1f0c2a9b");
    assertThat(Reference.parse("a_b-2@3")).hasToString("a_b-2@3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@1",
        "a@",
        "A",
        "a/b",
        "../a",
        "a b",
        "a@..",
        "a@b@c",
        "-a",
        ".a",
        "a\n",
        "名",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void whatCouldLeaveTheWorkspaceOrClashIsNoReference(String written) {
    assertThatThrownBy(() -> Reference.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "must be NAME or NAME@VERSION, NAME of 1 to 64 lower-case letters a-z, digits, '-' or"
                + " '_', the first a letter or digit; found: "
                + written);
  }
}
