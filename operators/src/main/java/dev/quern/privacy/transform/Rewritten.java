package dev.quern.privacy.transform;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value as it comes out.
 *
 * @param text the value as text; null where it is missing now
 * @param types of what was replaced, each once
 * @param moved the findings that stay, with their new places
 */
record Rewritten(@Nullable String text, Set<String> types, List<FindingSpans.Span> moved) {
  Rewritten missing() {
    return new Rewritten(null, types, moved);
  }
}
