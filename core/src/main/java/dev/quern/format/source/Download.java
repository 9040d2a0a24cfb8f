package dev.quern.format.source;

import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
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

  private final int silenceMillis;

  /**
   * Makes a download.
   *
   * @param silence how long a server may send nothing before the attempt counts as failed; the
   *     reason for this client: java.net.http has no such limit for bodies
   */
  Download(Duration silence) {
    silenceMillis = Math.toIntExact(silence.toMillis());
  }

  static InputFile fetch(String address, Optional<String> sha256, Path cache) throws IOException {
    String shown = shown(address);
    String digest =
        sha256.orElseThrow(
            () ->
                new DataException(
                    "sha256_missing",
                    shown + ": sha256 must be given for an https address; found: none"));
    return new Download(Duration.ofSeconds(60)).fetch(uri(address), shown, digest, cache);
  }

  InputFile fetch(URI address, String shown, String sha256, Path cache) throws IOException {
    String digest = sha256.toLowerCase(Locale.ROOT);
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new DataException(
          "sha256_malformed",
          shown
              + ": sha256 must be 64 hexadecimal digits; found: "
              + digest.length()
              + " characters");
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
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(silenceMillis);
    connection.setReadTimeout(silenceMillis);
    if (had > 0) {
      connection.setRequestProperty("Range", "bytes=" + had + "-");
    }
    try {
      int status = connection.getResponseCode();
      // Nothing is left to fetch: what is there is checked.
      if (status == 416 && had > 0) {
        return;
      }
      if (status != 200 && status != 206) {
        throw new DataException("download_refused", shown + ": must answer 200; found: " + status);
      }
      long announced = connection.getContentLengthLong();
      try (InputStream body = connection.getInputStream();
          FileChannel out =
              FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        out.truncate(status == 206 ? had : 0);
        out.position(out.size());
        long got = copy(body, out);
        out.force(true);
        if (announced >= 0 && got < announced) {
          throw new EOFException();
        }
      }
    } finally {
      connection.disconnect();
    }
  }

  private static long copy(InputStream body, FileChannel out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, got);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      total += got;
    }
    return total;
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
            shown(address)
                + ": address must name a host and no user or password; found: "
                + (uri.getHost() == null ? "no host" : "a user"));
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new DataException(
          "address_malformed", shown(address) + ": must be an https address; found: no address");
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
