/**
 * Trained models as files that answer: ONNX with the steps before the model; read {@link
 * dev.quern.predict.OnnxModels} and {@link dev.quern.predict.FoldedGraph} first.
 */
@NullMarked
package dev.quern.predict;

import org.jspecify.annotations.NullMarked;
