package dev.quern.testkit;

import java.util.HashMap;
import java.util.Map;

/** Connected components by union and find; each is known by the smallest id in it. */
final class Components {
  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, String> firstOfLink = new HashMap<>();

  void add(String id) {
    parents.putIfAbsent(id, id);
  }

  void link(String id, String link) {
    String other = firstOfLink.putIfAbsent(link, id);
    if (other != null) {
      String a = smallest(id);
      String b = smallest(other);
      // The smaller id becomes the root, so that a root is the smallest of its component.
      parents.put(a.compareTo(b) < 0 ? b : a, a.compareTo(b) < 0 ? a : b);
    }
  }

  String smallest(String id) {
    String parent = parents.getOrDefault(id, id);
    return parent.equals(id) ? id : smallest(parent);
  }
}
