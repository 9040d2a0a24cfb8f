package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Settles findings that share characters. Those of one type that touch or overlap become one;
 * otherwise the validated one wins, then the higher score, the longer one, the type that stands
 * first in {@link Types}. What of a loser stands outside of the winners stays a finding: no
 * character that a finding covered is left uncovered.
 */
final class Overlap {
  private static final Comparator<Finding> PLACE =
      Comparator.comparingInt(Finding::start)
          .thenComparingInt(Finding::end)
          .thenComparing(Finding::type)
          .thenComparing(Finding::recogniser);

  private static final Comparator<Finding> RANK =
      Comparator.comparing(Finding::validated)
          .thenComparingDouble(Finding::score)
          .thenComparingInt(Finding::length)
          .reversed()
          .thenComparingInt(finding -> Types.rank(finding.type()))
          .thenComparing(PLACE);

  private Overlap() {}

  /** Returns findings without common characters, by place. */
  static List<Finding> settled(List<Finding> findings) {
    if (findings.size() < 2) {
      return findings;
    }
    List<Finding> byRank = merged(findings);
    byRank.sort(RANK);
    List<Finding> accepted = new ArrayList<>();
    for (Finding finding : byRank) {
      accept(finding, accepted);
    }
    accepted.sort(PLACE);
    return accepted;
  }

  private static List<Finding> merged(List<Finding> findings) {
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(Comparator.comparing(Finding::type).thenComparing(PLACE));
    List<Finding> merged = new ArrayList<>();
    for (Finding finding : sorted) {
      int last = merged.size() - 1;
      if (last >= 0
          && merged.get(last).type().equals(finding.type())
          && finding.start() <= merged.get(last).end()) {
        merged.set(last, both(merged.get(last), finding));
      } else {
        merged.add(finding);
      }
    }
    return merged;
  }

  private static Finding both(Finding one, Finding other) {
    Finding better = RANK.compare(one, other) <= 0 ? one : other;
    return better.between(Math.min(one.start(), other.start()), Math.max(one.end(), other.end()));
  }

  /** Adds what of {@code finding} none of the accepted covers; those stay sorted by place. */
  private static void accept(Finding finding, List<Finding> accepted) {
    int at = finding.start();
    int position = firstEndingBehind(accepted, at);
    List<Finding> outer = new ArrayList<>();
    int next = position;
    while (next < accepted.size() && accepted.get(next).start() < finding.end()) {
      if (accepted.get(next).start() > at) {
        outer.add(finding.between(at, accepted.get(next).start()));
      }
      at = accepted.get(next).end();
      next++;
    }
    if (at < finding.end()) {
      outer.add(finding.between(at, finding.end()));
    }
    for (Finding part : outer) {
      accepted.add(firstEndingBehind(accepted, part.start()), part);
    }
  }

  private static int firstEndingBehind(List<Finding> accepted, int place) {
    int low = 0;
    int high = accepted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (accepted.get(middle).end() <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
