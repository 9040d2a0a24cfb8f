package dev.quern.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.source.Boundaries.Input;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvScannerTest {
  private static final String[] PIECES = {
    "a",
    "bc",
    "12.5",
    "long cell of text",
    ",",
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "\"",
    "\"\"",
    "\"x\"",
    ",\"y, z\",",
    " ",
    ";",
    "#",
    "\t",
    "é",
    "中",
    "\n#"
  };

  @ParameterizedTest
  @ValueSource(strings = {",", ";", " ", "\t", "\""})
  void rowsInOnePassAreScannedLikeAnyRow(String delimiter) {
    SplittableRandom random = new SplittableRandom(delimiter.charAt(0));
    long plain = 0;
    for (int round = 0; round < 40_000; round++) {
      int limit = random.nextInt(4) == 0 ? 1 + random.nextInt(40) : 1 << 20;
      int comment = random.nextBoolean() ? '#' : -1;
      StringBuilder text = new StringBuilder();
      int pieces = 1 + random.nextInt(30);
      for (int i = 0; i < pieces; i++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      byte cut = (byte) delimiter.charAt(0);
      CsvSettings.Quote quote =
          random.nextInt(8) == 0 ? CsvSettings.Quote.NONE : CsvSettings.Quote.DOUBLE;
      CsvScanner fast = new CsvScanner(cut, comment, quote, limit);
      CsvScanner any = new CsvScanner(cut, comment, quote, limit);
      int end = bytes.length - random.nextInt(2) * random.nextInt(bytes.length);
      for (Input input : Input.values()) {
        for (int row = 0; row < end; ) {
          int next = fast.scan(bytes, row, end, input);
          assertThat(next).as(text.toString()).isEqualTo(any.scanAny(bytes, row, end, input));
          if (next < 0) {
            break;
          }
          assertThat(told(fast)).as(text.toString()).isEqualTo(told(any));
          plain += any.cells() > 1 ? 1 : 0;
          row = next;
        }
      }
    }
    assertThat(plain).isGreaterThan(10_000);
  }

  private static String told(CsvScanner scanner) {
    StringBuilder told = new StringBuilder();
    told.append(scanner.fault()).append(' ').append(scanner.lines()).append(' ');
    told.append(scanner.contentEnd());
    for (int i = 0; i < scanner.cells(); i++) {
      told.append(' ').append(scanner.start(i)).append('-').append(scanner.end(i));
      told.append(':').append(scanner.kind(i));
    }
    return told.toString();
  }
}
