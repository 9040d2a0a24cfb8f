package dev.quern.format.source;

import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.engine.Elapsed;
import dev.quern.engine.InputFile;
import dev.quern.engine.UnreadFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
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
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches a file once and keeps it in the cache under its SHA-256. A download that broke off is
 * continued, by a later run too; what arrives is checked before it gets its name, and again when
 * size or time of the kept file have changed. Servers are asked no more for what is kept: the
 * digest says that it is the file meant, whatever stands at the address by now.
 */
public final class Download {
  private static final int BUFFER = 1 << 16;

  /** Attempts in a row that bring nothing before a download has failed. */
  private static final int ATTEMPTS = 3;

  /** One download at a time in this process; other processes are kept out by a file lock. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final int silenceMillis;
  private final Consumer<Attempts> attempts;
  private Attempts made;

  /**
   * Makes a download.
   *
   * @param silence how long a server may send nothing before the attempt counts as failed; the
   *     reason for this client: java.net.http has no such limit for bodies
   * @param subject what attempts are counted under
   * @param attempts told of them, if there were any
   */
  Download(Duration silence, String subject, Consumer<Attempts> attempts) {
    this.silenceMillis = Math.toIntExact(silence.toMillis());
    this.attempts = attempts;
    this.made = Attempts.none(subject);
  }

  /**
   * Fetches {@code address} into the folder {@code cache}, unless that has been done.
   *
   * @throws DataException if it cannot be fetched, or has another digest
   */
  public static InputFile fetch(String address, Optional<String> sha256, Path cache)
      throws IOException {
    return fetch(address, sha256, cache, "", attempts -> {});
  }

  /**
   * Fetches the same and tells {@code attempts} of the tries, under the name {@code subject}.
   *
   * @throws DataException if it cannot be fetched, or has another digest
   */
  static InputFile fetch(
      String address,
      Optional<String> sha256,
      Path cache,
      String subject,
      Consumer<Attempts> attempts)
      throws IOException {
    String shown = shown(address);
    String digest =
        sha256.orElseThrow(
            () ->
                new DataException(
                    "sha256_missing",
                    shown + ": sha256 must be given for an https address; found: none"));
    return new Download(Duration.ofSeconds(60), subject, attempts)
        .fetch(uri(address), shown, digest, cache);
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
    if (!isKept(file)) {
      Files.createDirectories(cache);
      synchronized (ONE_AT_A_TIME) {
        try (FileChannel channel =
                FileChannel.open(
                    cache.resolve(digest + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (lock.isValid() && !isKept(file) && !isWhole(file, digest)) {
            counted(address, shown, digest, file);
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

  /** Returns whether {@code file} is as it was when its content was checked. */
  private static boolean isKept(Path file) throws IOException {
    Path checked = checked(file);
    return Files.exists(file)
        && Files.exists(checked)
        && Files.readString(checked).equals(looks(file));
  }

  private static boolean isWhole(Path file, String digest) throws IOException {
    boolean whole = Files.exists(file) && sha256(file).equals(digest);
    if (whole) {
      Files.writeString(checked(file), looks(file));
    }
    return whole;
  }

  private static Path checked(Path file) {
    return file.resolveSibling(file.getFileName() + ".checked");
  }

  private static String looks(Path file) throws IOException {
    return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
  }

  private void counted(URI address, String shown, String digest, Path file) throws IOException {
    made = Attempts.none(made.subject());
    try {
      download(address, shown, digest, file);
    } catch (IOException | RuntimeException e) {
      UnreadFile.mark(e, made.subject());
      throw e;
    } finally {
      // Whatever brings the file but was not the first try is a retry.
      attempts.accept(made.retried(Math.max(0, made.all() - 1)));
    }
  }

  private void download(URI address, String shown, String digest, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    int attempt = 0;
    boolean anew = false;
    while (true) {
      long had = size(partial);
      attempt++;
      Elapsed elapsed = Elapsed.begin();
      try {
        transfer(address, shown, partial, had);
        if (sha256(partial).equals(digest)) {
          made = made.succeededIn(elapsed.nanos(), size(partial) - had);
          Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
          Files.writeString(checked(file), looks(file));
          return;
        }
        Files.delete(partial);
        made = made.failed("sha256_mismatch", 1);
        // Parts of two files make neither: once it is fetched from the beginning.
        if (had == 0 || anew) {
          throw new DataException(
              "sha256_mismatch",
              shown + ": content must have the sha256 of the recipe; found: another file");
        }
        anew = true;
      } catch (DataException e) {
        if (!e.code().equals("sha256_mismatch")) {
          made = made.failed(e.code(), 1);
        }
        throw e;
      } catch (ProtocolException e) {
        made = made.failed("download_refused", 1);
        throw new DataException(
            "download_refused",
            shown + ": must answer in HTTP; found: circles of redirects or no HTTP",
            e);
      } catch (IOException e) {
        made = made.failed(isUntrusted(e) ? "certificate_untrusted" : UnreadFile.reason(e), 1);
        if (isUntrusted(e)) {
          throw new DataException(
              "certificate_untrusted",
              shown
                  + ": the server must prove by its certificate that it is the one; found: one that"
                  + " is not trusted; for a server of your own name a trust store with"
                  + " QUERN_OPTS=-Djavax.net.ssl.trustStore=FILE",
              e);
        }
        if (size(partial) - had >= BUFFER) {
          attempt = 0;
        }
        if (attempt >= ATTEMPTS) {
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

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
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
        throw refused(shown, status);
      }
      long announced = connection.getContentLengthLong();
      try (InputStream body = connection.getInputStream();
          FileChannel out =
              FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        out.truncate(status == 206 ? had : 0);
        out.position(out.size());
        long got = copy(body, out, shown);
        out.force(true);
        if (announced >= 0 && got < announced) {
          throw new EOFException();
        }
      }
    } finally {
      connection.disconnect();
    }
  }

  private static DataException refused(String shown, int status) {
    String fix =
        status / 100 == 3
            ? "; name the address it leads to, if that is an https address"
            : status == 401 || status == 403
                ? "; fetch the file by hand and name its local path"
                : status / 100 == 4 ? "; correct the address" : "; try again later";
    String found = status + (status / 100 == 3 ? ", a redirect away from https" : "");
    return new DataException(
        "download_refused", shown + ": must answer 200 (HTTP status); found: " + found + fix);
  }

  /** Whether the certificate is the reason, which no second attempt mends. */
  private static boolean isUntrusted(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
        return true;
      }
    }
    return false;
  }

  private static long copy(InputStream body, FileChannel out, String shown) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
      write(ByteBuffer.wrap(buffer, 0, got), out, shown);
      total += got;
    }
    return total;
  }

  private static void write(ByteBuffer bytes, FileChannel out, String shown) {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new DataException(
          "download_not_written",
          shown
              + ": must fit into the workspace; found: its disk takes no more; make room, a later"
              + " run continues the download",
          e);
    }
  }

  static void verify(String shown, Path file, String expected) throws IOException {
    if (!sha256(file).equals(expected.toLowerCase(Locale.ROOT))) {
      throw new DataException(
          "sha256_mismatch",
          shown + ": content must have the sha256 of the recipe; found: another file");
    }
  }

  /** Returns whether {@code file} has the digest {@code sha256}, in lower case. */
  public static boolean isDigest(Path file, String sha256) throws IOException {
    return sha256(file).equals(sha256);
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
  static String shown(String address) {
    return address.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*", "");
  }

  private static String name(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? address.getHost() : name;
  }
}
