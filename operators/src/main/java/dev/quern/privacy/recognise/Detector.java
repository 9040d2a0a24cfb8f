package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds personal data in texts with a set of recognisers: all number patterns in one pass, the
 * others one by one; scores are adjusted by the words around, overlaps settled. Not every piece of
 * personal data is found, whatever the recognisers. One instance serves one thread.
 */
public final class Detector implements Recogniser.Candidates {
  private final Scanner.Run scan;
  private final Recognisers recognisers;
  private final List<Recogniser> others;
  private final List<Recogniser> ofNumbers = new ArrayList<>();
  private final double threshold;
  private final Passage passage = new Passage();
  private final List<Finding> found = new ArrayList<>();

  /**
   * Makes a detector of what scores {@code threshold} or more.
   *
   * @param recognisers the compiled recognisers
   * @param threshold in [0, 1]
   */
  public Detector(Recognisers recognisers, double threshold) {
    this.scan = recognisers.scanner().run();
    this.recognisers = recognisers;
    List<Recogniser> own = new ArrayList<>();
    for (Recogniser other : recognisers.others()) {
      own.add(other.forOneThread());
      if (other.readsNumbers()) {
        ofNumbers.add(own.get(own.size() - 1));
      }
    }
    this.others = List.copyOf(own);
    this.threshold = threshold;
  }

  /** Returns a passage to be filled and given to {@link #find}. */
  public Passage passage() {
    return passage;
  }

  /** Returns whether there are no recognisers, so that it finds nothing. */
  boolean isEmpty() {
    return recognisers.all().isEmpty();
  }

  /** Returns the findings in {@code text}, by place. */
  public List<Finding> find(String text) {
    return find(passage.of(text).in(""));
  }

  /** Returns the findings in this detector's passage, by place; offsets are code points. */
  public List<Finding> find(Passage text) {
    return find(text, others);
  }

  /** Returns the findings in this detector's passage, which is a number or a date alone. */
  List<Finding> findInNumber(Passage text) {
    return find(text, ofNumbers);
  }

  private List<Finding> find(Passage text, List<Recogniser> beside) {
    found.clear();
    scan.scan(text, this);
    for (Recogniser other : beside) {
      other.find(text, this);
    }
    return found.isEmpty() ? List.of() : Overlap.settled(List.copyOf(found));
  }

  private boolean isTaken(int start, int end) {
    for (Finding one : found) {
      int common = Math.min(end, one.end()) - Math.max(start, one.start());
      if (common > 0 && end - start < 2 * one.length()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void add(
      Recogniser recogniser, String type, int start, int end, double score, Check check) {
    if (recognisers.isAllowed(passage, start, end)) {
      return;
    }
    Context context = recogniser.context();
    boolean passed = check == Check.PASSED && context.isFor(passage, start, end);
    double judged =
        switch (check) {
          case WRONG -> 0;
          case POSSIBLE -> context.score(passage, start, end, score);
          case PASSED -> passed ? 1 : context.score(passage, start, end, score);
          case LIKELY -> context.isAgainst(passage, start, end) ? 0 : 1;
          case VALID -> 1;
        };
    if (judged >= threshold && judged > 0 && recognisers.isWanted(type)) {
      int first = passage.place(start);
      int last = passage.placeAfter(end);
      if (recogniser.givesWay() && isTaken(first, last)) {
        return;
      }
      found.add(
          new Finding(
              type,
              recogniser.name(),
              first,
              last,
              judged,
              passed || check == Check.LIKELY || check == Check.VALID));
    }
  }
}
