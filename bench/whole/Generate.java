import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes the inputs of the comparisons, the same bytes for the same arguments.
 *
 * <p>{@code java Generate.java docs FILE MEGABYTES}: JSON lines, 7 fields, documents of 3.0 kB on
 * average (4.8 % below 50 words): words by Zipf's law, escapes, a character outside Latin-1 almost
 * everywhere, runs of white space, e-mail addresses of 2,000 domains, things that are nearly
 * addresses, 5,000 hosts, 3 % exact and 5 % near duplicates. {@code java Generate.java num FILE
 * MEGABYTES}: CSV with a header, 11 columns of numbers, 1 % of the cells empty. {@code java
 * Generate.java words FILE MEGABYTES}: CSV, 12 columns of texts of 2 to 20,000 distinct values each,
 * skewed. {@code java Generate.java wide-FIELDS FILE MEGABYTES}: CSV of that many columns, by turns
 * whole numbers, decimals, codes and words.
 *
 * <p>A megabyte is 10^6 bytes.
 */
final class Generate {
  private static final int VOCABULARY = 30_000;
  private static final int HOSTS = 5_000;
  private static final int DOMAINS = 2_000;
  private static final int REMEMBERED = 512;
  private static final String[] GAPS = {"  ", "\\n", "\\t", " \\n\\n ", "   ", "\\r\\n", "\u3000"};
  private static final String[] LANGUAGES = {"en", "en", "en", "ru", "zh", "de"};
  private static final String[] TOPS = {"com", "org", "net", "io", "co.uk", "de", "info"};

  private final SplittableRandom random = new SplittableRandom(42);
  private final String[] words = new String[VOCABULARY];
  private final String[] hosts = new String[HOSTS];
  private final String[] domains = new String[DOMAINS];
  private final String[] remembered = new String[REMEMBERED];

