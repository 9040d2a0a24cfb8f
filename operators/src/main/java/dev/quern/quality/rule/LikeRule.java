package dev.quern.quality.rule;

import dev.quern.data.Field;
import dev.quern.expression.LikePattern;
import java.util.List;
import java.util.Optional;

/**
 * Texts that are like patterns of SQL as a whole, or are not: % is any text, _ one code point.
 *
 * @param patterns at least one
 * @param match how many must match
 * @param wanted whether they must match; else none may
 */
public record LikeRule(List<String> patterns, Match match, boolean wanted) implements Requirement {
  /** Makes a requirement. */
  public LikeRule {
    patterns = List.copyOf(patterns);
  }

  @Override
  public String reason() {
    return wanted ? "like" : "not_like";
  }

  @Override
  public Rule bind(Field field) {
    LikePattern[] all =
        patterns.stream()
            .map(pattern -> LikePattern.of(pattern, Optional.empty()))
            .toArray(LikePattern[]::new);
    return Requirement.overText(
        field,
        reason(),
        (bytes, start, end) -> {
          int matched = 0;
          for (LikePattern pattern : all) {
            matched += pattern.matches(bytes, start, end) ? 1 : 0;
          }
          return wanted ? matched >= (match == Match.ALL ? all.length : 1) : matched == 0;
        });
  }
}
