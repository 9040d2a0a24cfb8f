package dev.quern.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes inputs: bits and bytes, ranges and lines, words of the format, numbers at their edges,
 * parts of other inputs, and much too much of anything. The same random numbers give the same
 * input.
 */
final class Mutator {
  private static final byte[] BYTES =
      "\0\1\t\n\r \"#%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\u007f".getBytes(StandardCharsets.US_ASCII);
  private static final int[] HIGH = {0x80, 0xbf, 0xc0, 0xc3, 0xe4, 0xed, 0xef, 0xf0, 0xf4, 0xff};
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "00",
    "007",
    "9",
    "10",
    "127",
    "128",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1e400",
    "-1e400",
    "1e-400",
    "1e308",
    "4.9e-324",
    "0.1",
    ".5",
    "5.",
    "1e9999999999",
    "1E+5",
    "0x10",
    "NaN",
    "Infinity",
    "-Infinity",
    "1,5",
    "99999999999999999999"
  };
  private static final int[] INTS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    127,
    128,
    255,
    256,
    32767,
    65536,
    1 << 24,
    1 << 28,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  private final List<byte[]> corpus;
  private final List<byte[]> words;
  private final int most;

  /**
   * Makes a mutator.
   *
   * @param most bytes of the longest input
   */
  Mutator(List<byte[]> corpus, List<byte[]> words, int most) {
    this.corpus = corpus;
    this.words = words;
    this.most = most;
  }

  /** Returns an input of the corpus with a few changes. */
  byte[] input(SplittableRandom random) {
    byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
    // Mostly one or two changes: what is broken everywhere is refused at its first byte.
    int changes = 1 + random.nextInt(1 + random.nextInt(12));
    for (int i = 0; i < changes; i++) {
      input = changed(input, random);
      if (input.length > most) {
        input = Arrays.copyOf(input, most);
      }
    }
    return input;
  }

  private byte[] changed(byte[] input, SplittableRandom random) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + range(random));
    return switch (random.nextInt(16)) {
      case 0 -> flipped(input, random);
      case 1 -> replaced(input, at, Math.min(input.length, at + 1), one(random));
      case 2 -> replaced(input, at, to, new byte[0]);
      case 3 -> replaced(input, at, at, Arrays.copyOfRange(input, at, to));
      case 4, 5 -> replaced(input, at, at, word(random));
      case 6 -> replaced(input, at, to, word(random));
      case 7 -> spliced(input, at, random);
      case 8 -> Arrays.copyOf(input, at);
      case 9 -> replaced(input, at, to, repeated(input, at, random));
      case 10, 11 -> numbered(input, at, random);
      case 12 -> moved(input, at, to, random);
      case 13 -> lined(input, at, random);
      case 14 -> replaced(input, at, at, noise(random));
      default -> overwritten(input, at, random);
    };
  }

  /** Short ranges are most likely. */
  private static int range(SplittableRandom random) {
    return 1 + random.nextInt(1 + random.nextInt(1 << random.nextInt(11)));
  }

  private static byte[] flipped(byte[] input, SplittableRandom random) {
    if (input.length > 0) {
      input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return input;
  }

  private static byte[] one(SplittableRandom random) {
    int b =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(256);
          case 1 -> HIGH[random.nextInt(HIGH.length)];
          default -> BYTES[random.nextInt(BYTES.length)];
        };
    return new byte[] {(byte) b};
  }

  private byte[] word(SplittableRandom random) {
    return words.isEmpty() ? one(random) : words.get(random.nextInt(words.size()));
  }

  private byte[] spliced(byte[] input, int at, SplittableRandom random) {
    byte[] other = corpus.get(random.nextInt(corpus.size()));
    int from = random.nextInt(other.length + 1);
    return replaced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
  }

  private byte[] repeated(byte[] input, int at, SplittableRandom random) {
    byte[] unit =
        random.nextBoolean()
            ? word(random)
            : Arrays.copyOfRange(input, at, Math.min(input.length, at + 1 + random.nextInt(4)));
    int times = Math.min(1 << random.nextInt(13), most / Math.max(1, unit.length));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(unit);
    }
    return all.toByteArray();
  }

  /** Replaces the next run of digits, or inserts a number where there is none. */
  private static byte[] numbered(byte[] input, int at, SplittableRandom random) {
    int from = at;
    while (from < input.length && !isDigit(input[from])) {
      from++;
    }
    int to = from;
    while (to < input.length && isDigit(input[to])) {
      to++;
    }
    String number = NUMBERS[random.nextInt(NUMBERS.length)];
    return replaced(input, from, to, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static byte[] moved(byte[] input, int at, int to, SplittableRandom random) {
    byte[] range = Arrays.copyOfRange(input, at, to);
    byte[] without = replaced(input, at, to, new byte[0]);
    int place = random.nextInt(without.length + 1);
    return replaced(without, place, place, range);
  }

  /** Doubles a line, takes it out, or moves it to the end. */
  private static byte[] lined(byte[] input, int at, SplittableRandom random) {
    int from = at;
    while (from > 0 && input[from - 1] != '\n') {
      from--;
    }
    int to = at;
    while (to < input.length && input[to++] != '\n') {
      // To the end of the line.
    }
    byte[] line = Arrays.copyOfRange(input, from, to);
    return switch (random.nextInt(3)) {
      case 0 -> replaced(input, from, from, line);
      case 1 -> replaced(input, from, to, new byte[0]);
      default -> {
        byte[] without = replaced(input, from, to, new byte[0]);
        yield replaced(without, without.length, without.length, line);
      }
    };
  }

  private static byte[] noise(SplittableRandom random) {
    byte[] noise = new byte[1 + random.nextInt(8)];
    random.nextBytes(noise);
    return noise;
  }

  /** Overwrites four bytes with a number as files store it. */
  private static byte[] overwritten(byte[] input, int at, SplittableRandom random) {
    int number = INTS[random.nextInt(INTS.length)];
    boolean little = random.nextInt(4) > 0;
    for (int i = 0; i < 4 && at + i < input.length; i++) {
      input[at + i] = (byte) (number >>> (little ? 8 * i : 24 - 8 * i));
    }
    return input;
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
    byte[] out = new byte[from + by.length + input.length - to];
    System.arraycopy(input, 0, out, 0, from);
    System.arraycopy(by, 0, out, from, by.length);
    System.arraycopy(input, to, out, from + by.length, input.length - to);
    return out;
  }
}
