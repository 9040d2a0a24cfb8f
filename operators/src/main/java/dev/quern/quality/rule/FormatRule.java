package dev.quern.quality.rule;

import dev.quern.data.Field;
import java.util.List;

/**
 * Texts that are dates or times in one of some formats.
 *
 * @param formats at least one, in the directives of strftime
 */
public record FormatRule(List<String> formats) implements Requirement {
  /**
   * Makes a requirement.
   *
   * @throws IllegalArgumentException if a format is none
   */
  public FormatRule {
    formats = List.copyOf(formats);
    formats.forEach(TimeFormat::new);
  }

  @Override
  public String reason() {
    return "format";
  }

  @Override
  public Rule bind(Field field) {
    TimeFormat[] all = formats.stream().map(TimeFormat::new).toArray(TimeFormat[]::new);
    return Requirement.overText(
        field,
        reason(),
        (bytes, start, end) -> {
          for (TimeFormat format : all) {
            if (format.matches(bytes, start, end)) {
              return true;
            }
          }
          return false;
        });
  }
}
