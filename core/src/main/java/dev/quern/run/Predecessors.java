package dev.quern.run;

import dev.quern.store.Datasets;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import java.io.IOException;
import java.util.Optional;

/** Finds the version that another one is compared with. */
final class Predecessors {
  private Predecessors() {}

  /**
   * Returns the version before {@code manifest}, which is not published yet, that holds other
   * samples; of the first the one it was made of, if that is one alone.
   */
  static Optional<Manifest> of(Datasets datasets, Manifest manifest) throws IOException {
    Optional<Manifest> before = newest(datasets, manifest.dataset());
    if (before.isPresent() && before.get().digest().equals(manifest.digest())) {
      before = older(datasets, before.get());
    }
    if (before.isEmpty() && manifest.parents().size() == 1) {
      Reference parent = Reference.parse(manifest.parents().get(0));
      before = Optional.of(datasets.resolve(parent));
    }
    return before;
  }

  /** The version before may have been collected since. */
  private static Optional<Manifest> older(Datasets datasets, Manifest manifest) throws IOException {
    Optional<String> older = manifest.previous();
    boolean there =
        older.isPresent() && datasets.versions(manifest.dataset()).contains(older.get());
    return there
        ? Optional.of(datasets.manifest(manifest.dataset(), older.orElseThrow()))
        : Optional.empty();
  }

  private static Optional<Manifest> newest(Datasets datasets, String dataset) throws IOException {
    Optional<String> head = datasets.head(dataset);
    return head.isEmpty() ? Optional.empty() : Optional.of(datasets.manifest(dataset, head.get()));
  }
}
