package dev.quern.format.jsonl;

import dev.quern.format.source.Boundaries;

/**
 * Elements of an array end behind the comma that follows them; what follows the last comma belongs
 * to the last element.
 *
 * @param first offset of the array in the decoded stream
 */
record ArrayBoundaries(long first) implements Boundaries {
  @Override
  public int lastEnd(byte[] bytes, int start, int end, long offset, Input input) {
    if (input == Input.ENDED) {
      return end;
    }
    ArrayScanner scanner = new ArrayScanner();
    int cut = start;
    int at = offset == first ? ArrayScanner.firstElement(bytes, start, end) : start;
    while (true) {
      int comma = scanner.elementEnd(bytes, at, end);
      if (comma >= end || scanner.closed()) {
        return cut;
      }
      at = comma + 1;
      cut = at;
    }
  }

  @Override
  public Passing passing(long offset) {
    return new ArrayPassing(offset == first);
  }

  @Override
  public boolean tellsEnd() {
    return true;
  }
}
