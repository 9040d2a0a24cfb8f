package dev.quern.data;

/** Texts stored once each and referred to by code; a null row has code -1. */
public final class DictionaryColumn extends Column {
  private final TextColumn dictionary;
  private final int[] codes;

  /** Makes a column whose row {@code i} is {@code dictionary[codes[i]]}; it now owns the array. */
  public DictionaryColumn(TextColumn dictionary, int[] codes, int size, Nulls nulls) {
    super(Type.TEXT, size, nulls);
    this.dictionary = dictionary;
    this.codes = codes;
  }

  /** Returns the distinct texts; some may not be referred to. */
  public TextColumn dictionary() {
    return dictionary;
  }

  /** Returns the position in the dictionary of {@code row}, or -1. */
  public int code(int row) {
    return codes[row];
  }

  @Override
  public Codes codes() {
    return new Codes(dictionary, codes);
  }

  @Override
  public Slice sliceAt(int row, Slice into) {
    return dictionary.sliceAt(codes[row], into);
  }

  @Override
  public long memory() {
    return 4L * codes.length + dictionary.memory();
  }
}
