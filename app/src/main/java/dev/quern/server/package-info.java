/**
 * Models behind the Open Inference Protocol V2; read {@link dev.quern.server.InferenceServer},
 * {@link dev.quern.server.ServedModels} and {@link dev.quern.server.HttpTransport} first.
 */
@NullMarked
package dev.quern.server;

import org.jspecify.annotations.NullMarked;
