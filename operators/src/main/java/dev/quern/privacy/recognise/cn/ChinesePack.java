package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/** Recognisers of mainland China. */
public final class ChinesePack {
  /** All of them. */
  public static final List<Recogniser> RECOGNISERS =
      List.of(
          ResidentId.RECOGNISER,
          OldResidentId.RECOGNISER,
          CreditCode.RECOGNISER,
          Mobile.RECOGNISER,
          Landline.RECOGNISER,
          BankCard.RECOGNISER,
          Passport.RECOGNISER,
          TaiwanPermit.RECOGNISER,
          Plate.RECOGNISER,
          new ChineseNames(),
          new DottedNames(),
          new NameCells(),
          new ChineseAddress());

  private ChinesePack() {}
}
