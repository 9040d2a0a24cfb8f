package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.NumberPattern;

/** Wallets of Bitcoin (Base58Check, or Bech32 and Bech32m of BIP 173 and 350) and Ethereum. */
final class CryptoWallet {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("crypto_wallet", "CRYPTO_WALLET")
          .shape("[13][1-9A-HJ-NP-Za-km-z]{25,34}", 0.5)
          .shape("[Bb][Cc]1[A-Za-z0-9]{11,71}", 0.5)
          .shape("0x[0-9A-Fa-f]{40}", 0.7)
          .near("wallet,bitcoin,btc,eth,ethereum,crypto,钱包,比特币")
          .check((passage, start, end) -> WalletCheck.check(passage.text(start, end)));

  private CryptoWallet() {}
}
