package dev.quern.engine.pass;

import dev.quern.engine.Phase;
import java.io.Serializable;
import java.util.List;

/**
 * A part of a pass whose tasks are independent of each other: each is done by one worker from start
 * to end and leaves at most one file and one {@link TaskLine}. A value: it can be sent to workers
 * elsewhere.
 *
 * @param number counted over the pass
 * @param verb what it is for
 * @param step the step that needs it, empty if none alone does
 * @param feeds its inputs, worked through one after the other
 * @param ending where the samples go
 * @param morselBytes wanted size of what a task reads, in decoded bytes
 */
public record Stage(
    int number, Phase.Verb verb, String step, List<Feed> feeds, Ending ending, long morselBytes)
    implements Serializable {

  /** Returns this stage between other places. */
  public Stage with(List<Feed> newFeeds, Ending newEnding) {
    return new Stage(number, verb, step, newFeeds, newEnding, morselBytes);
  }

  /** Returns the positions in the pass of the folds that look on, ascending. */
  List<Integer> folds() {
    return feeds.stream()
        .flatMap(feed -> feed.operations().stream())
        .filter(operation -> operation instanceof Feed.Operation.Fold)
        .map(operation -> ((Feed.Operation.Fold) operation).position())
        .distinct()
        .sorted()
        .toList();
  }
}
