package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;
import dev.quern.format.source.FileReading;
import dev.quern.format.source.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Files of text as targets need them, and what must hold of any text format. */
final class TextFiles {
  private static final long[] MORSELS = {1, 2, 3, 7, 20, 64, 333, 4096};

  private final Path folder;

  TextFiles(Path folder) {
    this.folder = folder;
  }

  /** A format that knows its files. */
  interface Formats {
    Schema infer(List<InputFile> files) throws IOException;

    RecordFormat<?> format(List<InputFile> files, Schema schema);
  }

  /**
   * Reads {@code input} as one file, or cut into two: the result must not depend on the size of
   * morsels, on whether they are read again, or on compression.
   */
  void feed(byte[] input, Formats formats, SplittableRandom random) throws IOException {
    List<InputFile> files = new ArrayList<>();
    files.add(file("a", input));
    if (random.nextInt(4) == 0) {
      files.add(file("b", input));
    }
    Schema schema;
    try {
      schema = formats.infer(files);
    } catch (DataException e) {
      Harmless.check(e);
      return;
    }
    Heard.Result whole = read(formats, files, schema, 1 << 20, Heard.Payload.KEPT);
    for (int i = 0; i < 4; i++) {
      // Each morsel opens its file: some dozens are enough to cut anywhere.
      long morsel = Math.max(MORSELS[random.nextInt(MORSELS.length)], input.length / 48);
      Heard.Payload payload = random.nextBoolean() ? Heard.Payload.KEPT : Heard.Payload.DROPPED;
      assertThat(read(formats, files, schema, morsel, payload))
          .as("morsels of %s, %s", morsel, payload)
          .isEqualTo(whole);
    }
    if (random.nextInt(4) == 0 && !isCompressed(input)) {
      byte[] packed =
          random.nextBoolean() ? gzip(input) : com.github.luben.zstd.Zstd.compress(input);
      List<InputFile> stored = new ArrayList<>();
      for (InputFile file : files) {
        stored.add(file(file.name(), packed));
      }
      assertThat(read(formats, stored, schema, 100, Heard.Payload.DROPPED))
          .as("compressed")
          .isEqualTo(whole);
    }
  }

  private Heard.Result read(
      Formats formats, List<InputFile> files, Schema schema, long morsel, Heard.Payload payload)
      throws IOException {
    Source source = new Source(2, "s", folder.toString(), "", Split.NONE, List.of());
    return Heard.of(
        new FileReading<>(source, files, formats.format(files, schema)), morsel, payload);
  }

  InputFile file(String name, byte[] content) throws IOException {
    Path path = folder.resolve(name);
    Files.write(path, content);
    return new InputFile(name, path.toString(), content.length, -1);
  }

  private static boolean isCompressed(byte[] input) {
    int first = input.length > 3 ? input[0] & 0xff : 0;
    return first == 0x1f || first == 0x28 || (first & 0xf0) == 0x50;
  }

  private static byte[] gzip(byte[] input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(input);
    }
    return out.toByteArray();
  }

  static List<byte[]> bytes(String... texts) {
    List<byte[]> all = new ArrayList<>();
    for (String text : texts) {
      all.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return all;
  }

  /** Returns the small files of a folder of real data; none where there are no real data. */
  static List<byte[]> data(String folder) {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), folder);
    List<byte[]> all = new ArrayList<>();
    if (!Files.isDirectory(data)) {
      return all;
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (Files.size(file) < 4096) {
          all.add(Files.readAllBytes(file));
        }
      }
      return all;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
