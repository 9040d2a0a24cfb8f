package dev.quern.quality.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.quern.data.Field;
import java.util.Arrays;
import java.util.List;

/**
 * Texts in which regular expressions are found, or are not. The expressions are those of RE2, whose
 * time is linear in the text whatever the expression: no backtracking, so no back references and no
 * look-around.
 *
 * @param expressions at least one; {@code ^} and {@code $} bind them to the ends of the text
 * @param match how many must be found
 * @param wanted whether they must be found; else none may be
 */
public record PatternRule(List<String> expressions, Match match, boolean wanted)
    implements Requirement {
  /**
   * Makes a requirement.
   *
   * @throws IllegalArgumentException if an expression is none of RE2
   */
  public PatternRule {
    expressions = List.copyOf(expressions);
    for (String expression : expressions) {
      try {
        Pattern.compile(expression);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "pattern must be a regular expression of RE2; found: "
                + expression
                + ", "
                + e.getDescription());
      }
    }
  }

  @Override
  public String reason() {
    return wanted ? "pattern" : "not_pattern";
  }

  @Override
  public Rule bind(Field field) {
    Pattern[] patterns = expressions.stream().map(Pattern::compile).toArray(Pattern[]::new);
    return Requirement.overText(
        field,
        reason(),
        (bytes, start, end) -> {
          byte[] text = Arrays.copyOfRange(bytes, start, end);
          int found = 0;
          for (Pattern pattern : patterns) {
            found += pattern.matcher(text).find() ? 1 : 0;
          }
          return wanted ? found >= (match == Match.ALL ? patterns.length : 1) : found == 0;
        });
  }
}
