package dev.quern.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedJsonTest {
  private static Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("文", "text with \"quotes\"");
    plain.put("none", null);
    plain.put("numbers", Arrays.asList(1L, -7, 0.1, 3.0, 1e300, Long.MAX_VALUE));
    plain.put("deep", Map.of("b", List.of(true, Map.of()), "a", List.of()));
    return plain;
  }

  @Test
  void whatWasWrittenIsReadBackWithoutItsSeal() {
    String line = SealedJson.write(plain());
    assertThat(line).endsWith("\"}\n").contains("\"seal\":\"");
    Map<String, @Nullable Object> read = SealedJson.parse(line);
    assertThat(Json.canonical(read)).isEqualTo(Json.canonical(plain()));
    assertThat(SealedJson.parse(SealedJson.pretty(plain()))).isEqualTo(read);
    assertThat(SealedJson.parse(SealedJson.write(Map.of()))).isEmpty();
  }

  @Test
  void everyFlippedBitIsFoundOrMeansTheSame(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.json");
    Map<String, @Nullable Object> whole = SealedJson.parse(SealedJson.pretty(plain()));
    byte[] bytes = SealedJson.pretty(plain()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int found = 0;
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      try {
        assertThat(SealedJson.read(file)).as("bit %d", bit).isEqualTo(whole);
      } catch (IllegalArgumentException e) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(8 * bytes.length * 9 / 10);
  }

  @Test
  void aSealThatIsMissingOrAnotherIsTold() {
    assertThatThrownBy(() -> SealedJson.parse("{\"a\": 1}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("content must have the seal it was written with; found: none");
    assertThatThrownBy(() -> SealedJson.parse(SealedJson.write(Map.of("a", 1)).replace("1", "2")))
        .hasMessage("content must have the seal it was written with; found: another");
    assertThatThrownBy(() -> SealedJson.parse("{")).hasMessageStartingWith("JSON must be");
  }
}
