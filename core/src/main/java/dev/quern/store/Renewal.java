package dev.quern.store;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes anew what of versions and runs must not outlive the samples it was made of. */
public interface Renewal {
  /**
   * Returns {@code manifest} with the profile and the states of the samples it has now.
   *
   * @param before the states of the same analyzers over the samples it had
   */
  Manifest measured(Manifest manifest, java.util.List<Manifest.State> before) throws IOException;

  /** Returns {@code report} without what may hold values of samples. */
  Map<String, @Nullable Object> report(Map<String, @Nullable Object> report);

  /** Returns the page of {@code report}. */
  String page(Map<String, @Nullable Object> report);
}
