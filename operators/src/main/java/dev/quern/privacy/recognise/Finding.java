package dev.quern.privacy.recognise;

/**
 * A stretch of a text that looks like personal data.
 *
 * @param type what it is, for example {@code CN_MOBILE}
 * @param recogniser the name of the recogniser that found it
 * @param start its first character, in Unicode code points of the text
 * @param end one behind its last character, in code points
 * @param score how sure that is, in [0, 1]
 * @param validated whether a check digit, checksum or numbering plan confirms it
 */
public record Finding(
    String type, String recogniser, int start, int end, double score, boolean validated) {

  /** Checks that the stretch is not empty and the score is a fraction. */
  public Finding {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "finding must cover at least one character; found: [" + start + ", " + end + ")");
    }
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score must be in [0, 1] (fraction); found: " + score);
    }
  }

  /** Returns its length in code points. */
  public int length() {
    return end - start;
  }

  /** Returns the same finding between other places. */
  public Finding between(int newStart, int newEnd) {
    return new Finding(type, recogniser, newStart, newEnd, score, validated);
  }
}
