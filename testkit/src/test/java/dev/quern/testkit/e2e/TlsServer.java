package dev.quern.testkit.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server on this machine that answers as a test says, byte by byte if need be: a library's server
 * would not break its own rules. One answer per connection.
 */
final class TlsServer implements AutoCloseable {
  static final String PASSWORD = "changeit";

  private final ServerSocket socket;
  private final String scheme;
  private final Answer answer;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** Answers requests. */
  interface Answer {
    /**
     * Answers the request {@code number}, from 0, whose first line and headers are {@code head};
     * returning closes the connection, whatever was promised.
     */
    void to(int number, String head, OutputStream out) throws IOException;
  }

  private TlsServer(ServerSocket socket, String scheme, Answer answer) {
    this.socket = socket;
    this.scheme = scheme;
    this.answer = answer;
    Thread thread = new Thread(this::serve, "server of a test");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts a server with the certificate in {@code keys}, see {@link #keys}. */
  static TlsServer start(Path keys, Answer answer) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new TlsServer(opened(context.getServerSocketFactory()), "https", answer);
  }

  /** Starts a server without TLS. */
  static TlsServer plain(Answer answer) throws IOException {
    return new TlsServer(opened(ServerSocketFactory.getDefault()), "http", answer);
  }

  private static ServerSocket opened(ServerSocketFactory factory) throws IOException {
    return factory.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  /** Makes a certificate for this machine as people do: with the JDK's keytool. */
  static Path keys(Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -alias here -keyalg EC -groupname secp256r1 -validity 2"
                        + " -dname CN=localhost -ext SAN=dns:localhost,ip:127.0.0.1"
                        + " -storetype PKCS12 -storepass "
                        + PASSWORD
                        + " -keystore "
                        + keys)
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new IllegalStateException("keytool must make a certificate; said: " + said);
    }
    return keys;
  }

  String address(String path) {
    return scheme + "://127.0.0.1:" + socket.getLocalPort() + path;
  }

  /** The first lines of all requests, {@code GET /a.csv}, with their range if they had one. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    for (int number = 0; !socket.isClosed(); number++) {
      try (Socket connection = socket.accept()) {
        String head = head(connection.getInputStream());
        if (head.isEmpty()) {
          number--; // No request: the other side did not trust us.
          continue;
        }
        String range = head.lines().filter(l -> l.startsWith("Range: ")).findFirst().orElse("");
        requests.add(
            head.lines().findFirst().orElse("").replace(" HTTP/1.1", "")
                + (range.isEmpty() ? "" : " " + range.substring("Range: ".length())));
        answer.to(number, head, connection.getOutputStream());
      } catch (IOException e) {
        // The other side has gone, or the test has ended.
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (head.size() >= 4 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
