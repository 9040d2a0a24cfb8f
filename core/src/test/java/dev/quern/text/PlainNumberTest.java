package dev.quern.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlainNumberTest {
  @Test
  void numbersAmongOtherBytesAreReadToTheirEnd() {
    PlainNumber number = new PlainNumber();
    SplittableRandom random = new SplittableRandom(1);
    String around = "0123456789.-/:e,x\u0080\u00ff";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      digits(random, text, 1 + random.nextInt(9));
      boolean point = random.nextBoolean();
      if (point) {
        digits(random, text.append('.'), 1 + random.nextInt(9));
      }
      StringBuilder all = new StringBuilder("7".repeat(random.nextInt(3)));
      int start = all.length();
      int end = all.append(text).length();
      for (int n = random.nextInt(12); n > 0; n--) {
        all.append(around.charAt(random.nextInt(around.length())));
      }
      byte[] bytes = all.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(number.scan(bytes, start, end)).as(all.toString()).isEqualTo(end);
      assertThat(number.isLong()).isEqualTo(!point);
      if (!point) {
        assertThat(number.toLong()).as(text.toString()).isEqualTo(Long.parseLong(text.toString()));
      }
      if (number.isDouble()) {
        assertThat(number.toDouble()).isEqualTo(Double.parseDouble(text.toString()));
      }
    }
  }

  @Test
  void whatIsNoDigitEndsTheNumber() {
    PlainNumber number = new PlainNumber();
    for (int other = 0; other < 256; other++) {
      for (int place = 0; place < 12; place++) {
        byte[] bytes = "123456789012".getBytes(US_ASCII);
        bytes[place] = (byte) other;
        int end = number.scan(bytes, 0, bytes.length);
        boolean part = other >= '0' && other <= '9' || other == '.' || other == '-' && place == 0;
        assertThat(end).as(other + " at " + place).isEqualTo(part ? bytes.length : place);
      }
    }
  }

  private static void digits(SplittableRandom random, StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(10));
    }
  }
}
