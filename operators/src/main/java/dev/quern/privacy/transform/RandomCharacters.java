package dev.quern.privacy.transform;

import dev.quern.data.Keys;
import dev.quern.engine.RunContext;
import java.util.SplittableRandom;

/** Random characters of the same kinds, drawn by sample and place and not by value. */
public final class RandomCharacters implements Replacement {
  private final long stepSeed;

  /** Makes a replacement that draws under {@code stepSeed}. */
  public RandomCharacters(long stepSeed) {
    this.stepSeed = stepSeed;
  }

  @Override
  public String of(String type, String value, Place place) {
    Keys keys = place.batch().keys();
    long seed = RunContext.draw(stepSeed, keys.idHigh(place.row()), keys.idLow(place.row()));
    // By the name of the field: its position is not the same in every recipe that has this step.
    long field = place.batch().schema().field(place.field()).name().hashCode();
    SplittableRandom random = new SplittableRandom(RunContext.draw(seed, field, place.start()));
    StringBuilder out = new StringBuilder(value.length());
    value.codePoints().forEach(p -> out.appendCodePoint(CharacterClasses.like(p, random::nextInt)));
    return out.toString();
  }
}
