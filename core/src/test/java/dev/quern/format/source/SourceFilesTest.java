package dev.quern.format.source;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.net.httpserver.HttpServer;
import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.format.jsonl.JsonlFormat;
import dev.quern.format.jsonl.JsonlSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir Path folder;

  @Test
  void globsFindFilesSortedByNamesRelativeToTheirFolder() throws IOException {
    for (String name :
        List.of(
            "data/b.jsonl", "data/a.jsonl", "data/x/y/c.jsonl", "data/.h/d.jsonl", "data/e.csv")) {
      Collected.file(folder, name, new byte[1]);
    }
    assertThat(names("data/**/*.jsonl")).containsExactly("a.jsonl", "b.jsonl", "x/y/c.jsonl");
    assertThat(names("data/*.{csv,jsonl}")).containsExactly("a.jsonl", "b.jsonl", "e.csv");
    assertThat(names("data/[ab].jsonl")).containsExactly("a.jsonl", "b.jsonl");
    assertThat(names("data/[!a].jsonl")).containsExactly("b.jsonl");
    assertThat(names("d*/?.csv")).containsExactly("data/e.csv");
    assertThat(names("data/x/y/c.jsonl")).containsExactly("c.jsonl");
    assertThat(
            SourceFiles.find(
                Collected.source(folder),
                "data/x",
                Optional.empty(),
                SourceFiles.Folders.ALLOWED,
                attempts -> {}))
        .extracting(InputFile::name)
        .containsExactly("y/c.jsonl");
  }

  @Test
  void anyCharactersMakeAGlobOrAreTold() throws IOException {
    for (String name : List.of("a&b.csv", "a-.csv", "a^.csv", "a{b.csv", "a].csv", "a\\b.csv")) {
      Collected.file(folder, "o/" + name, new byte[1]);
    }
    assertThat(names("o/a[&]*")).containsExactly("a&b.csv");
    assertThat(names("o/a[!&^{\\]*")).containsExactly("a-.csv", "a].csv");
    assertThat(names("o/a[-]*")).containsExactly("a-.csv");
    assertThat(names("o/a[^]*")).containsExactly("a^.csv");
    assertThat(names("o/a{b*")).containsExactly("a{b.csv");
    assertFault("o/{a{b,x}.csv", "file_not_found", "found: none below");
  }

  @Test
  void whatIsNoFileIsToldWithItsFix() throws Exception {
    Files.createDirectory(folder.resolve("d"));
    assertFault(
        "no.csv", "file_not_found", "no.csv: must name at least one file; found: none below");
    assertFault("d/*.csv", "file_not_found", "relative paths start from the recipe's folder");
    assertFault("d/[z-a]*", "glob_malformed", "[z-a]*: a set of characters must be [a-z]");
    assertFault("d", "is_a_folder", "d: must be a file or a glob; found: a folder; write d/*");
    assertFault("ftp://x/y", "unknown_scheme", "must be a local path or an https address");
    assertFault("https://x/y?key=secret", "sha256_missing", "https://x/y: sha256 must be given");
    Process fifo = new ProcessBuilder("mkfifo", folder.resolve("p").toString()).start();
    Assumptions.assumeTrue(fifo.waitFor() == 0, "no mkfifo here");
    assertFault("p", "not_a_file", "must be a regular file; found: a pipe, device or socket");
  }

  @Test
  void gzipOfSeveralMembersAndZstdFramesAreReadWhole() throws IOException {
    String one = "{\"a\":1}\n".repeat(3000);
    String two = "{\"a\":2}\n".repeat(10);
    byte[] gzip = concat(gzip(one), gzip(""), gzip(two), new byte[100]);
    byte[] zstd = concat(Zstd.compress(one.getBytes(UTF_8)), Zstd.compress(two.getBytes(UTF_8)));
    for (byte[] bytes : List.of(gzip, zstd)) {
      InputFile file = Collected.file(folder, "c", bytes);
      for (long morsel : new long[] {100, 1 << 20}) {
        Collected read = Collected.all(reading(file), morsel, Collected.Payload.KEPT);
        assertThat(read.samples).hasSize(3010);
      }
      for (Collected.Payload payload :
          List.of(Collected.Payload.DROPPED, Collected.Payload.ABSENT)) {
        assertThat(Collected.all(reading(file), 5000, payload).samples).hasSize(3010);
      }
    }
  }

  @Test
  void damagedFilesAreToldWithPlaceAndWithoutContent() throws IOException {
    byte[] gzip = gzip("{\"a\":\"secret text\"}\n".repeat(500));
    byte[] zstd = Zstd.compress("{\"a\":\"secret text\"}\n".repeat(500).getBytes(UTF_8));
    byte[] badSum = gzip.clone();
    badSum[gzip.length - 6] ^= 1;
    byte[] badZstd = zstd.clone();
    badZstd[4] ^= (byte) 0x08;
    assertDamaged(Arrays.copyOf(gzip, gzip.length - 9), "damaged_gzip", "ends early");
    assertDamaged(Arrays.copyOf(gzip, 9), "damaged_gzip", "ends early");
    assertDamaged(badSum, "damaged_gzip", "damaged data");
    assertDamaged(concat(gzip, "x".getBytes(UTF_8)), "damaged_gzip", "damaged data");
    assertDamaged(Arrays.copyOf(zstd, zstd.length - 4), "damaged_zstd", "ends early");
    assertDamaged(badZstd, "damaged_zstd", "damaged data");
  }

  @Test
  void aZstdWindowThatIsTooLargeIsToldAsSuch() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (com.github.luben.zstd.ZstdOutputStream zstd =
        new com.github.luben.zstd.ZstdOutputStream(out)) {
      zstd.setLong(27);
      zstd.write("{\"a\":1}\n".repeat(1000).getBytes(UTF_8));
    }
    byte[] bytes = out.toByteArray();
    // The window stands behind magic and descriptor as 8 * (log - 10); the library writes no more.
    assertThat(bytes[5] & 0xff).isEqualTo(8 * (27 - 10));
    bytes[5] = (byte) (8 * (28 - 10));
    InputFile file = Collected.file(folder, "l.jsonl.zst", bytes);
    assertThatThrownBy(() -> Collected.all(reading(file), 1 << 20, Collected.Payload.KEPT))
        .hasMessage(
            "l.jsonl.zst: zstd data must have a window of at most 128 (MiB); found: a larger one,"
                + " as of zstd --long; compress the file again without it");
  }

  @Test
  void aFileThatChangesDuringTheRunIsRefused() throws IOException {
    InputFile file = Collected.file(folder, "c.jsonl", "{\"a\":1}\n".getBytes(UTF_8));
    FileReading<?> reading = reading(file);
    Files.writeString(folder.resolve("c.jsonl"), "{\"a\":1}\n{\"a\":2}\n");
    assertThatThrownBy(() -> Collected.all(reading, 100, Collected.Payload.KEPT))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "c.jsonl: must stay as it was found, 8 (bytes), during the run; found: 16; run again"
                + " when nothing writes to it");
    InputFile same = Collected.file(folder, "d.jsonl", "{\"a\":1}\n".getBytes(UTF_8));
    Files.writeString(folder.resolve("d.jsonl"), "{\"a\":2}\n");
    Files.setLastModifiedTime(
        folder.resolve("d.jsonl"), FileTime.fromMillis(same.modified() + 5_000));
    assertThatThrownBy(() -> Collected.all(reading(same), 100, Collected.Payload.KEPT))
        .hasMessageStartingWith(
            "d.jsonl: must stay as it was found, 8 (bytes), during the run; found")
        .hasMessageContaining("found: as many, written anew;");
  }

  @Test
  void aFileThatIsWrittenToWhileItIsReadIsRefused() throws IOException {
    byte[] rows = "{\"a\":1}\n".repeat(20_000).getBytes(UTF_8);
    byte[] zstd =
        Zstd.compress(
            new SplittableRandom(1)
                .ints(99_999)
                .mapToObj(i -> "{\"a\":" + i + "}\n")
                .collect(java.util.stream.Collectors.joining())
                .getBytes(UTF_8));
    for (byte[] whole : List.of(rows, zstd)) {
      for (int change : new int[] {-whole.length / 2, -1, 0, 9}) {
        InputFile file = Collected.file(folder, "w.jsonl", whole);
        FileReading<?> reading = reading(file);
        try (MorselCutter cutter = reading.cutter(1 << 15)) {
          Morsel first = cutter.next();
          assertThat(first).isNotNull();
          Path path = Path.of(file.path());
          byte[] other = Arrays.copyOf(whole, whole.length + change);
          // In place, as programs do that append or write over.
          try (var channel =
              java.nio.channels.FileChannel.open(path, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(other));
            channel.truncate(other.length);
          }
          Files.setLastModifiedTime(path, FileTime.fromMillis(file.modified() + 5_000));
          assertThatThrownBy(
                  () -> {
                    for (Morsel m = first; m != null; m = cutter.next()) {
                      reading.read(m, new Collected());
                    }
                  })
              .as("%s by %s", whole.length, change)
              .isInstanceOfSatisfying(
                  DataException.class, e -> assertThat(e.code()).isEqualTo("file_changed"));
          assertThatThrownBy(() -> reading.read(first.bare(), new Collected()))
              .isInstanceOf(DataException.class);
        }
      }
    }
  }

  @Test
  void skippedMorselsAreCutAgainAndNotReadFromPlainFiles() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      text.append("{\"a\":")
          .append(i)
          .append(",\"t\":\"")
          .append("x".repeat(i % 90))
          .append("\"}\n");
    }
    byte[] plain = text.toString().getBytes(UTF_8);
    List<List<InputFile>> inputs =
        List.of(
            List.of(Collected.file(folder, "p", plain)),
            List.of(Collected.file(folder, "z.zst", Zstd.compress(plain))),
            List.of(Collected.file(folder, "g.gz", gzip(text.toString()))),
            List.of(
                Collected.file(folder, "g1.gz", concat(gzip(text.toString()), gzip("{\"a\":3}"))),
                Collected.file(folder, "z1.zst", Zstd.compress(plain))),
            List.of(Collected.file(folder, "u16", text.toString().getBytes(UTF_16LE))),
            List.of(
                Collected.file(folder, "s1", "{\"a\":1}\n".getBytes(UTF_8)),
                Collected.file(folder, "s2", "{\"a\":2}\n".getBytes(UTF_8)),
                Collected.file(folder, "s3", plain)));
    for (List<InputFile> files : inputs) {
      FileReading<?> reading = reading(files.toArray(InputFile[]::new));
      Collected whole = Collected.all(reading, 4096, Collected.Payload.KEPT);
      int end = whole.samples.size();
      List<Morsel> all = cut(reading, List.of());
      assertThat(all).hasSizeGreaterThan(20);
      for (int skipped : new int[] {1, all.size() / 2, all.size() - 1}) {
        assertThat(cut(reading, all.subList(0, skipped)))
            .isEqualTo(all.subList(skipped, all.size()));
        Collected rest = new Collected();
        for (Morsel morsel : all.subList(skipped, all.size())) {
          reading.read(morsel, rest);
        }
        assertThat(rest.samples)
            .isEqualTo(whole.samples.subList(whole.samples.size() - rest.samples.size(), end));
      }
      try (MorselCutter cutter = reading.cutter(4096)) {
        for (Morsel morsel : all) {
          cutter.skip(morsel);
        }
        assertThat(cutter.next()).isNull();
        long stored = files.stream().mapToLong(InputFile::bytes).sum();
        assertThat(cutter.bytesRead()).isLessThanOrEqualTo(stored);
      }
    }
  }

  @Test
  void namesOfCompressedFilesPromiseTheirContent() throws IOException {
    byte[] gzip = gzip("{\"a\":1}\n");
    gzip[1] ^= 4;
    for (byte[] bytes : List.of(gzip, "{\"a\":1}\n".getBytes(UTF_8), new byte[0])) {
      InputFile file = Collected.file(folder, "a.jsonl.gz", bytes);
      assertThatThrownBy(() -> Collected.all(reading(file), 1 << 20, Collected.Payload.KEPT))
          .isInstanceOfSatisfying(
              DataException.class, e -> assertThat(e.code()).isEqualTo("damaged_gzip"))
          .hasMessage(
              "a.jsonl.gz: a file of this name must begin as gzip data do; found: "
                  + (bytes.length == 0 ? "an empty file" : "other bytes")
                  + "; fetch or compress the file again, or rename it if it is not compressed");
    }
    InputFile zstd = Collected.file(folder, "a.ZST", new byte[5]);
    assertThatThrownBy(() -> Collected.all(reading(zstd), 1 << 20, Collected.Payload.KEPT))
        .hasMessageStartingWith("a.ZST: a file of this name must begin as zstd data do");
  }

  @Test
  void linksThatLeadNowhereOrInCirclesAreTold() throws IOException {
    Collected.file(folder, "l/a.csv", new byte[1]);
    Files.createSymbolicLink(folder.resolve("l/up"), folder.resolve("l"));
    Files.createSymbolicLink(folder.resolve("self.csv"), Path.of("self.csv"));
    Files.createSymbolicLink(folder.resolve("gone.csv"), Path.of("nowhere.csv"));
    Files.createSymbolicLink(folder.resolve("good.csv"), Path.of("l/a.csv"));
    assertThat(names("l/*.csv")).containsExactly("a.csv");
    assertThat(names("good.csv")).containsExactly("good.csv");
    assertFault(
        "l/**/*.csv",
        "file_not_readable",
        "l/**/*.csv: up: must be readable; found: a link to a folder above it; remove the link");
    for (String link : List.of("self.csv", "gone.csv")) {
      assertFault(link, "file_not_found", link + ": must be a file; found: a link that leads");
    }
    assertFault("*e.csv", "file_not_found", "*e.csv: gone.csv: must be a file; found: a link");
    assertFault("s*.csv", "file_not_found", "s*.csv: self.csv: must be a file; found: a link");
  }

  @Test
  void aGlobLooksNoDeeperThanItReaches() throws IOException {
    Collected.file(folder, "g/x/y.csv", new byte[1]);
    Collected.file(folder, "g/x/deep/z.csv", new byte[1]);
    Files.createSymbolicLink(folder.resolve("g/x/deep/loop"), folder.resolve("g"));
    assertThat(names("g/*/*.csv")).containsExactly("x/y.csv");
    assertThat(names("g/{x/,}*.csv")).containsExactly("x/y.csv");
    assertFault("g/*.csv", "file_not_found", "g/*.csv: must name at least one file; found: none");
  }

  @Test
  void manySmallFilesBecomeFewMorsels() throws IOException {
    InputFile[] files = new InputFile[2000];
    for (int i = 0; i < files.length; i++) {
      String text = "{\"a\":" + i + "}\n{\"a\":\n";
      files[i] = Collected.file(folder, "m/" + i, text.getBytes(UTF_8));
    }
    Collected read = Collected.all(reading(files), 1 << 16, Collected.Payload.KEPT);
    assertThat(read.morsels).isEqualTo(1);
    assertThat(read.samples).hasSize(2000);
    assertThat(read.quarantined).hasSize(2000);
    assertThat(read.quarantined.get(1999)).isEqualTo("1999@11 line 2  malformed_json 5");
  }

  @Test
  void aDownloadIsContinuedCheckedAndKept() throws Exception {
    byte[] content = "{\"a\":1}\n".repeat(50_000).getBytes(UTF_8);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    AtomicInteger requests = new AtomicInteger();
    List<String> ranges = new ArrayList<>();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          ranges.add(String.valueOf(range));
          exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
          try (OutputStream body = exchange.getResponseBody()) {
            // The first answer breaks off in the middle.
            int end = requests.getAndIncrement() == 0 ? 100_000 : content.length;
            body.write(content, from, end - from);
            body.flush();
          } catch (IOException e) {
            // Fewer bytes than announced: the connection falls silent, that is the point.
          }
        });
    server.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/d/a.jsonl");
      Path cache = folder.resolve("cache");
      List<Attempts> attempts = new ArrayList<>();
      Download download = new Download(Duration.ofMillis(700), "a source", attempts::add);
      InputFile file = download.fetch(address, "a.jsonl", digest, cache);
      assertThat(file.name()).isEqualTo("a.jsonl");
      assertThat(Files.readAllBytes(Path.of(file.path()))).isEqualTo(content);
      assertThat(ranges.get(0)).isEqualTo("null");
      assertThat(ranges.get(1)).startsWith("bytes=").isNotEqualTo("bytes=0-");
      assertThat(download.fetch(address, "a.jsonl", digest, cache)).isEqualTo(file);
      assertThat(requests).hasValue(2);
      // Touched and as it was: looked at; touched and another: fetched again.
      Files.setLastModifiedTime(Path.of(file.path()), FileTime.fromMillis(1_000_000));
      download.fetch(address, "a.jsonl", digest, cache);
      assertThat(requests).hasValue(2);
      Files.write(Path.of(file.path()), new byte[] {1});
      InputFile again = download.fetch(address, "a.jsonl", digest, cache);
      assertThat(Files.readAllBytes(Path.of(again.path()))).isEqualTo(content);
      assertThat(requests).hasValue(3);
      assertThatThrownBy(() -> download.fetch(address, "a.jsonl", "0".repeat(64), cache))
          .isInstanceOf(DataException.class)
          .hasMessage("a.jsonl: content must have the sha256 of the recipe; found: another file");
      // What is kept is not fetched, so nothing was tried of it.
      assertThat(attempts).extracting(Attempts::subject).containsOnly("a source");
      assertThat(attempts).extracting(Attempts::successes).containsExactly(1L, 1L, 0L);
      assertThat(attempts)
          .extracting(Attempts::failures)
          .containsExactly(
              Map.of("io_socket_timeout", 1L), Map.of(), Map.of("sha256_mismatch", 1L));
      assertThat(attempts).extracting(Attempts::retried).containsExactly(1L, 0L, 0L);
      assertThat(attempts.get(1).bytes()).isEqualTo(content.length);
      assertThat(attempts.get(1).durations().stream().mapToLong(n -> n).sum()).isEqualTo(1);
    } finally {
      server.stop(0);
    }
  }

  private List<Morsel> cut(FileReading<?> reading, List<Morsel> finished) throws IOException {
    List<Morsel> morsels = new ArrayList<>();
    try (MorselCutter cutter = reading.cutter(4096)) {
      for (Morsel morsel : finished) {
        cutter.skip(morsel);
      }
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        morsels.add(morsel.bare());
      }
    }
    return morsels;
  }

  private void assertDamaged(byte[] bytes, String code, String found) {
    InputFile file = Collected.file(folder, "damaged", bytes);
    assertThatThrownBy(() -> Collected.all(reading(file), 1 << 20, Collected.Payload.KEPT))
        .isInstanceOfSatisfying(
            DataException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e).hasMessageMatching("damaged @ \\d+: .* found: " + found + "; .*");
              assertThat(e.getMessage()).doesNotContain("secret");
            });
  }

  private void assertFault(String path, String code, String message) {
    assertThatThrownBy(() -> names(path))
        .isInstanceOfSatisfying(DataException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  private List<String> names(String path) throws IOException {
    return SourceFiles.find(
            Collected.source(folder),
            path,
            Optional.empty(),
            SourceFiles.Folders.REFUSED,
            attempts -> {})
        .stream()
        .map(InputFile::name)
        .toList();
  }

  private FileReading<?> reading(InputFile... files) throws IOException {
    List<InputFile> all = List.of(files);
    dev.quern.data.Schema schema =
        dev.quern.data.Schema.of(
            dev.quern.data.Field.of("a", dev.quern.data.Type.TEXT),
            dev.quern.data.Field.of("t", dev.quern.data.Type.TEXT));
    return new FileReading<>(
        Collected.source(folder), all, new JsonlFormat(JsonlSettings.DETECTED, all, schema));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
