package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/** Recognisers of numbers of the countries of Europe. */
public final class EuropeanPack {
  /** All of them. */
  public static final List<Recogniser> RECOGNISERS =
      List.of(
          GermanTaxId.RECOGNISER,
          GermanIdCard.RECOGNISER,
          SpanishNif.RECOGNISER,
          SpanishNie.RECOGNISER,
          ItalianFiscalCode.RECOGNISER,
          ItalianVatNumber.RECOGNISER,
          FrenchSocialNumber.RECOGNISER,
          FinnishPersonalId.RECOGNISER,
          SwedishPersonalNumber.RECOGNISER,
          NorwegianBirthNumber.RECOGNISER,
          DanishPersonalNumber.RECOGNISER,
          PolishPesel.RECOGNISER,
          TurkishId.RECOGNISER,
          DutchServiceNumber.RECOGNISER,
          BelgianNationalNumber.RECOGNISER,
          PortugueseTaxNumber.RECOGNISER,
          RomanianPersonalCode.RECOGNISER,
          CzechBirthNumber.RECOGNISER,
          BulgarianCivilNumber.RECOGNISER,
          CroatianPersonalNumber.RECOGNISER,
          SwissInsuranceNumber.RECOGNISER,
          IrishPublicServiceNumber.RECOGNISER);

  private EuropeanPack() {}
}
