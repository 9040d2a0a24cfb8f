package dev.quern.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The metrics of a server as Prometheus text (exposition format 0.0.4): own names in seconds, and
 * Triton's names in microseconds so that its dashboards work. Labels are models that are served,
 * never what a caller sends.
 */
final class Metrics {
  private final Map<ServedModel, ModelMetrics> byModel = new LinkedHashMap<>();

  Metrics(List<ServedModel> models) {
    models.forEach(model -> byModel.put(model, new ModelMetrics()));
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
    StringBuilder out = new StringBuilder(4096);
    header(out, "quern_inference_requests_total", "counter", "Infer calls by outcome.");
    byModel.forEach(
        (model, m) -> {
          labelled(out, "quern_inference_requests_total", model, "outcome=\"success\"")
              .append(m.successes.sum())
              .append('\n');
          labelled(out, "quern_inference_requests_total", model, "outcome=\"failure\"")
              .append(m.failures.sum())
              .append('\n');
        });
    counter(out, "quern_inferences_total", "Samples predicted.", m -> m.samples);
    counter(out, "quern_inference_batches_total", "Batches computed.", m -> m.batches);
    durations(out);
    seconds(out, "queue", "Waiting for a worker.", m -> m.queueNanos);
    seconds(out, "input", "Reading the request.", m -> m.inputNanos);
    seconds(out, "compute", "The model.", m -> m.computeNanos);
    seconds(out, "output", "Writing the response.", m -> m.outputNanos);
    header(out, "quern_model_state", "gauge", "1 where the model answers, else 0.");
    byModel.forEach(
        (model, m) ->
            labelled(out, "quern_model_state", model, "")
                .append(readiness == Readiness.READY ? 1 : 0)
                .append('\n'));
    header(out, "quern_queue_depth", "gauge", "Calls that wait for a worker.");
    out.append("quern_queue_depth ").append(waiting).append('\n');
    aliases(out);
    return out.toString();
  }

  private void durations(StringBuilder out) {
    String name = "quern_inference_duration_seconds";
    header(out, name, "histogram", "Successful infer calls from first byte read to reply made.");
    byModel.forEach(
        (model, m) -> {
          long below = 0;
          for (int i = 0; i <= ModelMetrics.BOUNDS.length; i++) {
            below += m.buckets.get(i);
            String bound = i < ModelMetrics.BOUNDS.length ? number(ModelMetrics.BOUNDS[i]) : "+Inf";
            labelled(out, name + "_bucket", model, "le=\"" + bound + "\"").append(below);
            out.append('\n');
          }
          labelled(out, name + "_sum", model, "").append(m.durationNanos.sum() / 1e9);
          labelled(out.append('\n'), name + "_count", model, "").append(below).append('\n');
        });
  }

  private void seconds(
      StringBuilder out, String part, String help, Function<ModelMetrics, LongAdder> nanos) {
    String name = "quern_inference_" + part + "_seconds";
    header(out, name, "summary", help);
    byModel.forEach(
        (model, m) -> {
          labelled(out, name + "_sum", model, "").append(nanos.apply(m).sum() / 1e9);
          labelled(out.append('\n'), name + "_count", model, "").append(m.successes.sum());
          out.append('\n');
        });
  }

  private void aliases(StringBuilder out) {
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
      StringBuilder out, String name, String help, Function<ModelMetrics, LongAdder> value) {
    header(out, name, "counter", help);
    byModel.forEach(
        (model, m) -> labelled(out, name, model, "").append(value.apply(m).sum()).append('\n'));
  }

  private void micros(StringBuilder out, String name, Function<ModelMetrics, LongAdder> nanos) {
    header(out, name, "counter", "Alias.");
    byModel.forEach(
        (model, m) ->
            labelled(out, name, model, "").append(nanos.apply(m).sum() / 1000).append('\n'));
  }

  private static void header(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** Names and versions of models follow the rule of the workspace and need no escaping. */
  private static StringBuilder labelled(
      StringBuilder out, String name, ServedModel model, String more) {
    out.append(name).append("{model=\"").append(model.name());
    out.append("\",version=\"").append(model.version()).append('"');
    return out.append(more.isEmpty() ? "" : ",").append(more).append("} ");
  }

  private static String number(double bound) {
    return bound == Math.rint(bound)
        ? Long.toString((long) bound)
        : new java.math.BigDecimal(Double.toString(bound)).toPlainString();
  }
}
