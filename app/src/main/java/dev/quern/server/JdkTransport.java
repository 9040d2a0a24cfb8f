package dev.quern.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server of the JDK: no dependency, and the least CPU per call of those measured. */
public final class JdkTransport implements HttpTransport {
  /** Connections that wait to be accepted, and exchanges that wait for a thread. */
  private static final int BACKLOG = 256;

  /** How long replies may take to be written when the server stops. */
  private static final int REPLY_SECONDS = 5;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger inWork = new AtomicInteger();

  private JdkTransport(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Sets what the JDK's server reads once, when its classes are first used: call this in main.
   * Without nodelay JDK 17 answers after 40 ms on a kept connection.
   */
  public static void configure() {
    preset("sun.net.httpserver.nodelay", "true");
    // Seconds for a request to arrive: slow senders must not hold threads for ever.
    preset("sun.net.httpserver.maxReqTime", "60");
    preset("sun.net.httpserver.maxReqHeaders", "100");
    preset("jdk.httpserver.maxConnections", "1024");
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Binds {@code address}; port 0 takes a free one.
   *
   * @param exchanges how many calls are in work at once
   */
  public static JdkTransport bind(InetSocketAddress address, int exchanges) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            exchanges,
            exchanges,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(BACKLOG),
            task -> {
              Thread thread = new Thread(task, "quern-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    return new JdkTransport(server, threads);
  }

  @Override
  public void start(Handler handler) {
    server.createContext(
        "/",
        exchange -> {
          inWork.incrementAndGet();
          try {
            answer(exchange, handler);
          } finally {
            inWork.decrementAndGet();
          }
        });
    server.start();
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  /** The delay of the JDK's own stop is always waited out on JDK 17, hence the wait here. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(REPLY_SECONDS);
    try {
      while (inWork.get() > 0 && System.nanoTime() < deadline) {
        Thread.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      Reply reply = handler.handle(new JdkCall(exchange));
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      for (Map.Entry<String, String> header : reply.headers().entrySet()) {
        exchange.getResponseHeaders().set(header.getKey(), header.getValue());
      }
      if (exchange.getRequestMethod().equals("HEAD") || reply.body().length == 0) {
        exchange.sendResponseHeaders(reply.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(reply.body());
      }
    }
  }

  private record JdkCall(HttpExchange exchange) implements Call {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String path() {
      String path = exchange.getRequestURI().getRawPath();
      return path == null ? "" : path;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public InputStream body() {
      return exchange.getRequestBody();
    }
  }
}
