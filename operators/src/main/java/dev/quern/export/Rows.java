package dev.quern.export;

import dev.quern.data.Batch;
import dev.quern.text.Utf8Buffer;

/** Samples as lines of text. One instance serves one file. */
interface Rows {

  /** Appends what stands before the first sample. */
  void header(Utf8Buffer out);

  /** Appends the sample in physical row {@code row} of {@code batch}, with its line end. */
  void row(Batch batch, int row, Utf8Buffer out);
}
