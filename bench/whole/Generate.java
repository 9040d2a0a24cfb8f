import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes the inputs of the comparisons, the same bytes for the same arguments: {@code java
 * Generate.java docs FILE MEGABYTES} (JSON lines: documents with Zipf words in two scripts, runs of
 * white space, escapes, e-mail addresses; one in ten shorter than 50 words) or {@code java
 * Generate.java num FILE MEGABYTES} (CSV with header: 11 number columns, 1 % of the cells empty).
 */
final class Generate {
  private static final int VOCABULARY = 20_000;
  private static final String[] GAPS = {"  ", "\\n", "\\t", " \\n\\n ", "   "};

  private final SplittableRandom random = new SplittableRandom(42);

  public static void main(String[] arguments) throws IOException {
    long bytes = Long.parseLong(arguments[2]) << 20;
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1])), 1 << 20)) {
      switch (arguments[0]) {
        case "docs" -> new Generate().documents(out, bytes);
        case "num" -> new Generate().numbers(out, bytes);
        default -> throw new IllegalArgumentException("kind must be docs or num");
      }
    }
  }

  private void documents(OutputStream out, long bytes) throws IOException {
    String[] words = new String[VOCABULARY];
    for (int i = 0; i < words.length; i++) {
      words[i] = word();
    }
    long written = 0;
    StringBuilder line = new StringBuilder();
    for (int id = 0; written < bytes; id++) {
      int size = random.nextInt(10) == 0 ? random.nextInt(1, 50) : random.nextInt(50, 900);
      line.setLength(0);
      line.append("{\"id\":").append(id);
      line.append(",\"url\":\"https://www.example.org/").append(words[zipf()]).append('/').append(id);
      line.append("\",\"score\":").append(random.nextInt(1000) / 1000.0).append(",\"text\":\"");
      for (int w = 0; w < size; w++) {
        if (w > 0) {
          line.append(random.nextInt(30) == 0 ? GAPS[random.nextInt(GAPS.length)] : " ");
        }
        if (random.nextInt(400) == 0) {
          line.append(words[zipf() % 1000]).append(random.nextInt(100)).append("@mail.example.com");
        } else if (random.nextInt(60) == 0) {
          line.append("\\\"").append(words[zipf()]).append("\\\"");
        } else {
          line.append(words[zipf()]);
        }
      }
      byte[] encoded = line.append("\"}\n").toString().getBytes(StandardCharsets.UTF_8);
      out.write(encoded);
      written += encoded.length;
    }
  }

  /** Three words in four are ASCII letters, so that addresses made of the first thousand may be. */
  private String word() {
    boolean ascii = random.nextInt(4) != 0;
    StringBuilder word = new StringBuilder();
    int length = random.nextInt(2, 11);
    for (int i = 0; i < length; i++) {
      word.append((char) (ascii ? random.nextInt('a', 'z' + 1) : random.nextInt(0x430, 0x450)));
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

  private String cell(int column) {
    return switch (column % 5) {
      case 0 -> Integer.toString(random.nextInt(100));
      case 1 -> Long.toString(random.nextLong(1_000_000_000L));
      case 2 -> Double.toString(Math.round(random.nextDouble() * 1e6) / 1e4);
      case 3 -> Double.toString(Math.round(random.nextGaussian() * 1e5) / 1e5);
      default -> String.format(Locale.ROOT, "%.3f", 1000 * random.nextDouble());
    };
  }

  private static long write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes);
    return bytes.length;
  }
}
