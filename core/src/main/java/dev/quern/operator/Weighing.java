package dev.quern.operator;

import java.util.List;

/**
 * A question by which a run tells what a step costs: how well the classes of one field are
 * predicted from others, before the step and behind it.
 *
 * @param target the field that is predicted; the step leaves it as it is
 * @param fields what it is predicted from
 */
public record Weighing(String target, List<String> fields) {
  /** Makes a question. */
  public Weighing {
    fields = List.copyOf(fields);
  }
}
