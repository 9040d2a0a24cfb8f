package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Pass;
import java.io.IOException;

/** What a trainer trains on. */
public interface Training {

  /** Returns the fields of the samples. */
  Schema schema();

  /** Returns the field to predict. */
  String target();

  /** Returns the recipe's seed. */
  long seed();

  /** Returns how many threads may be used; results do not depend on it. */
  int threads();

  /** Returns the number of samples of {@code split}; {@code NONE} where there are no splits. */
  long samples(Split split);

  /**
   * Reads all samples in rank order; each batch may hold samples of several splits (see {@code
   * Keys.split}). May be called several times.
   */
  void read(Pass.BatchReceiver receiver) throws IOException;

  /**
   * Tells progress.
   *
   * @param done work done, for example epochs
   * @param total work in all
   * @param metric name and value worth showing, for example {@code loss 0.31}
   */
  void progress(long done, long total, String metric);
}
