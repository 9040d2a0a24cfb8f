package dev.quern.quality.series;

import dev.quern.data.Batch;

/**
 * A sample of a series.
 *
 * @param batch the batch that holds it
 * @param row its physical row
 */
public record Member(Batch batch, int row) {}
