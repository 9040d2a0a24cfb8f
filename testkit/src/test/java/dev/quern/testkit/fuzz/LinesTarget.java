package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;
import dev.quern.format.lines.LineFormat;
import dev.quern.format.source.FileReading;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.TextEncoding;
import dev.quern.testkit.Gen;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Lines of text in any encoding: every line that is not blank is a sample or set aside. */
final class LinesTarget implements FuzzTarget {
  private final Path folder;
  private final TextFiles files;

  LinesTarget(Path folder) {
    this.folder = folder;
    this.files = new TextFiles(folder);
  }

  @Override
  public List<byte[]> corpus() {
    String text = "one\n\n  \ntwo " + Gen.CANARY + "\r\n三行中文\n\ud83d\ude00 e\u0301\nlast";
    List<byte[]> all = new ArrayList<>(TextFiles.bytes(text, "\ufeff" + text, ""));
    all.add(text.getBytes(Charset.forName("GB18030")));
    all.add(text.getBytes(StandardCharsets.UTF_16LE));
    all.add(("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE));
    all.add("Zoë\nstraße\n".getBytes(StandardCharsets.ISO_8859_1));
    return all;
  }

  @Override
  public List<byte[]> words() {
    List<byte[]> all =
        new ArrayList<>(TextFiles.bytes("\n", "\r\n", "\r", "\ufeff", "\0", " ", "三", Gen.CANARY));
    for (int[] bytes :
        new int[][] {
          {0x81},
          {0x81, 0x30},
          {0x81, 0x30, 0x81},
          {0xff},
          {0xd8, 0},
          {0, 0xd8},
          {0, 0xdc},
          {0xa1, 0xa1},
          {0x0a, 0},
          {0, 0x0a},
          {0xe4, 0xb8},
          {0xfe, 0xff}
        }) {
      byte[] word = new byte[bytes.length];
      for (int i = 0; i < word.length; i++) {
        word[i] = (byte) bytes[i];
      }
      all.add(word);
    }
    return all;
  }

  @Override
  public long mostAllocated() {
    // Some hundred readings, each with buffers of its own.
    return 300L << 20;
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    int choice = random.nextInt(TextEncoding.values().length + 2);
    Optional<TextEncoding> encoding =
        choice < TextEncoding.values().length
            ? Optional.of(TextEncoding.values()[choice])
            : Optional.empty();
    int most = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1 << 20;
    files.feed(
        input,
        new TextFiles.Formats() {
          @Override
          public Schema infer(List<InputFile> all) {
            return LineFormat.SCHEMA;
          }

          @Override
          public RecordFormat<?> format(List<InputFile> all, Schema schema) {
            return new LineFormat(all, encoding, most);
          }
        },
        random);
    if (encoding.isPresent() && most == 1 << 20) {
      everyLineIsThere(input, encoding.get());
    }
  }

  /** Line feeds are found in the stored bytes, whatever stands between them. */
  private void everyLineIsThere(byte[] input, TextEncoding encoding) throws Exception {
    int unit = encoding == TextEncoding.UTF_16LE || encoding == TextEncoding.UTF_16BE ? 2 : 1;
    int low = encoding == TextEncoding.UTF_16LE ? 0 : unit - 1;
    long lines = 0;
    boolean blank = true;
    boolean first = true;
    for (int at = 0; at < input.length; at += unit) {
      int c =
          at + unit > input.length
              ? 0xfffd
              : unit == 1
                  ? input[at] & 0xff
                  : (input[at + 1 - low] & 0xff) << 8 | input[at + low] & 0xff;
      if (c == '\n') {
        lines += blank ? 0 : 1;
        blank = true;
      } else if (!(c == ' '
          || c == '\t'
          || isEnd(input, at, unit, low, c)
          || first && c == 0xfeff)) {
        blank = false;
      }
      first = false;
    }
    lines += blank ? 0 : 1;
    boolean marked = input.length > 2 && (input[0] & 0xff) == 0xef && (input[1] & 0xff) == 0xbb;
    // A compressed file is another one.
    boolean packed =
        input.length > 1
            && ((input[0] & 0xff) == 0x1f || input[0] == 0x28 || (input[0] & 0xf0) == 0x50);
    if (marked || packed) {
      return;
    }
    Heard heard = new Heard();
    List<InputFile> all = List.of(files.file("c", input));
    Source source = new Source(0, "s", folder.toString(), "", Split.NONE, List.of());
    LineFormat format = new LineFormat(all, Optional.of(encoding), 1 << 20);
    heard.all(new FileReading<>(source, all, format), 64, Heard.Payload.KEPT);
    assertThat(heard.samples.size() + heard.quarantined.size()).as("lines").isEqualTo((int) lines);
  }

  /** Whether {@code c} is a carriage return before a line feed, or before the end. */
  private static boolean isEnd(byte[] input, int at, int unit, int low, int c) {
    int next = at + unit;
    if (c != '\r') {
      return false;
    }
    if (next >= input.length) {
      return true;
    }
    return unit == 1
        ? input[next] == '\n'
        : next + 2 <= input.length && input[next + low] == '\n' && input[next + 1 - low] == 0;
  }
}
