package dev.quern.server;

import dev.quern.server.PrometheusText.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The metrics of a server as Prometheus text: own names in seconds, Triton's names in microseconds
 * so that its dashboards work, those of the process and of the runs that made the models. Labels
 * are models that are served, never what a caller sends.
 */
final class Metrics {
  private final Map<ServedModel, ModelMetrics> byModel = new LinkedHashMap<>();
  private final String version;
  private final String runs;

  /**
   * Makes the metrics of {@code models}.
   *
   * @param version of Quern
   * @param runs metrics of the runs that made the models, in families of their own
   */
  Metrics(List<ServedModel> models, String version, String runs) {
    models.forEach(model -> byModel.put(model, new ModelMetrics()));
    this.version = version;
    this.runs = runs;
  }

  ModelMetrics of(ServedModel model) {
    ModelMetrics metrics = byModel.get(model);
    if (metrics == null) {
      throw new IllegalStateException("model must be served: " + model.name());
    }
    return metrics;
  }

  /** Returns all metrics; {@code waiting} calls wait for a worker. */
  String text(int waiting, Readiness readiness) {
    PrometheusText out = new PrometheusText();
    out.family("quern_inference_requests_total", Kind.COUNTER, "Infer calls by outcome.");
    byModel.forEach(
        (model, m) -> {
          out.value(m.successes.sum(), labels(model, "outcome", "success"));
          out.value(m.failures.sum(), labels(model, "outcome", "failure"));
        });
    counter(out, "quern_inferences_total", "Samples predicted.", m -> m.samples);
    counter(out, "quern_inference_batches_total", "Batches computed.", m -> m.batches);
    durations(out);
    seconds(out, "queue", "Waiting for a worker.", m -> m.queueNanos);
    seconds(out, "input", "Reading the request.", m -> m.inputNanos);
    seconds(out, "compute", "The model.", m -> m.computeNanos);
    seconds(out, "output", "Writing the response.", m -> m.outputNanos);
    out.family("quern_model_state", Kind.GAUGE, "1 where the model answers, else 0.");
    byModel.forEach((model, m) -> out.value(readiness == Readiness.READY ? 1 : 0, labels(model)));
    out.family("quern_queue_depth", Kind.GAUGE, "Calls that wait for a worker.").value(waiting);
    aliases(out);
    ProcessMetrics.add(out, version);
    return out.text() + runs;
  }

  private void durations(PrometheusText out) {
    out.family(
        "quern_inference_duration_seconds",
        Kind.HISTOGRAM,
        "Successful infer calls from first byte read to reply made.");
    byModel.forEach(
        (model, m) -> {
          long below = 0;
          for (int i = 0; i <= ModelMetrics.BOUNDS.length; i++) {
            below += m.buckets.get(i);
            String bound = i < ModelMetrics.BOUNDS.length ? number(ModelMetrics.BOUNDS[i]) : "+Inf";
            out.part("_bucket", below, labels(model, "le", bound));
          }
          out.part("_sum", m.durationNanos.sum() / 1e9, labels(model));
          out.part("_count", below, labels(model));
        });
  }

  private void seconds(
      PrometheusText out, String part, String help, Function<ModelMetrics, LongAdder> nanos) {
    out.family("quern_inference_" + part + "_seconds", Kind.SUMMARY, help);
    byModel.forEach(
        (model, m) -> {
          out.part("_sum", nanos.apply(m).sum() / 1e9, labels(model));
          out.part("_count", m.successes.sum(), labels(model));
        });
  }

  private void aliases(PrometheusText out) {
    counter(out, "nv_inference_request_success", "Alias.", m -> m.successes);
    counter(out, "nv_inference_request_failure", "Alias.", m -> m.failures);
    counter(out, "nv_inference_count", "Alias.", m -> m.samples);
    counter(out, "nv_inference_exec_count", "Alias.", m -> m.batches);
    micros(out, "nv_inference_request_duration_us", m -> m.durationNanos);
    micros(out, "nv_inference_queue_duration_us", m -> m.queueNanos);
    micros(out, "nv_inference_compute_input_duration_us", m -> m.inputNanos);
    micros(out, "nv_inference_compute_infer_duration_us", m -> m.computeNanos);
    micros(out, "nv_inference_compute_output_duration_us", m -> m.outputNanos);
  }

  private void counter(
      PrometheusText out, String name, String help, Function<ModelMetrics, LongAdder> value) {
    out.family(name, Kind.COUNTER, help);
    byModel.forEach((model, m) -> out.value(value.apply(m).sum(), labels(model)));
  }

  private void micros(PrometheusText out, String name, Function<ModelMetrics, LongAdder> nanos) {
    out.family(name, Kind.COUNTER, "Alias.");
    byModel.forEach((model, m) -> out.value(nanos.apply(m).sum() / 1000, labels(model)));
  }

  private static String[] labels(ServedModel model) {
    return new String[] {"model", model.name(), "version", model.version()};
  }

  private static String[] labels(ServedModel model, String name, String value) {
    return new String[] {"model", model.name(), "version", model.version(), name, value};
  }

  private static String number(double bound) {
    return bound == Math.rint(bound)
        ? Long.toString((long) bound)
        : new java.math.BigDecimal(Double.toString(bound)).toPlainString();
  }
}
