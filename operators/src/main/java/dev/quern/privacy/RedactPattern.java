package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.TextChange;
import dev.quern.operator.TextMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Replaces what looks like personal data in texts by its kind, for example {@code [EMAIL]}. From
 * left to right, at each place the first matching pattern in the order url, email, cn_id,
 * credit_card, phone, ipv4; numbers with check digits count only where the check holds. Letters,
 * digits and the signs {@code @ . - + _} in full width count as those of ASCII. Texts that match
 * the expression {@code regex} become {@code [REDACTED]} afterwards.
 *
 * <p>A pattern is a rule, not a proof: names and addresses are not found.
 *
 * @param fields text fields; absent: all
 * @param patterns what is looked for
 * @param regex a Java regular expression to look for as well
 */
public record RedactPattern(
    Optional<List<String>> fields, List<String> patterns, Optional<String> regex)
    implements Mapper {
  private static final List<String> KNOWN =
      Arrays.stream(Pattern.values()).map(RedactPattern::written).toList();

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields", new Localized("Text fields to look at; all by default.", "要处理的文本字段；默认全部。"))
          .optional();

  private static final Param<List<String>> PATTERNS =
      Param.texts(
              "patterns",
              new Localized(
                  "What to look for: url, email, cn_id, credit_card, phone, ipv4; all by default.",
                  "要查找的模式：url、email、cn_id、credit_card、phone、ipv4；默认全部。"))
          .where("a list of " + String.join(", ", KNOWN), KNOWN::containsAll)
          .or(KNOWN);

  private static final Param<String> REGEX =
      Param.text(
              "regex",
              new Localized(
                  "A Java regular expression whose matches are redacted as well.",
                  "另外要遮盖的 Java 正则表达式。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.redact_pattern",
          new Localized(
              "Replaces e-mail addresses, telephone and identity numbers and the like in texts.",
              "遮盖文本中的邮箱、电话、身份证号等。"),
          "GB 11643-1999 (resident identity numbers), ISO/IEC 7812-1 (card numbers), E.164",
          2,
          Serving.HOST,
          List.of(FIELDS, PATTERNS, REGEX),
          List.of(
              new Example(
                  "{fields: [t]}",
                  "[{\"t\": \"write to ann@example.org or call 138-1234-5678\"},"
                      + " {\"t\": \"身份证11010519491231002X，主机10.0.0.1\"}]",
                  "[{\"t\": \"write to [EMAIL] or call [PHONE]\"},"
                      + " {\"t\": \"身份证[CN_ID]，主机[IPV4]\"}]"),
              new Example(
                  "{patterns: [credit_card], regex: \"case [0-9]+\"}",
                  "[{\"t\": \"4111 1111 1111 1111 in case 77, not 4111 1111 1111 1112\"}]",
                  "[{\"t\": \"[CREDIT_CARD] in [REDACTED], not 4111 1111 1111 1112\"}]")),
          params ->
              new RedactPattern(params.find(FIELDS), params.get(PATTERNS), params.find(REGEX)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    positions(input);
    expression();
    return input;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    List<Pattern> chosen = new ArrayList<>();
    for (Pattern pattern : Pattern.values()) {
      if (patterns.contains(written(pattern))) {
        chosen.add(pattern);
      }
    }
    TextChange redaction = new Redaction(chosen);
    Optional<java.util.regex.Pattern> expression = expression();
    return new TextMapping(
        positions(input),
        "redacted",
        text -> {
          redaction.apply(text);
          expression.ifPresent(regular -> redact(regular, text));
          return true;
        });
  }

  private static void redact(java.util.regex.Pattern expression, Slice text) {
    java.util.regex.Matcher matcher = expression.matcher(text.text());
    if (matcher.find()) {
      byte[] redacted = matcher.replaceAll("[REDACTED]").getBytes(StandardCharsets.UTF_8);
      text.set(redacted, 0, redacted.length);
    }
  }

  private Optional<java.util.regex.Pattern> expression() {
    try {
      return regex.map(java.util.regex.Pattern::compile);
    } catch (PatternSyntaxException e) {
      throw new BindException(
          "regex", "must be a Java regular expression; found: " + e.getDescription());
    }
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT), field -> true);
  }

  private static String written(Pattern pattern) {
    return pattern.name().toLowerCase(Locale.ROOT);
  }

  /** Replaces matches; texts without any are left as they are, without copying. */
  private static final class Redaction implements TextChange {
    private final Pattern[] patterns;
    private final byte[][] marks;

    /** By pattern where it may match next, below the place looked at where that is not known. */
    private final int[] candidates;

    private int matched;
    private byte[] scratch = new byte[256];
    private int length;
    private final FullWidth wide = new FullWidth();

    Redaction(List<Pattern> patterns) {
      this.patterns = patterns.toArray(new Pattern[0]);
      this.candidates = new int[this.patterns.length];
      this.marks = TextMapping.utf8(patterns.stream().map(p -> "[" + p.name() + "]").toList());
    }

    @Override
    public boolean apply(Slice text) {
      length = 0;
      int copied =
          FullWidth.isIn(text.bytes, text.start, text.end) ? redactFolded(text) : redact(text);
      if (copied > text.start) {
        put(text.bytes, copied, text.end);
        text.set(scratch, 0, length);
      }
      return true;
    }

    /** Copies all up to the last match and returns the place behind it. */
    private int redact(Slice text) {
      byte[] bytes = text.bytes;
      int copied = text.start;
      Arrays.fill(candidates, -1);
      int at = candidate(bytes, text.start, text.start, text.end);
      while (at < text.end) {
        int found = match(bytes, text.start, at, text.end);
        if (found >= 0) {
          put(bytes, copied, at);
          put(marks[matched], 0, marks[matched].length);
          copied = found;
        }
        at = candidate(bytes, text.start, found < 0 ? at + 1 : found, text.end);
      }
      return copied;
    }

    /** Like {@link #redact}, but looks at the folded text and copies from the text itself. */
    private int redactFolded(Slice text) {
      wide.fold(text.bytes, text.start, text.end);
      int copied = text.start;
      Arrays.fill(candidates, -1);
      int at = candidate(wide.bytes(), 0, 0, wide.length());
      while (at < wide.length()) {
        int found = match(wide.bytes(), 0, at, wide.length());
        if (found >= 0) {
          put(text.bytes, copied, wide.place(at));
          put(marks[matched], 0, marks[matched].length);
          copied = wide.place(found);
        }
        at = candidate(wide.bytes(), 0, found < 0 ? at + 1 : found, wide.length());
      }
      return copied;
    }

    /** Returns the first place from {@code from} on at which a pattern may match, or the end. */
    private int candidate(byte[] bytes, int start, int from, int end) {
      int first = end;
      for (int i = 0; i < patterns.length; i++) {
        if (candidates[i] < from) {
          candidates[i] = patterns[i].candidate(bytes, start, from, end);
        }
        first = Math.min(first, candidates[i]);
      }
      return first;
    }

    /** Returns where the first pattern that matches at {@code at} ends, or -1. */
    private int match(byte[] bytes, int start, int at, int end) {
      for (int i = 0; i < patterns.length; i++) {
        int found = candidates[i] == at ? patterns[i].match(bytes, start, at, end) : -1;
        if (found >= 0) {
          matched = i;
          return found;
        }
      }
      return -1;
    }

    private void put(byte[] bytes, int from, int to) {
      int more = to - from;
      if (length + more > scratch.length) {
        scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, length + more));
      }
      System.arraycopy(bytes, from, scratch, length, more);
      length += more;
    }
  }
}
