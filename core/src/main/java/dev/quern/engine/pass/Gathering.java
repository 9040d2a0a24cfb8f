package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;

/** Makes full batches of the few samples at a time that groups give, in their order. */
final class Gathering implements Way {
  /** Batches from this many samples on are handed on as they are. */
  private static final int LARGE = 256;

  private final Way next;
  private final Schema schema;
  private BatchBuilder builder;

  Gathering(Schema schema, Way next) {
    this.schema = schema;
    this.next = next;
    this.builder = new BatchBuilder(schema);
  }

  @Override
  public void accept(Batch batch) {
    if (batch.count() >= LARGE) {
      flush();
      next.accept(batch);
      return;
    }
    for (int i = 0; i < batch.count(); i++) {
      builder.append(batch, batch.row(i));
      if (builder.isFull()) {
        flush();
      }
    }
  }

  void flush() {
    if (builder.count() > 0) {
      next.accept(builder.build());
    }
  }

  /** Forgets what a failed task left. */
  void reset() {
    builder = new BatchBuilder(schema);
  }
}
