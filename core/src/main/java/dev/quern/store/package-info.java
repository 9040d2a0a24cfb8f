/**
 * The workspace on disk: dataset and model versions, finished points, fits and what is known of
 * input files; read {@link dev.quern.store.Workspace}, {@link dev.quern.store.Datasets} and {@link
 * dev.quern.store.Manifest} first.
 */
@NullMarked
package dev.quern.store;

import org.jspecify.annotations.NullMarked;
