package dev.quern.quality.profile;

import dev.quern.operator.Metric;
import dev.quern.statistics.SmallestHashes;
import java.util.List;

/** What is told of samples as wholes: how many repeat another one in every field. */
final class Wholes {
  private final SmallestHashes contents;
  private final Told told;

  Wholes(SmallestHashes contents, List<Metric> metrics) {
    this.contents = contents;
    this.told = new Told(List.of(), metrics);
  }

  void describe() {
    Metric.Precision precision = Told.precision(contents.isComplete());
    double repeats = contents.repeats();
    if (!contents.isComplete()) {
      repeats = Math.rint(repeats);
    }
    told.add("duplicates", "", repeats, "samples", precision);
  }
}
