package dev.quern.privacy.recognise.uk;

import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/** Recognisers of numbers of the United Kingdom. */
public final class BritishPack {
  /** All of them. */
  public static final List<Recogniser> RECOGNISERS =
      List.of(HealthNumber.RECOGNISER, InsuranceNumber.RECOGNISER, UkDrivingLicence.RECOGNISER);

  private BritishPack() {}
}
