package dev.quern.engine;

import java.io.IOException;
import java.util.Collection;

/** Makes shipments of tasks; given from above, so that engines know no operators. */
public interface TaskShipper {

  /**
   * Returns what workers need for {@code tasks}: the fits they map with and the keys they use.
   *
   * @param versions what they read that is stored as Parquet; keys of encrypted fields go along
   * @throws DataException if a key is not there
   */
  TaskShipment ship(Collection<Task> tasks, Collection<Stored> versions) throws IOException;
}
