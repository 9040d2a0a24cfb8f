package dev.quern.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.quern.data.Slice;
import java.util.Arrays;
import java.util.List;

/** Texts in the order of their UTF-8 bytes, found without decoding. */
final class SortedTexts {
  private final List<String> texts;
  private final byte[][] keys;

  /** Takes texts that are in order. */
  SortedTexts(List<String> texts) {
    this.texts = List.copyOf(texts);
    this.keys = texts.stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  List<String> texts() {
    return texts;
  }

  /** Returns the position of the bytes of {@code slice}, or -1. */
  int indexOf(Slice slice) {
    int low = 0;
    int high = keys.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] key = keys[middle];
      int order = Arrays.compareUnsigned(key, 0, key.length, slice.bytes, slice.start, slice.end);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
