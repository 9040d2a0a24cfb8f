package dev.quern.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server of {@link LinearModel} on a free port, and a client to it. */
final class RunningServer implements AutoCloseable {
  static {
    JdkTransport.configure();
  }

  private static final String RUNS =
      """
      # HELP quern_run_cpu_seconds CPU time of the process.
      # TYPE quern_run_cpu_seconds gauge
      quern_run_cpu_seconds{recipe="linear"} 1.5
      """;

  final LinearModel model = new LinearModel();
  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  final InferenceServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RunningServer(ServerOptions options) throws IOException {
    ServedModels models =
        new ServedModels(
            List.of(
                new ServedModel("linear", "2", "quern", model),
                new ServedModel("linear", "1", "quern", new LinearModel())));
    HttpTransport transport =
        JdkTransport.bind(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InferenceServer.exchanges(options));
    server = new InferenceServer(models, options, RUNS, transport, log::add);
    server.start();
  }

  static RunningServer standard() throws IOException {
    return new RunningServer(new ServerOptions("9.9", 2, 8, 1 << 20, Duration.ofSeconds(5)));
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET().build());
  }

  HttpResponse<String> infer(String body) throws Exception {
    return post("/v2/models/linear/infer", body);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    server.close();
  }
}
