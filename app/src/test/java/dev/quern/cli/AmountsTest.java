package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "512, 512",
    "1k, 1024",
    "512m, 536870912",
    "2g, 2147483648",
    "1.5GiB, 1610612736",
    "64 MB, 67108864"
  })
  void sizesArePowersOf1024(String written, long bytes) {
    assertThat(Amounts.size("--memory", written)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "-1g", "0", "1x", "NaN", "Infinity", "1e9", "0x1p3", "1d"})
  void otherTextsAreNoSizes(String written) {
    assertThatThrownBy(() -> Amounts.size("--memory", written))
        .hasMessage("--memory must be a size such as 512m or 2g (bytes); found: " + written);
  }

  @Test
  void amountsReadWell() {
    assertThat(Amounts.count(1_234_567)).isEqualTo("1 234 567");
    assertThat(Amounts.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Amounts.bytes(7)).isEqualTo("7 B");
    assertThat(Amounts.value(0.123456)).isEqualTo("0.1235");
    assertThat(Amounts.value(3)).isEqualTo("3");
    assertThat(Amounts.duration(245)).isEqualTo("4 min 5 s");
    assertThat(Amounts.duration(7384)).isEqualTo("2 h 3 min");
  }

  @Test
  void tablesAlignByTerminalCells() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Table("城市", ">n")
        .row("Delft", 7)
        .row("杭州", 12)
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("城市    n", "Delft   7", "杭州   12");
  }
}
