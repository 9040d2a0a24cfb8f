package shaded.parquet.com.fasterxml.jackson.databind;

/** The one feature that Parquet's footers set. */
public enum SerializationFeature {
  /** Whether objects without properties are an error. */
  FAIL_ON_EMPTY_BEANS
}
