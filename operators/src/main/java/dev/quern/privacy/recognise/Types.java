package dev.quern.privacy.recognise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Types of personal data, in the order in which they win over each other when all else is equal.
 */
public final class Types {
  private static final List<String> ORDER =
      List.of(
          "CN_ID_CARD",
          "CN_USCC",
          "CN_BANK_CARD",
          "CREDIT_CARD",
          "IBAN",
          "EMAIL",
          "URL",
          "CN_MOBILE",
          "CN_LANDLINE",
          "PHONE",
          "CN_PLATE",
          "CN_PASSPORT",
          "IP_ADDRESS",
          "MAC_ADDRESS",
          "CRYPTO_WALLET");

  private static final Map<String, Integer> RANKS = ranks();

  private Types() {}

  static int rank(String type) {
    return RANKS.getOrDefault(type, ORDER.size());
  }

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>();
    for (String type : ORDER) {
      ranks.put(type, ranks.size());
    }
    return ranks;
  }
}
