package dev.quern.statistics;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long something was up and down, as far as looking at it now and then tells: from one look to
 * the next it counts as being what it was at the first. What lies between two looks that differ is
 * not known, which the bounds of {@link #share} take in.
 *
 * @param upSeconds time up
 * @param downSeconds time down
 * @param unknownSeconds of both, time between two looks that found something different
 * @param unknownUpSeconds of this, what counts as up
 * @param outages how often it was found down after it was up, or at the first look
 * @param repairs of these, how many were over at a later look
 * @param repairSeconds time from the first look of an outage to the one that found it over, summed
 *     over those that are over
 */
public record Uptime(
    long upSeconds,
    long downSeconds,
    long unknownSeconds,
    long unknownUpSeconds,
    long outages,
    long repairs,
    long repairSeconds) {

  /** Looks at one thing, in any order; of two at the same second the worse counts. */
  public static final class Looks {
    private final NavigableMap<Long, Boolean> looks = new TreeMap<>();

    /**
     * Adds a look.
     *
     * @param second since 1970
     */
    public void add(long second, Boolean up) {
      looks.merge(second, up, Boolean::logicalAnd);
    }

    /** Returns what the looks tell. */
    public Uptime uptime() {
      long[] seconds = new long[4];
      long outages = 0;
      long repairs = 0;
      long repairSeconds = 0;
      long down = 0;
      Map.Entry<Long, Boolean> before = null;
      for (Map.Entry<Long, Boolean> look : looks.entrySet()) {
        boolean wasUp = before == null || before.getValue();
        if (before != null) {
          long passed = look.getKey() - before.getKey();
          seconds[wasUp ? 0 : 1] += passed;
          seconds[2] += wasUp == look.getValue() ? 0 : passed;
          seconds[3] += wasUp && !look.getValue() ? passed : 0;
        }
        if (wasUp && !look.getValue()) {
          outages++;
          down = look.getKey();
        } else if (!wasUp && look.getValue()) {
          repairs++;
          repairSeconds += look.getKey() - down;
        }
        before = look;
      }
      return new Uptime(
          seconds[0], seconds[1], seconds[2], seconds[3], outages, repairs, repairSeconds);
    }
  }

  /** Returns the time from the first look to the last (seconds). */
  public long seconds() {
    return upSeconds + downSeconds;
  }

  /** Returns the bounds of the share of time up; absent where no time has passed. */
  public Optional<Interval> share() {
    if (seconds() == 0) {
      return Optional.empty();
    }
    double all = seconds();
    long surelyUp = upSeconds - unknownUpSeconds;
    return Optional.of(new Interval(surelyUp / all, (surelyUp + unknownSeconds) / all));
  }
}
