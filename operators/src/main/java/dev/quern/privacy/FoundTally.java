package dev.quern.privacy;

import dev.quern.engine.FoundCounts;
import dev.quern.engine.Outcome;
import dev.quern.privacy.recognise.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the findings of one batch by field and type, for the report of the run. */
final class FoundTally {
  private final Map<String, Map<String, long[]>> counts = new HashMap<>();

  /** Adds what was found in one value of {@code field}. */
  void add(String field, List<Finding> found) {
    if (found.isEmpty()) {
      return;
    }
    Map<String, long[]> types = counts.computeIfAbsent(field, name -> new HashMap<>());
    for (int i = 0; i < found.size(); i++) {
      Finding one = found.get(i);
      long[] count = types.computeIfAbsent(one.type(), name -> new long[3]);
      count[0]++;
      count[1] += isFirst(found, i) ? 1 : 0;
      count[2] += FoundCounts.millionths(one.score());
    }
  }

  private static boolean isFirst(List<Finding> found, int position) {
    for (int i = 0; i < position; i++) {
      if (found.get(i).type().equals(found.get(position).type())) {
        return false;
      }
    }
    return true;
  }

  /** Hands the counts to {@code out}. */
  void tell(Outcome out) {
    counts.forEach(
        (field, types) ->
            types.forEach(
                (type, count) ->
                    out.found(field, type, new FoundCounts(count[0], count[1], count[2]))));
  }
}
