package dev.quern.format.source;

import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Fetches a file once and keeps it in the cache under its SHA-256. A download that broke off is
 * continued; what arrives is checked before it gets its name.
 */
final class Download {
  private static final int BUFFER = 1 << 16;
  private static final int ATTEMPTS = 3;

  /** One download at a time in this process; other processes are kept out by a file lock. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final HttpClient client;

  Download(HttpClient client) {
    this.client = client;
  }

  static InputFile fetch(String address, Optional<String> sha256, Path cache) throws IOException {
    String shown = shown(address);
    String digest =
        sha256.orElseThrow(
            () ->
                new DataException(
                    "sha256_missing",
                    shown + ": sha256 must be given for an https address; found: none"));
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    return new Download(client).fetch(uri(address), shown, digest, cache);
  }

  InputFile fetch(URI address, String shown, String sha256, Path cache) throws IOException {
    String digest = sha256.toLowerCase(Locale.ROOT);
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new DataException("sha256_malformed", shown + ": sha256 must be 64 hexadecimal digits");
    }
    Path file = cache.resolve(digest);
    if (!Files.exists(file)) {
      Files.createDirectories(cache);
      synchronized (ONE_AT_A_TIME) {
        try (FileChannel channel =
                FileChannel.open(
                    cache.resolve(digest + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (lock.isValid() && !Files.exists(file)) {
            download(address, shown, digest, file);
          }
        }
      }
    }
    return new InputFile(
        name(address),
        file.toString(),
        Files.size(file),
        Files.getLastModifiedTime(file).toMillis());
  }

  private void download(URI address, String shown, String digest, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    for (int attempt = 1; ; attempt++) {
      long had = Files.exists(partial) ? Files.size(partial) : 0;
      try {
        transfer(address, shown, partial, had);
        if (sha256(partial).equals(digest)) {
          Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
          return;
        }
        Files.delete(partial);
        if (had == 0) {
          throw new DataException(
              "sha256_mismatch",
              shown + ": content must have the sha256 of the recipe; found: another file");
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new DataException(
              "download_failed",
              shown
                  + ": must be reachable; found: "
                  + e.getClass().getSimpleName()
                  + "; check the network, a later run continues the download",
              e);
        }
      }
    }
  }

  private void transfer(URI address, String shown, Path partial, long had) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(5)).GET();
    if (had > 0) {
      request.header("Range", "bytes=" + had + "-");
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("download_stopped", shown + ": download was interrupted", e);
    }
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == 416 && had > 0) {
        return;
      }
      if (status != 200 && status != 206) {
        throw new DataException("download_refused", shown + ": must answer 200; found: " + status);
      }
      try (FileChannel out =
          FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        out.truncate(status == 206 ? had : 0);
        out.position(out.size());
        byte[] buffer = new byte[BUFFER];
        for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
          java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(buffer, 0, got);
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
        }
        out.force(true);
      }
    }
  }

  static void verify(String shown, Path file, String expected) throws IOException {
    if (!sha256(file).equals(expected.toLowerCase(Locale.ROOT))) {
      throw new DataException(
          "sha256_mismatch",
          shown + ": content must have the sha256 of the recipe; found: another file");
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 must be there on every JDK", e);
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static URI uri(String address) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() == null || uri.getUserInfo() != null) {
        throw new DataException(
            "address_malformed",
            shown(address) + ": address must name a host and no user or password");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new DataException("address_malformed", shown(address) + ": must be an https address");
    }
  }

  /** The address without user, password and query, which may hold secrets. */
  private static String shown(String address) {
    return address.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*", "");
  }

  private static String name(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? address.getHost() : name;
  }
}
