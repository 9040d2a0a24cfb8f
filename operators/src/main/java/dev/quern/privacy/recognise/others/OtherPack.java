package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/** Recognisers of numbers of Australia, Africa and the Americas beside the United States. */
public final class OtherPack {
  /** All of them. */
  public static final List<Recogniser> RECOGNISERS =
      List.of(
          AustralianTaxFile.RECOGNISER,
          AustralianBusiness.RECOGNISER,
          AustralianMedicare.RECOGNISER,
          SouthAfricanId.RECOGNISER,
          BrazilianCpf.RECOGNISER,
          BrazilianCnpj.RECOGNISER,
          MexicanCurp.RECOGNISER,
          CanadianInsurance.RECOGNISER);

  private OtherPack() {}
}
