package dev.quern.server;

import dev.quern.data.Batch;
import java.util.List;
import java.util.Optional;

/**
 * A checked request for predictions.
 *
 * @param id of the request, if the caller gave one
 * @param raw the samples, with the inputs of the model as fields
 * @param outputs positions of the predictions asked for
 */
record InferRequest(Optional<String> id, Batch raw, List<Integer> outputs) {}
