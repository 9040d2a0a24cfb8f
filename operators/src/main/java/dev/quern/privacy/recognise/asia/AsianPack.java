package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/** Recognisers of numbers of the countries of Asia beside mainland China. */
public final class AsianPack {
  /** All of them. */
  public static final List<Recogniser> RECOGNISERS =
      List.of(
          Aadhaar.RECOGNISER,
          PermanentAccount.RECOGNISER,
          KoreanResidentNumber.RECOGNISER,
          SingaporeId.RECOGNISER,
          ThaiId.RECOGNISER,
          JapaneseMyNumber.RECOGNISER,
          TaiwaneseId.RECOGNISER,
          HongKongId.RECOGNISER,
          MalaysianId.RECOGNISER,
          IndonesianId.RECOGNISER,
          IsraeliId.RECOGNISER);

  private AsianPack() {}
}
