package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/** Recognisers of numbers of the United States. */
public final class AmericanPack {
  /** All of them. */
  public static final List<Recogniser> RECOGNISERS =
      List.of(
          SocialSecurityNumber.RECOGNISER,
          TaxpayerNumber.RECOGNISER,
          NationalProvider.RECOGNISER,
          RoutingNumber.RECOGNISER,
          MedicareBeneficiary.RECOGNISER,
          DriverLicence.RECOGNISER,
          UsPassport.RECOGNISER,
          EmployerNumber.RECOGNISER);

  private AmericanPack() {}
}
