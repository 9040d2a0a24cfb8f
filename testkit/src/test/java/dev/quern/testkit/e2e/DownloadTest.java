package dev.quern.testkit.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sources at https addresses, over TLS with a certificate that a trust store vouches for: what the
 * server does wrong is told or mended, and nothing is lost by it.
 */
class DownloadTest {
  private static final byte[] CONTENT =
      IntStream.range(0, 30_000)
          .mapToObj(i -> i + ",name " + i)
          .collect(Collectors.joining("\n", "id,name\n", "\n"))
          .getBytes(ISO_8859_1);

  @TempDir private static Path keysFolder;
  private static Path keys;

  @TempDir private Path folder;
  private Scene scene;
  private Map<String, String> before = Map.of();

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TlsServer.keys(keysFolder);
  }

  @BeforeEach
  void publishAVersion() throws Exception {
    scene = new Scene(folder);
    scene.write("good.csv", "id,name\n1,x\n");
    scene.write("recipe.yaml", "recipe: far\nread:\n  - acquire.csv: { path: good.csv }\n");
    scene.run("recipe.yaml");
    before = scene.published("workspace");
    assertThat(before).containsKey("datasets/far/HEAD");
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private Scene.Said run(String address) throws Exception {
    return run(address, "-Djavax.net.ssl.trustStore=" + keys);
  }

  private Scene.Said run(String address, String trust) throws Exception {
    scene.write(
        "recipe.yaml",
        "recipe: far\nread:\n  - acquire.csv: { path: \"%s\", sha256: %s }\n"
            .formatted(address, sha256(CONTENT)));
    return Scene.finish(
        scene.start(
            "dev.quern.cli.Quern",
            List.of("run", "recipe.yaml"),
            List.of(trust, "-Djavax.net.ssl.trustStorePassword=" + TlsServer.PASSWORD)));
  }

  private void assertRead(Scene.Said said) throws Exception {
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).containsPattern("kept +30.000\n");
    Map<String, String> kept = new java.util.TreeMap<>(before);
    kept.remove("datasets/far/HEAD");
    assertThat(scene.published("workspace")).containsAllEntriesOf(kept);
  }

  /** The run has ended with the code of data and one line, and left all as it was. */
  private void assertRefused(Scene.Said said, String line) throws Exception {
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(said.told()).containsExactly(line);
    assertThat(scene.published("workspace")).isEqualTo(before);
  }

  private List<String> downloads() throws IOException {
    return Scene.files(folder.resolve("workspace/work/downloads")).stream()
        .map(file -> file.getFileName().toString().replaceFirst("^[0-9a-f]{64}", ""))
        .toList();
  }

  private static void answer(OutputStream out, String status, String headers) throws IOException {
    out.write(("HTTP/1.1 " + status + "\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
  }

  /** Answers 200 or 206 as it is right, up to byte {@code end} of the content. */
  private static void content(String head, OutputStream out, int end) throws IOException {
    int from = from(head);
    int length = CONTENT.length;
    answer(
        out,
        from == 0 ? "200 OK" : "206 Partial Content",
        "Content-Length: %d\r\nContent-Range: bytes %d-%d/%d\r\n"
            .formatted(length - from, from, length - 1, length));
    out.write(CONTENT, from, Math.max(0, end - from));
    out.flush();
  }

  private static int from(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Range: bytes="))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  @Test
  void aFileIsFetchedOnceAndRedirectsAreFollowedToHttps() throws Exception {
    try (TlsServer target =
            TlsServer.start(keys, (number, head, out) -> content(head, out, CONTENT.length));
        TlsServer server =
            TlsServer.start(
                keys,
                (number, head, out) ->
                    answer(
                        out,
                        number == 0 ? "302 Found" : "308 Permanent Redirect",
                        "Content-Length: 0\r\nLocation: "
                            + target.address("/there.csv")
                            + "\r\n"))) {
      assertRead(run(server.address("/here.csv?token=secret")));
      assertThat(server.requests()).containsExactly("GET /here.csv?token=secret");
      assertThat(target.requests()).containsExactly("GET /there.csv");
      assertThat(downloads()).containsExactly("", ".checked", ".lock");
      Scene.Said again = run(server.address("/here.csv?token=secret"));
      assertRead(again);
      assertThat(server.requests()).hasSize(1);
      assertThat(target.requests()).hasSize(1);
      for (Path file : Scene.files(folder.resolve("workspace/runs"))) {
        // The recipe holds its author's words, and reports hold the recipe.
        if (file.getFileName().toString().matches("lineage.json|log.jsonl|plan.json")) {
          assertThat(Files.readString(file, ISO_8859_1))
              .as(file.toString())
              .doesNotContain("secret");
        }
      }
    }
  }

  @Test
  void aRedirectAwayFromHttpsIsRefusedUnasked() throws Exception {
    try (TlsServer open = TlsServer.plain((number, head, out) -> content(head, out, 1 << 30));
        TlsServer server =
            TlsServer.start(
                keys,
                (number, head, out) ->
                    answer(
                        out,
                        "301 Moved Permanently",
                        "Content-Length: 0\r\nLocation: " + open.address("/a.csv") + "\r\n"))) {
      assertRefused(
          run(server.address("/a.csv?token=secret")),
          server.address("/a.csv")
              + ": must answer 200 (HTTP status); found: 301, a redirect away from https; name the"
              + " address it leads to, if that is an https address");
      assertThat(open.requests()).isEmpty();
    }
  }

  @Test
  void redirectsInACircleAreRefused() throws Exception {
    try (TlsServer server =
        TlsServer.start(
            keys,
            (number, head, out) ->
                answer(out, "302 Found", "Content-Length: 0\r\nLocation: /" + number + "\r\n"))) {
      assertRefused(
          run(server.address("/a.csv")),
          server.address("/a.csv")
              + ": must answer in HTTP; found: circles of redirects or no HTTP");
    }
  }

  @Test
  void whatTheServerDoesNotHaveIsTold() throws Exception {
    for (Map.Entry<String, String> one :
        Map.of(
                "404 Not Found", "404; correct the address",
                "403 Forbidden", "403; fetch the file by hand and name its local path",
                "503 Service Unavailable", "503; try again later",
                "204 No Content", "204; try again later")
            .entrySet()) {
      try (TlsServer server =
          TlsServer.start(
              keys,
              (number, head, out) ->
                  answer(out, one.getKey(), "Content-Length: 0\r\nConnection: close\r\n"))) {
        assertRefused(
            run(server.address("/a.csv")),
            server.address("/a.csv") + ": must answer 200 (HTTP status); found: " + one.getValue());
      }
    }
  }

  @Test
  void anotherFileThanTheDigestSaysIsRefusedAndNotKept() throws Exception {
    byte[] other = CONTENT.clone();
    other[other.length / 2] ^= 1;
    try (TlsServer server =
        TlsServer.start(
            keys,
            (number, head, out) -> {
              answer(out, "200 OK", "Content-Length: " + other.length + "\r\n");
              out.write(other);
            })) {
      assertRefused(
          run(server.address("/a.csv")),
          server.address("/a.csv")
              + ": content must have the sha256 of the recipe; found: another file");
      assertThat(server.requests()).hasSize(1);
      assertThat(downloads()).containsExactly(".lock");
    }
  }

  @Test
  void aCutConnectionIsResumedWhereItBrokeOff() throws Exception {
    int piece = CONTENT.length / 5 + 1;
    try (TlsServer server =
        TlsServer.start(
            keys,
            (number, head, out) ->
                content(head, out, Math.min(CONTENT.length, from(head) + piece)))) {
      assertRead(run(server.address("/a.csv")));
      assertThat(server.requests()).hasSize(5);
      assertThat(server.requests().get(0)).isEqualTo("GET /a.csv");
      assertThat(server.requests().get(4)).startsWith("GET /a.csv bytes=");
      long last = Long.parseLong(server.requests().get(4).replaceAll(".*bytes=(\\d+)-", "$1"));
      assertThat(last).isGreaterThan(3L * piece);
    }
  }

  @Test
  void aLaterRunGoesOnWithADownloadThatFailed() throws Exception {
    try (TlsServer server =
        TlsServer.start(
            keys,
            (number, head, out) ->
                content(head, out, number == 0 ? 200_000 : number < 4 ? 0 : CONTENT.length))) {
      Scene.Said failed = run(server.address("/a.csv"));
      assertThat(failed.code()).isEqualTo(3);
      assertThat(failed.told())
          .singleElement()
          .asString()
          .startsWith(server.address("/a.csv") + ": must be reachable; found: ")
          .endsWith("; check the network, a later run continues the download");
      assertThat(scene.published("workspace")).isEqualTo(before);
      assertThat(downloads()).containsExactly(".lock", ".part");
      assertThat(server.requests()).hasSize(4);
      assertRead(run(server.address("/a.csv")));
      assertThat(server.requests()).hasSize(5);
      assertThat(server.requests().get(4)).matches("GET /a\\.csv bytes=[1-9]\\d{4,}-");
    }
  }

  @Test
  void aServerThatKnowsNoRangesIsAskedForTheWholeFile() throws Exception {
    try (TlsServer server =
        TlsServer.start(
            keys,
            (number, head, out) -> {
              answer(out, "200 OK", "Content-Length: " + CONTENT.length + "\r\n");
              out.write(CONTENT, 0, number == 0 ? CONTENT.length / 2 : CONTENT.length);
            })) {
      assertRead(run(server.address("/a.csv")));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void anotherPartThanWasAskedForOrAnotherFileIsFetchedAnew() throws Exception {
    byte[] old = new byte[CONTENT.length];
    try (TlsServer server =
        TlsServer.start(
            keys,
            (number, head, out) -> {
              if (number == 0) {
                answer(out, "200 OK", "Content-Length: " + old.length + "\r\n");
                out.write(old, 0, 100_000);
              } else {
                content(head, out, CONTENT.length);
              }
            })) {
      assertRead(run(server.address("/a.csv")));
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(2)).isEqualTo("GET /a.csv");
    }
  }

  @Test
  void aChunkedAnswerThatBreaksOffIsNotTakenForWhole() throws Exception {
    try (TlsServer server =
        TlsServer.start(
            keys,
            (number, head, out) -> {
              if (number == 0) {
                answer(out, "200 OK", "Transfer-Encoding: chunked\r\n");
                out.write("%x\r\n".formatted(100_000).getBytes(ISO_8859_1));
                out.write(CONTENT, 0, 100_000);
                out.write("\r\n".getBytes(ISO_8859_1));
              } else {
                content(head, out, CONTENT.length);
              }
            })) {
      assertRead(run(server.address("/a.csv")));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aServerThatCannotProveWhoItIsIsNotAsked() throws Exception {
    Path none = folder.resolve("none.p12");
    // A store with another certificate: an empty one is a mistake of its own to the JDK.
    Path others = Files.createDirectory(folder.resolve("others"));
    Files.copy(TlsServer.keys(others), none);
    try (TlsServer server = TlsServer.start(keys, (number, head, out) -> content(head, out, 9))) {
      assertRefused(
          run(server.address("/a.csv"), "-Djavax.net.ssl.trustStore=" + none),
          server.address("/a.csv")
              + ": the server must prove by its certificate that it is the one; found: one that is"
              + " not trusted; for a server of your own name a trust store with"
              + " QUERN_OPTS=-Djavax.net.ssl.trustStore=FILE");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotThereIsTold() throws Exception {
    TlsServer server = TlsServer.start(keys, (number, head, out) -> {});
    server.close();
    assertRefused(
        run(server.address("/a.csv")),
        server.address("/a.csv")
            + ": must be reachable; found: ConnectException; check the network, a later run"
            + " continues the download");
  }
}
