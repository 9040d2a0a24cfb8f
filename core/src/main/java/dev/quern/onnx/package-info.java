/**
 * Writes ONNX models without a protobuf library; read {@link dev.quern.onnx.OnnxGraph} first, then
 * {@link dev.quern.onnx.OnnxText} for how texts reach a graph.
 */
@NullMarked
package dev.quern.onnx;

import org.jspecify.annotations.NullMarked;
