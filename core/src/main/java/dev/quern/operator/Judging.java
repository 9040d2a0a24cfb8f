package dev.quern.operator;

/**
 * Which samples an analyzer holds responsible for its first metric.
 *
 * @param verdicts how many there are
 * @param says which samples fail, or why there are none: a sentence without its full stop
 */
public record Judging(Verdicts verdicts, Localized says) {
  /** What an analyzer that says nothing about it declares; a test refuses it in a catalog. */
  public static final Judging UNSTATED =
      new Judging(
          Verdicts.NONE,
          new Localized("its operator does not say which samples fail", "算子未说明哪些样本不合格"));

  /** How the number of failing verdicts follows from the first metric. */
  public enum Verdicts {
    /** Denominator − numerator: one for each sample, or cell, that the share leaves out. */
    FAILURES,
    /** The value: the metric counts them. */
    VALUE,
    /** It does not: those told of are responsible, but the metric counts something else. */
    RESPONSIBLE,
    /** The samples below the lower limit of the check; none where it has only an upper one. */
    BELOW,
    /** The samples above the upper limit of the check; none where it has only a lower one. */
    ABOVE,
    /** The samples on the side of the limit at which the metric lies. */
    BEYOND,
    /** None. */
    NONE
  }

  /** Returns the judging of a share of samples or cells: those it leaves out fail. */
  public static Judging failures(String english, String chinese) {
    return new Judging(Verdicts.FAILURES, new Localized(english, chinese));
  }

  /** Returns the judging of a metric that counts the samples that fail. */
  public static Judging counted(String english, String chinese) {
    return new Judging(Verdicts.VALUE, new Localized(english, chinese));
  }

  /** Returns the judging by which other things are told of than the metric counts. */
  public static Judging responsible(String english, String chinese) {
    return new Judging(Verdicts.RESPONSIBLE, new Localized(english, chinese));
  }

  /** Returns the judging by the limits of the check; {@code side} is BELOW, ABOVE or BEYOND. */
  public static Judging limits(Verdicts side, String english, String chinese) {
    return new Judging(side, new Localized(english, chinese));
  }

  /** Returns the judging of a metric of which no single sample is responsible. */
  public static Judging none(String english, String chinese) {
    return new Judging(Verdicts.NONE, new Localized(english, chinese));
  }

  /** Returns {@link #says} as documentation shows it, with "none" before a reason for it. */
  public Localized shown() {
    return verdicts == Verdicts.NONE
        ? new Localized("none: " + says.english(), "无：" + says.chinese())
        : says;
  }

  /** Returns whether there are verdicts where the metric must lie within {@code limits}. */
  public boolean judges(Limits limits) {
    return switch (verdicts) {
      case FAILURES, VALUE, RESPONSIBLE -> true;
      case BELOW -> limits.low().isPresent();
      case ABOVE -> limits.high().isPresent();
      case BEYOND -> limits.low().isPresent() || limits.high().isPresent();
      case NONE -> false;
    };
  }

  /** Returns why there are no verdicts within {@code limits}, an English sentence. */
  public String reason(Limits limits) {
    return switch (verdicts) {
      case BELOW -> "only a lower limit of the check tells which samples fail: " + says.english();
      case ABOVE -> "only an upper limit of the check tells which samples fail: " + says.english();
      case BEYOND -> "only a limit of the check tells which samples fail: " + says.english();
      case FAILURES, VALUE, RESPONSIBLE, NONE -> says.english();
    };
  }

  /** Returns whether {@code metric} leaves room for a failing sample. */
  public boolean mayFail(Metric metric, Limits limits) {
    return switch (verdicts) {
      case FAILURES -> metric.denominator() > metric.numerator();
      case VALUE -> metric.value().orElse(0.0) > 0;
      case RESPONSIBLE -> metric.value().isPresent();
      case BELOW -> metric.value().filter(limits::isAbove).isPresent();
      case ABOVE -> metric.value().filter(limits::isBelow).isPresent();
      case BEYOND -> metric.value().filter(v -> limits.isAbove(v) || limits.isBelow(v)).isPresent();
      case NONE -> false;
    };
  }
}
