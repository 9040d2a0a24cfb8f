package dev.quern.server;

import dev.quern.data.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Answers the Open Inference Protocol V2 over HTTP with JSON. Bodies of requests are never logged;
 * a failure inside is told by an opaque id.
 */
public final class InferenceServer implements AutoCloseable {
  private static final byte[] LIVE = ascii("{\"live\":true}");
  private static final byte[] READY = ascii("{\"live\":true,\"ready\":true}");

  /** How much of a body that is too large is read to let its sender see the reply. */
  private static final long LINGER_BYTES = 32L << 20;

  private static final Map<String, String> CLOSE = Map.of("Connection", "close");

  /** The second is what curl -d says of any text when its user says nothing. */
  private static final List<String> MEDIA_OF_JSON =
      List.of("application/json", "application/x-www-form-urlencoded");

  private final ServedModels models;
  private final ServerOptions options;
  private final HttpTransport transport;
  private final Consumer<String> log;
  private final Metrics metrics;

  /** Calls that compute or wait for it; a body is read only by one that has a place. */
  private final Semaphore places;

  private final int allPlaces;
  private final Semaphore workers;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile Readiness readiness = Readiness.READY;

  /**
   * Makes a server; {@link #start} lets it answer.
   *
   * @param runs metrics of the runs that made the models, as Prometheus text; they do not change
   * @param log takes one line for each failure inside, free of what callers sent
   */
  public InferenceServer(
      ServedModels models,
      ServerOptions options,
      String runs,
      HttpTransport transport,
      Consumer<String> log) {
    this.models = models;
    this.options = options;
    this.transport = transport;
    this.log = log;
    this.metrics = new Metrics(models.all(), options.version(), runs);
    this.allPlaces = options.workers() + options.queue();
    this.places = new Semaphore(allPlaces);
    this.workers = new Semaphore(options.workers(), true);
  }

  /** Returns how many exchanges a transport should handle at once for {@code options}. */
  public static int exchanges(ServerOptions options) {
    // Some beyond those that may wait, so that health and 429 are answered when all is full.
    return options.workers() + options.queue() + 8;
  }

  /** Starts to answer; every model is loaded. */
  public void start() {
    transport.start(this::handle);
  }

  /** Returns the port that calls reach. */
  public int port() {
    return transport.port();
  }

  /**
   * Takes no new calls, lets those in flight finish within the drain time, then closes transport
   * and models.
   */
  @Override
  public void close() {
    readiness = Readiness.DRAINING;
    try {
      boolean drained =
          places.tryAcquire(allPlaces, options.drain().toMillis(), TimeUnit.MILLISECONDS);
      if (!drained) {
        log.accept("calls in flight must end within " + options.drain().toSeconds() + " s; cut");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    transport.close();
    models.close();
  }

  private HttpTransport.Reply handle(HttpTransport.Call call) {
    try {
      return route(call);
    } catch (Refusal refusal) {
      return refused(refusal, call);
    } catch (IOException e) {
      return HttpTransport.Reply.json(400, ReplyWriter.error("request must arrive whole"));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed(e);
    }
  }

  private static HttpTransport.Reply refused(Refusal refusal, HttpTransport.Call call) {
    Map<String, String> headers =
        switch (refusal.status()) {
          case 405 -> Map.of("Allow", call.path().endsWith("/infer") ? "POST" : "GET");
          case 429 -> Map.of("Retry-After", "1");
          case 413, 503 -> CLOSE;
          default -> Map.of();
        };
    byte[] body = ReplyWriter.error(String.valueOf(refusal.getMessage()));
    return new HttpTransport.Reply(refusal.status(), "application/json", headers, body);
  }

  /** Messages of exceptions may quote samples, so the log gets the type and the place alone. */
  private HttpTransport.Reply failed(Throwable e) {
    String id = "failure-" + failures.incrementAndGet();
    StackTraceElement[] frames = e.getStackTrace();
    String place =
        Arrays.stream(frames)
            .filter(frame -> frame.getClassName().startsWith("dev.quern."))
            .findFirst()
            .map(StackTraceElement::toString)
            .orElse("unknown");
    log.accept(id + ": " + e.getClass().getName() + " at " + place);
    return HttpTransport.Reply.json(
        500, ReplyWriter.error("the server failed; its log tells more under " + id));
  }

  private HttpTransport.Reply route(HttpTransport.Call call) throws IOException {
    String path = call.path();
    return switch (path) {
      case "/v2", "/v2/" -> get(call, ReplyWriter.server(options.version()));
      case "/v2/health/live" -> get(call, LIVE);
      case "/v2/health/ready" -> {
        method(call, "GET");
        if (readiness == Readiness.DRAINING) {
          throw new Refusal(503, "server must be ready; found: draining");
        }
        yield get(call, READY);
      }
      case "/metrics" -> {
        method(call, "GET");
        yield new HttpTransport.Reply(
            200,
            "text/plain; version=0.0.4; charset=utf-8",
            Map.of(),
            metrics.text(workers.getQueueLength(), readiness).getBytes(StandardCharsets.UTF_8));
      }
      default -> model(call, path);
    };
  }

  /** Answers {@code /v2/models/NAME[/versions/VERSION][/ready|/infer]}. */
  private HttpTransport.Reply model(HttpTransport.Call call, String path) throws IOException {
    List<String> parts = Arrays.asList(path.split("/", -1));
    if (parts.size() < 4 || !path.startsWith("/v2/models/")) {
      throw new Refusal(404, "path must be one of the Open Inference Protocol V2; found: another");
    }
    boolean versioned = parts.size() > 5 && parts.get(4).equals("versions");
    List<String> rest = parts.subList(versioned ? 6 : 4, parts.size());
    String action = rest.isEmpty() ? "" : rest.get(0);
    if (rest.size() > 1 || !List.of("", "ready", "infer").contains(action)) {
      throw new Refusal(404, "path must end in ready or infer after the model; found: another");
    }
    String name = parts.get(3);
    ServedModel model =
        (versioned ? models.find(name, parts.get(5)) : models.find(name))
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        models.find(name).isEmpty()
                            ? "model must be served; found: none of that name"
                            : "version must be served; found: none of that name; served: "
                                + String.join(", ", models.versions(name))));
    return switch (action) {
      case "" -> get(call, ReplyWriter.metadata(model, models.versions(name)));
      case "ready" -> get(call, ReplyWriter.ready(name));
      default -> {
        method(call, "POST");
        yield infer(call, model);
      }
    };
  }

