package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds personal data in texts with a set of recognisers: all number patterns in one pass, the
 * others one by one; scores are adjusted by the words around, overlaps settled. Not every piece of
 * personal data is found, whatever the recognisers. One instance serves one thread.
 */
public final class Detector implements Recogniser.Candidates {
  private final Scanner scanner;
  private final List<Recogniser> others;
  private final double threshold;
  private final Passage passage = new Passage();
  private List<Finding> found = new ArrayList<>();

  /**
   * Makes a detector of what scores {@code threshold} or more.
   *
   * @param recognisers the compiled recognisers
   * @param threshold in [0, 1]
   */
  public Detector(Recognisers recognisers, double threshold) {
    this.scanner = recognisers.scanner();
    this.others = recognisers.others();
    this.threshold = threshold;
  }

  /** Returns a passage to be filled and given to {@link #find}. */
  public Passage passage() {
    return passage;
  }

  /** Returns the findings in {@code text}, by place. */
  public List<Finding> find(String text) {
    return find(passage.of(text).in(""));
  }

  /** Returns the findings in this detector's passage, by place; offsets are code points. */
  public List<Finding> find(Passage text) {
    found = new ArrayList<>();
    scanner.scan(text, this);
    for (Recogniser other : others) {
      other.find(text, this);
    }
    return Overlap.settled(found);
  }

  @Override
  public void add(Recogniser recogniser, int start, int end, double score, Check check) {
    double judged =
        switch (check) {
          case WRONG -> 0;
          case POSSIBLE -> recogniser.context().score(passage, start, end, score);
          case LIKELY -> recogniser.context().isAgainst(passage, start, end) ? 0 : 1;
          case VALID -> 1;
        };
    if (judged >= threshold && judged > 0) {
      found.add(
          new Finding(
              recogniser.type(),
              recogniser.name(),
              passage.place(start),
              passage.placeAfter(end),
              judged,
              check == Check.VALID || check == Check.LIKELY));
    }
  }
}
