package shaded.parquet.com.fasterxml.jackson.databind;

import java.io.Reader;

/** Stand-in for the mapper that Parquet's footers make and never use here. */
public class ObjectMapper {

  /** Makes a mapper. */
  public ObjectMapper() {}

  /** Returns this mapper. */
  public ObjectMapper configure(SerializationFeature feature, boolean state) {
    return this;
  }

  /** Returns a writer. */
  public ObjectWriter writer() {
    return new ObjectWriter();
  }

  /** Returns a writer. */
  public ObjectWriter writerWithDefaultPrettyPrinter() {
    return new ObjectWriter();
  }

  /**
   * Refuses.
   *
   * @throws UnsupportedOperationException always
   */
  public <T> T readValue(Reader source, Class<T> type) {
    throw new UnsupportedOperationException("footers are not read from JSON");
  }
}