  private HttpTransport.Reply infer(HttpTransport.Call call, ServedModel model) throws IOException {
    ModelMetrics counts = metrics.of(model);
    boolean placed = false;
    try {
      if (readiness == Readiness.DRAINING) {
        throw new Refusal(503, "server must be ready; found: draining; fix: call another");
      }
      placed = places.tryAcquire();
      if (!placed) {
        throw new Refusal(429, "calls must wait their turn; found: the queue is full; fix: retry");
      }
      checkHeaders(call);
      long begin = System.nanoTime();
      byte[] body = body(call);
      return HttpTransport.Reply.json(200, predict(model, body, counts, begin));
    } catch (Refusal | IOException e) {
      counts.failed();
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      counts.failed();
      throw e;
    } finally {
      if (placed) {
        places.release();
      }
    }
  }

  private byte[] predict(ServedModel model, byte[] body, ModelMetrics counts, long begin) {
    long queued = System.nanoTime();
    workers.acquireUninterruptibly();
    try {
      long turn = System.nanoTime();
      InferRequest request = InferParser.parse(body, model.predictor());
      long read = System.nanoTime();
      Batch answers = model.predictor().predict(request.raw());
      long computed = System.nanoTime();
      String id = request.id().orElseGet(() -> "quern-" + requests.incrementAndGet());
      byte[] reply = ReplyWriter.predictions(model, id, answers, request.outputs());
      long end = System.nanoTime();
      counts.succeeded(
          request.raw().count(),
          new ModelMetrics.Times(
              turn - queued, read - turn, computed - read, end - computed, end - begin));
      return reply;
    } finally {
      workers.release();
    }
  }

  private static void checkHeaders(HttpTransport.Call call) {
    if (call.header("Inference-Header-Content-Length").isPresent()) {
      throw new Refusal(
          415, "body must be JSON; found: a binary tensor body; fix: binary_data=False");
    }
    String type = call.header("Content-Type").orElse("application/json");
    String media = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (!MEDIA_OF_JSON.contains(media)) {
      throw new Refusal(
          415, "Content-Type must be application/json; found: another; fix: send that header");
    }
    String encoding = call.header("Content-Encoding").orElse("identity");
    if (!encoding.trim().toLowerCase(Locale.ROOT).equals("identity")) {
      throw new Refusal(415, "Content-Encoding must be identity; found: another");
    }
  }

  private byte[] body(HttpTransport.Call call) throws IOException {
    int limit = Math.toIntExact(options.bodyBytes());
    long announced = call.header("Content-Length").map(InferenceServer::length).orElse(0L);
    try (InputStream in = call.body()) {
      byte[] body = announced > limit ? new byte[0] : in.readNBytes(limit);
      if (announced > limit || (body.length == limit && in.read() >= 0)) {
        discard(in);
        throw tooLarge();
      }
      return body;
    }
  }

  /**
   * Closed with bytes unread, a connection is reset before its sender sees the reply. By reads,
   * because skip of the JDK's server goes past the end of a body.
   */
  private static void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = LINGER_BYTES;
    int read = in.read(buffer);
    while (read >= 0 && left > 0) {
      left -= read;
      read = in.read(buffer);
    }
  }

  private static long length(String header) {
    try {
      return Long.parseLong(header.trim());
    } catch (NumberFormatException e) {
      throw Refusal.bad("Content-Length must be a number; found: another text");
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        413, "body must be at most " + options.bodyBytes() + " bytes; found: a larger one");
  }

  private static HttpTransport.Reply get(HttpTransport.Call call, byte[] body) {
    method(call, "GET");
    return HttpTransport.Reply.json(200, body);
  }

  private static void method(HttpTransport.Call call, String method) {
    if (!call.method().equals(method)) {
      throw new Refusal(405, "method must be " + method + "; found: another");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
