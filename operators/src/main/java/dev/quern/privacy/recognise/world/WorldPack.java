package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/** Recognisers of what is written alike everywhere. */
public final class WorldPack {
  /** All of them. */
  public static final List<Recogniser> RECOGNISERS =
      List.of(
          CreditCard.RECOGNISER,
          Iban.RECOGNISER,
          IpAddress.RECOGNISER,
          MacAddress.RECOGNISER,
          CryptoWallet.RECOGNISER,
          PhoneNumber.RECOGNISER,
          DateOfBirth.RECOGNISER,
          new Ipv6Address(),
          new Email(),
          new ObscuredEmail(),
          new Url());

  private WorldPack() {}
}
