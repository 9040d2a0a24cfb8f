package dev.quern.privacy.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.StandardRecognisers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextScanTest {
  private final TextScan scan =
      new TextScan(
          new Detector(
              StandardRecognisers.with(java.util.Optional.empty()).where("EMAIL"::equals), 0.5));

  private void add(String text) throws IOException {
    scan.add(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void placesAreRightInTextsOfManyBlocks() throws IOException {
    StringBuilder text = new StringBuilder();
    List<TextScan.Place> places = new ArrayList<>();
    for (int line = 1; line <= 20_000; line++) {
      String before = "🦁 第" + line + "行 ".repeat(line % 13);
      text.append(before).append("words to fill the line");
      if (line % 50 == 0) {
        text.append(" ann").append(line).append("@example.org");
        places.add(new TextScan.Place(line, before.codePointCount(0, before.length()) + 24L));
      }
      text.append(line % 7 == 0 ? "\n\n" : "\n");
    }
    // An empty line after every seventh counts as well.
    List<TextScan.Place> expected =
        places.stream()
            .map(one -> new TextScan.Place(one.line() + (one.line() - 1) / 7, one.column()))
            .toList();
    add(text.toString());
    assertThat(scan.counts()).hasSize(1);
    assertThat(scan.counts().get(0).findings()).isEqualTo(400);
    assertThat(scan.counts().get(0).places()).isEqualTo(expected);
    assertThat(scan.lines()).isEqualTo(20_000 + 20_000 / 7);
  }

  @Test
  void aLineWithoutEndIsLookedAtWordByWord() throws IOException {
    String word = "word ".repeat(30_000);
    add(word + "ann@example.org " + word);
    assertThat(scan.counts().get(0).places())
        .containsExactly(new TextScan.Place(1, word.length() + 1L));
    assertThat(scan.lines()).isEqualTo(1);
  }

  @Test
  void aTextWithoutSpacesOrLinesIsCutBetweenCharacters() throws IOException {
    add("汉字".repeat(60_000));
    assertThat(scan.malformed()).isZero();
    assertThat(scan.counts()).isEmpty();
  }

  @Test
  void placesBeyondTheFirstThousandAreCountedOnly() throws IOException {
    add("ann@example.org\n".repeat(1500));
    assertThat(scan.counts().get(0).findings()).isEqualTo(1500);
    assertThat(scan.counts().get(0).places()).hasSize(TextScan.PLACES);
  }

  @Test
  void anEmptyTextHasNoLines() throws IOException {
    add("");
    assertThat(scan.lines()).isZero();
    assertThat(scan.counts()).isEmpty();
  }
}
