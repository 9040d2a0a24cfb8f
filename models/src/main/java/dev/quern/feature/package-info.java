/**
 * What a model reads that ONNX cannot compute, the same at training and at serving; read {@link
 * dev.quern.feature.HashedNgrams} first.
 */
@NullMarked
package dev.quern.feature;

import org.jspecify.annotations.NullMarked;