  public static void main(String[] arguments) throws IOException {
    long bytes = Long.parseLong(arguments[2]) * 1_000_000;
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1])), 1 << 20)) {
      switch (arguments[0]) {
        case "docs" -> new Generate().documents(out, bytes);
        case "num" -> new Generate().numbers(out, bytes);
        case "words" -> new Generate().texts(out, bytes);
        default -> {
          if (!arguments[0].startsWith("wide-")) {
            throw new IllegalArgumentException("kind must be docs, num, words or wide-FIELDS");
          }
          new Generate().wide(out, bytes, Integer.parseInt(arguments[0].substring(5)));
        }
      }
    }
  }

  private void documents(OutputStream out, long bytes) throws IOException {
    for (int i = 0; i < words.length; i++) {
      words[i] = word(i);
    }
    for (int i = 0; i < HOSTS; i++) {
      hosts[i] = "www." + latin(4, 12) + i + "." + TOPS[random.nextInt(TOPS.length)];
    }
    for (int i = 0; i < DOMAINS; i++) {
      domains[i] = latin(3, 10) + (i % 3 == 0 ? "-" + i : "") + "." + TOPS[i % TOPS.length];
    }
    long written = 0;
    StringBuilder line = new StringBuilder();
    for (int id = 0; written < bytes; id++) {
      String host = hosts[(int) (HOSTS * Math.pow(random.nextDouble(), 2))];
      line.setLength(0);
      line.append("{\"id\":").append(id);
      line.append(",\"url\":\"https://").append(host).append('/').append(latin(3, 9)).append('/');
      line.append(id).append("\",\"host\":\"").append(host);
      line.append("\",\"lang\":\"").append(LANGUAGES[random.nextInt(LANGUAGES.length)]);
      line.append("\",\"crawled\":\"2026-0").append(1 + random.nextInt(9)).append("-1");
      line.append(random.nextInt(10)).append("T0").append(random.nextInt(10)).append(":30:00Z");
      line.append("\",\"score\":").append(random.nextInt(1000) / 1000.0);
      line.append(",\"text\":\"").append(text(id)).append("\"}\n");
      byte[] encoded = line.toString().getBytes(StandardCharsets.UTF_8);
      out.write(encoded);
      written += encoded.length;
    }
  }

  /** A new text, or one of the last ones, as it was or with two words changed. */
  private String text(int id) {
    double kind = random.nextDouble();
    if (kind < 0.08 && id >= REMEMBERED) {
      String old = remembered[random.nextInt(REMEMBERED)];
      if (kind < 0.03) {
        return old;
      }
      int place = old.indexOf(' ', random.nextInt(old.length()));
      String beginning = place < 0 ? old : old.substring(0, place);
      String end = place < 0 ? "" : old.substring(place);
      return words[zipf()] + " " + beginning + " " + words[zipf()] + end;
    }
    int size = random.nextInt(21) == 0 ? random.nextInt(1, 50) : random.nextInt(50, 795);
    StringBuilder text = new StringBuilder();
    for (int w = 0; w < size; w++) {
      if (w > 0) {
        text.append(random.nextInt(30) == 0 ? GAPS[random.nextInt(GAPS.length)] : " ");
      }
      token(text);
    }
    remembered[id % REMEMBERED] = text.toString();
    return text.toString();
  }

  private void token(StringBuilder text) {
    int kind = random.nextInt(2400);
    String word = words[zipf()];
    if (kind < 4) {
      String dot = random.nextBoolean() ? "." : "_";
      text.append(latin(2, 8)).append(dot).append(latin(2, 8)).append(random.nextInt(100));
      text.append('@').append(domains[random.nextInt(DOMAINS)]);
      text.append(random.nextBoolean() ? "" : ",");
    } else if (kind < 6) {
      // Nearly an address: a handle, a place without a top level, an @ on its own.
      text.append(random.nextBoolean() ? "@" + latin(3, 9) : latin(3, 6) + "@" + latin(3, 6));
    } else if (kind < 46) {
      text.append("\\\"").append(word).append("\\\"");
    } else if (kind < 56) {
      text.append('\u201c').append(word).append('\u201d');
    } else if (kind < 64) {
      text.append(random.nextInt(1, 3000)).append('\u20ac');
    } else if (kind < 68) {
      text.append("https:\\/\\/").append(domains[random.nextInt(DOMAINS)]).append("\\/").append(word);
    } else {
      text.append(word);
      if (kind < 300) {
        text.append(kind < 160 ? "," : kind < 290 ? "." : "\\u2014");
      }
    }
  }

  /** Common words are short; one word in sixteen is Cyrillic, one in thirty-two Han. */
  private String word(int rank) {
    int kind = random.nextInt(32);
    int shortest = rank < 100 ? 1 : 3;
    int longest = rank < 100 ? 5 : 11;
    if (kind == 0) {
      return letters(1, 3, 0x4e00, 0x5e00);
    }
    return kind <= 2 ? letters(shortest, longest, 0x430, 0x450) : latin(shortest, longest);
  }

  private String latin(int shortest, int longest) {
    return letters(shortest, longest, 'a', 'z' + 1);
  }

  private String letters(int shortest, int longest, int first, int end) {
    StringBuilder word = new StringBuilder();
    int length = random.nextInt(shortest, longest + 1);
    for (int i = 0; i < length; i++) {
      // The smaller of two draws: letters have frequencies too.
      int letter = Math.min(random.nextInt(first, end), random.nextInt(first, end));
      word.append((char) letter);
    }
    return word.toString();
  }

  /** A rank with about the frequencies of words in texts. */
  private int zipf() {
    return (int) Math.min(VOCABULARY - 1.0, Math.exp(random.nextDouble() * Math.log(VOCABULARY)) - 1);
  }

  private void numbers(OutputStream out, long bytes) throws IOException {
    long written = write(out, "id,a,b,c,d,e,f,g,h,i,j\n");
    StringBuilder line = new StringBuilder();
    for (long id = 0; written < bytes; id++) {
      line.setLength(0);
      line.append(id);
      for (int column = 0; column < 10; column++) {
        line.append(',');
        if (random.nextInt(100) != 0) {
          line.append(cell(column));
        }
      }
      written += write(out, line.append('\n').toString());
    }
  }

  /** Two columns of small whole numbers, two of large ones, six with decimals. */
  private String cell(int column) {
    return switch (column) {
      case 0 -> Integer.toString(random.nextInt(100));
      case 1 -> Long.toString(random.nextLong(1_000_000_000L));
      case 2, 3 -> Double.toString(Math.round(random.nextDouble() * 1e6) / 1e4);
      case 4, 5 -> Double.toString(Math.round(random.nextGaussian() * 1e5) / 1e5);
      case 6, 7 -> String.format(Locale.ROOT, "%.4f", 10_000 * random.nextDouble());
      case 8 -> Integer.toString(random.nextInt(2_000_000));
      default -> Long.toString(random.nextLong(100_000_000L));
    };
  }

  private static final int[] DOMAINS_OF_TEXTS = {
    2, 6, 12, 40, 90, 200, 500, 1_000, 2_000, 4_000, 10_000, 20_000
  };

  private void texts(OutputStream out, long bytes) throws IOException {
    String[][] values = new String[DOMAINS_OF_TEXTS.length][];
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < values.length; column++) {
      values[column] = new String[DOMAINS_OF_TEXTS[column]];
      for (int i = 0; i < values[column].length; i++) {
        values[column][i] = latin(4, 14) + (column % 3 == 0 ? "-" + i : " " + latin(2, 6) + i);
      }
      line.append(column == 0 ? "t" : ",t").append(column);
    }
    long written = write(out, line.append('\n').toString());
    while (written < bytes) {
      line.setLength(0);
      for (int column = 0; column < values.length; column++) {
        line.append(column == 0 ? "" : ",");
        if (random.nextInt(100) != 0) {
          int size = values[column].length;
          line.append(values[column][(int) (size * Math.pow(random.nextDouble(), 2))]);
        }
      }
      written += write(out, line.append('\n').toString());
    }
  }

  private void wide(OutputStream out, long bytes, int columns) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < columns; column++) {
      line.append(column == 0 ? "f" : ",f").append(column);
    }
    long written = write(out, line.append('\n').toString());
    while (written < bytes) {
      line.setLength(0);
      for (int column = 0; column < columns; column++) {
        line.append(column == 0 ? "" : ",");
        switch (column % 4) {
          case 0 -> line.append(random.nextInt(1_000_000));
          case 1 -> line.append(Math.round(random.nextGaussian() * 1e5) / 1e5);
          case 2 -> line.append((char) ('A' + random.nextInt(26))).append(random.nextInt(100));
          default -> line.append(latin(3, 9)).append(random.nextInt(10_000));
        }
      }
      written += write(out, line.append('\n').toString());
    }
  }

  private static long write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes);
    return bytes.length;
  }
}
