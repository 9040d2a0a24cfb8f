package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.operator.Predictor;
import dev.quern.server.HttpTransport;
import dev.quern.server.InferenceServer;
import dev.quern.server.JdkTransport;
import dev.quern.server.ServedModel;
import dev.quern.server.ServedModels;
import dev.quern.server.ServerOptions;
import dev.quern.store.ModelVersion;
import dev.quern.store.Models;
import dev.quern.store.StoredJson;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers the Open Inference Protocol V2 with models of the workspace. */
@Command(name = "serve")
final class ServeCommand implements Action {
  @Parameters(paramLabel = "MODEL[@V]", arity = "0..*", descriptionKey = "serve.models")
  List<String> names = new ArrayList<>();

  @Option(names = "--host", paramLabel = "ADDRESS")
  String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT")
  int port = 8080;

  @Option(names = "--workers", paramLabel = "N")
  @Nullable Integer workers;

  @Option(names = "--queue", paramLabel = "N")
  @Nullable Integer queue;

  @Option(names = "--max-body", paramLabel = "SIZE")
  @Nullable String maxBody;

  @Option(names = "--drain", paramLabel = "SECONDS")
  @Nullable Integer drain;

  @Override
  public int run(Session session) throws Exception {
    JdkTransport.configure();
    ServerOptions options = options();
    InetSocketAddress address = address();
    List<ModelVersion> versions = versions(session);
    List<ServedModel> models = models(session, versions);
    HttpTransport transport = bind(address, options);
    InferenceServer server =
        new InferenceServer(
            new ServedModels(models),
            options,
            runs(session, versions),
            transport,
            session.outside().err()::println);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread drainer =
        new Thread(
            () -> {
              session.talk(session.text("serve.draining"));
              server.close();
              stopped.countDown();
            },
            "quern-drain");
    Runtime.getRuntime().addShutdownHook(drainer);
    server.start();
    session.out().println("listening on http://" + shown() + ":" + server.port());
    session.out().flush();
    for (ServedModel model : models) {
      session.talk(session.text("serve.model", model.name(), model.version()));
    }
    // SIGTERM or SIGINT ends it by way of the hook.
    stopped.await();
    return Exit.DONE;
  }

  /** Takes the address; one that is taken or not of this machine is named. */
  static HttpTransport bind(InetSocketAddress address, ServerOptions options) throws IOException {
    try {
      return JdkTransport.bind(address, InferenceServer.exchanges(options));
    } catch (BindException e) {
      throw new DataException(
          "address_unusable",
          address.getHostString()
              + ":"
              + address.getPort()
              + ": address must be a free one of this machine; found: "
              + e.getMessage()
              + "; fix: another --port (0 for a free one) or --host");
    }
  }

  private ServerOptions options() {
    ServerOptions standard = ServerOptions.standard(Quern.version());
    try {
      return new ServerOptions(
          standard.version(),
          workers == null ? standard.workers() : workers,
          queue == null ? standard.queue() : queue,
          maxBody == null ? standard.bodyBytes() : Amounts.size("--max-body", maxBody),
          drain == null ? standard.drain() : Duration.ofSeconds(Math.max(0, drain)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private InetSocketAddress address() {
    if (port < 0 || port > 65_535) {
      throw new UsageException("--port must be in [0, 65535]; found: " + port);
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new UsageException("--host must be an address of this machine; found: " + host);
    }
  }

  private String shown() {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** All models at HEAD unless some are named. */
  private List<ModelVersion> versions(Session session) throws IOException {
    Stock stock = Stock.of(session);
    List<String> wanted = names;
    if (wanted.isEmpty()) {
      Models all = stock.workspace().models();
      wanted = new ArrayList<>();
      for (String name : all.names()) {
        if (all.head(name).isPresent()) {
          wanted.add(name);
        }
      }
    }
    if (wanted.isEmpty()) {
      throw new UsageException(session.text("serve.none"));
    }
    List<ModelVersion> versions = new ArrayList<>();
    for (String name : wanted) {
      versions.add(stock.model(name));
    }
    return versions;
  }

  private static List<ServedModel> models(Session session, List<ModelVersion> versions)
      throws IOException {
    Stock stock = Stock.of(session);
    List<ServedModel> served = new ArrayList<>();
    for (ModelVersion version : versions) {
      Predictor predictor = OpenedModels.open(version, stock, session);
      served.add(new ServedModel(version.name(), version.version(), "onnxruntime_onnx", predictor));
    }
    return served;
  }

  /** Returns the metrics of the runs that made {@code models}, of each recipe the newest. */
  private static String runs(Session session, List<ModelVersion> models) throws IOException {
    Workspace workspace = Stock.of(session).workspace();
    Map<String, Map<String, @Nullable Object>> newest = new TreeMap<>();
    for (ModelVersion model : models) {
      String run = workspace.models().made(model).map(Models.Made::run).orElse("");
      Path file = workspace.runs().resolve(run).resolve("report.json");
      // Runs are kept for a while; models may outlive them.
      if (Files.isRegularFile(file)) {
        Map<String, @Nullable Object> report =
            StoredJson.read(file, "runs/" + run + "/report.json", "a report");
        newest.merge(
            Values.text(report, "recipe"),
            report,
            (one, other) ->
                Values.text(one, "run").compareTo(Values.text(other, "run")) < 0 ? other : one);
      }
    }
    return RunMetrics.of(newest.values());
  }
}
