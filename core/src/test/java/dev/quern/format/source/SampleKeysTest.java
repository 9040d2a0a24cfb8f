package dev.quern.format.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Keys;
import dev.quern.data.SampleId;
import dev.quern.data.Split;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleKeysTest {
  @Test
  void idsAreThoseOfSampleIdForNamesOfAnyLength() {
    for (int length = 0; length < 40; length++) {
      String name = "源" + "n".repeat(length);
      SampleKeys keys = new SampleKeys(new Source(3, name, "/", "/", Split.TEST, List.of()));
      for (String file : List.of("", "a.csv", "folder/数据.jsonl")) {
        keys.begin(new InputFile(file, "/" + file, 0, 0), 7);
        Keys.Builder builder = new Keys.Builder();
        long[] positions = {0, 1, 39, 1L << 40, Long.MAX_VALUE, -1};
        for (long position : positions) {
          keys.append(position, builder);
        }
        Keys built = builder.build();
        for (int row = 0; row < positions.length; row++) {
          assertThat(built.id(row)).isEqualTo(SampleId.of(name, file, positions[row], 0));
          assertThat(built.origin(row)).isEqualTo((3L << 32) | 7);
          assertThat(built.split(row)).isEqualTo(Split.TEST);
        }
      }
    }
  }
}
