package dev.quern.privacy.recognise.own;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts that are findings wherever they stand, in any case, as whole words where they begin
 * or end with ASCII letters or digits: a tree of their characters, of whose texts from one place
 * the longest counts.
 */
final class DeniedTexts implements Recogniser {
  static final String NAME = "deny";

  private final String type;
  private final Node root = new Node();

  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>();
    private boolean ends;
  }

  DeniedTexts(String type, List<String> texts) {
    this.type = type;
    for (String text : texts) {
      Passage passage = new Passage().of(text);
      Node node = root;
      for (int at = 0; at < passage.length(); at++) {
        node = node.next.computeIfAbsent(Character.toLowerCase(passage.at(at)), key -> new Node());
      }
      node.ends = true;
    }
  }

  @Override
  public String name() {
    return NAME + "_" + type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    int start = 0;
    while (start < passage.length()) {
      int end = isWithinWord(passage, start) ? -1 : end(passage, start);
      if (end > 0) {
        candidates.add(this, start, end, 1, Check.VALID);
      }
      start = Math.max(start + 1, end);
    }
  }

  private int end(Passage passage, int start) {
    int found = -1;
    @Nullable Node node = root;
    int at = start;
    while (at < passage.length()) {
      node = node.next.get(Character.toLowerCase(passage.at(at++)));
      if (node == null) {
        return found;
      }
      if (node.ends && !isWithinWord(passage, at)) {
        found = at;
      }
    }
    return found;
  }

  private static boolean isWithinWord(Passage passage, int at) {
    return Passage.isAlphanumeric(passage.at(at)) && Passage.isAlphanumeric(passage.at(at - 1));
  }
}
