package dev.quern.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearestDoubleTest {
  private final Decimal decimal = new Decimal();

  @Test
  void anyDigitsAndExponentGiveWhatTheJdkGives() {
    SplittableRandom random = new SplittableRandom(1);
    long told = 0;
    for (int i = 0; i < 400_000; i++) {
      long mantissa = (random.nextLong() >>> 1) % pow(1 + random.nextInt(18));
      int exponent = i % 2 == 0 ? random.nextInt(660) - 340 : random.nextInt(50) - 25;
      double value = NearestDouble.of(mantissa, exponent);
      if (!Double.isNaN(value)) {
        told++;
        double expected = Double.parseDouble(mantissa + "e" + exponent);
        if (value != expected) {
          assertThat(value).as(mantissa + "e" + exponent).isEqualTo(expected);
        }
      }
    }
    assertThat(told).isGreaterThan(340_000);
  }

  @Test
  void decimalsOfAnyLengthGiveWhatTheJdkGives() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      int digits = 1 + random.nextInt(30);
      int point = random.nextInt(40);
      for (int d = 0; d < digits; d++) {
        text.append(d == point ? "." : "").append(random.nextInt(4) == 0 ? 0 : random.nextInt(10));
      }
      if (random.nextInt(3) == 0) {
        text.append('e').append(random.nextInt(700) - 350);
      }
      check(text.toString());
    }
  }

  /** Half way between two doubles, and a digit to either side. */
  @Test
  void halvesAreRoundedToEven() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (i % 2 == 0) {
        value = random.nextInt(1 << 20) * Math.scalb(1.0, random.nextInt(60)) + (1L << 53);
      }
      if (Double.isInfinite(value)
          || Double.isNaN(value)
          || Double.isInfinite(Math.nextUp(value))) {
        continue;
      }
      BigDecimal half =
          new BigDecimal(value)
              .add(new BigDecimal(Math.nextUp(value)))
              .divide(BigDecimal.valueOf(2));
      check(half.toString());
      BigInteger digits = half.unscaledValue();
      for (int side = -1; side <= 1; side++) {
        BigDecimal near = new BigDecimal(digits.add(BigInteger.valueOf(side)), half.scale());
        check(near.toString());
        check(near.round(new java.math.MathContext(17 + i % 4)).toString());
      }
    }
  }

  private void check(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    boolean scanned = decimal.scan(bytes, 0, bytes.length);
    double expected = Double.parseDouble(text);
    // Asked before asserting: half a million assertions take longer than all the rest.
    if (!scanned || decimal.toDouble() != expected) {
      assertThat(decimal.toDouble()).as(text).isEqualTo(expected);
    }
  }

  private static long pow(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
