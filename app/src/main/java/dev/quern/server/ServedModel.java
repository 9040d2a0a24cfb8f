package dev.quern.server;

import dev.quern.operator.Predictor;

/**
 * A model that answers.
 *
 * @param name of the model
 * @param version of the model, as the workspace names it
 * @param platform what computes, for example {@code onnxruntime_onnx}
 * @param predictor answers; safe for several threads
 */
public record ServedModel(String name, String version, String platform, Predictor predictor) {}
