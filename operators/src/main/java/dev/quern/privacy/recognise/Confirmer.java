package dev.quern.privacy.recognise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says whether values that stand alone, without a text around, are of a type as a whole. Patterns
 * are asked through the automaton that all share, so nothing is compiled for a type. Recognisers
 * that guess by the words of a sentence confirm nothing. One instance serves one thread.
 */
public final class Confirmer {
  /** What speaks for a value. */
  public enum Confirmation {
    /** It has no shape of the type. */
    NONE,
    /** It has the shape, but a check says that it is none. */
    REFUSED,
    /** It has the shape, and nothing speaks against it. */
    SHAPE,
    /** A check confirms it: check digit, numbering plan. */
    CHECK
  }

  private final Recognisers recognisers;
  private final Passage passage = new Passage();
  private final Map<String, Detector> detectors = new HashMap<>();

  /** Makes one of {@code recognisers}. */
  public Confirmer(Recognisers recognisers) {
    this.recognisers = recognisers;
  }

  /** Returns what speaks for {@code value} as a {@code type}. */
  public Confirmation of(String type, String value) {
    passage.of(value).in("");
    int length = passage.length();
    if (!recognisers.isWanted(type) || recognisers.isAllowed(passage, 0, length)) {
      return Confirmation.NONE;
    }
    Confirmation byPattern = recognisers.scanner().whole(passage, type);
    Confirmation byOthers =
        byPattern.compareTo(Confirmation.SHAPE) < 0 ? byOthers(type, value) : Confirmation.NONE;
    return byOthers == Confirmation.NONE ? byPattern : byOthers;
  }

  private Confirmation byOthers(String type, String value) {
    Detector detector = detectors.computeIfAbsent(type, this::others);
    if (detector.isEmpty()) {
      return Confirmation.NONE;
    }
    List<Finding> found = detector.find(value);
    boolean whole =
        found.size() == 1 && found.get(0).length() == value.codePointCount(0, value.length());
    if (!whole) {
      return Confirmation.NONE;
    }
    return found.get(0).validated() ? Confirmation.CHECK : Confirmation.SHAPE;
  }

  private Detector others(String type) {
    List<Recogniser> sure =
        recognisers.others().stream()
            .filter(one -> !one.givesWay() && one.types().contains(type))
            .toList();
    // The words around are missing: what has the shape counts, however little that is.
    return new Detector(new Recognisers(sure).where(type::equals), Double.MIN_NORMAL);
  }
}
