package shaded.parquet.com.fasterxml.jackson.databind;

import java.io.Writer;

/** Stand-in for the writer by which Parquet's footers print themselves. */
public class ObjectWriter {
  ObjectWriter() {}

  /**
   * Refuses.
   *
   * @throws UnsupportedOperationException always
   */
  public void writeValue(Writer target, Object value) {
    throw new UnsupportedOperationException("footers are not written as JSON");
  }
}
