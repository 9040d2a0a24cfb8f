package dev.quern.privacy.recognise;

import java.util.List;

/**
 * Where a text stands without the white space around it, in its code points.
 *
 * @param start its first character
 * @param end one behind its last character; at most {@code start} where there is none
 */
public record Extent(int start, int end) {

  /** Returns that of {@code passage}. */
  public static Extent of(Passage passage) {
    int first = 0;
    int last = passage.length();
    while (first < last && passage.at(first) <= ' ') {
      first++;
    }
    while (last > first && passage.at(last - 1) <= ' ') {
      last--;
    }
    return first == last
        ? new Extent(0, 0)
        : new Extent(passage.place(first), passage.placeAfter(last));
  }

  /** Returns whether {@code finding} covers it as a whole. */
  public boolean isWithin(Finding finding) {
    return finding.start() <= start && finding.end() >= end;
  }

  /** Returns those of {@code findings} that cover it as a whole. */
  public List<Finding> covering(List<Finding> findings) {
    return findings.stream().filter(this::isWithin).toList();
  }

  /** Returns whether one of {@code findings} covers it as a whole. */
  public boolean isWithin(List<Finding> findings) {
    for (Finding finding : findings) {
      if (isWithin(finding)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether there is nothing but white space. */
  public boolean isEmpty() {
    return end <= start;
  }
}
