package dev.quern.spark;

import java.util.Objects;
import org.apache.spark.Partitioner;

/** Keys are numbers of parts. */
final class PartPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int parts;

  PartPartitioner(int parts) {
    this.parts = parts;
  }

  @Override
  public int numPartitions() {
    return parts;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartPartitioner same && same.parts == parts;
  }

  @Override
  public int hashCode() {
    return Objects.hash(parts);
  }
}
