package dev.quern.engine;

import java.util.Collection;

/** Makes shipments of tasks; given from above, so that engines know no operators. */
public interface TaskShipper {

  /** Returns what workers need for {@code tasks}: the fits they map with and the keys they use. */
  TaskShipment ship(Collection<Task> tasks);
}
