/**
 * The small tensor engine: an architecture written once against {@link dev.quern.tensor.Ops} is
 * trained on the JVM, written as ONNX, and counted. Read {@link dev.quern.tensor.Ops}, {@link
 * dev.quern.tensor.Mlp} and {@link dev.quern.tensor.TrainingLoop} first.
 */
@NullMarked
package dev.quern.tensor;

import org.jspecify.annotations.NullMarked;
