package dev.quern.quality.number;

import dev.quern.quality.cell.Characters;

/**
 * Signs and names of currencies with their codes of ISO 4217. A bare {@code $} is USD, a bare
 * {@code ¥} CNY.
 */
final class Currency {
  /** Sign or name, then code; longer ones before what they begin with. */
  private static final String[][] NAMES = {
    {"US$", "USD"},
    {"HK$", "HKD"},
    {"NT$", "TWD"},
    {"A$", "AUD"},
    {"C$", "CAD"},
    {"R$", "BRL"},
    {"S$", "SGD"},
    {"$", "USD"},
    {"€", "EUR"},
    {"£", "GBP"},
    {"¥", "CNY"},
    {"￥", "CNY"},
    {"₹", "INR"},
    {"₩", "KRW"},
    {"₽", "RUB"},
    {"₺", "TRY"},
    {"₫", "VND"},
    {"฿", "THB"},
    {"₪", "ILS"},
    {"₴", "UAH"},
    {"人民币", "CNY"},
    {"人民幣", "CNY"},
    {"RMB", "CNY"},
    {"港元", "HKD"},
    {"港币", "HKD"},
    {"港幣", "HKD"},
    {"美元", "USD"},
    {"美金", "USD"},
    {"欧元", "EUR"},
    {"歐元", "EUR"},
    {"英镑", "GBP"},
    {"英鎊", "GBP"},
    {"日元", "JPY"},
    {"日圆", "JPY"},
    {"新台币", "TWD"},
    {"新台幣", "TWD"},
    {"台币", "TWD"},
    {"韩元", "KRW"},
    {"元整", "CNY"},
    {"圆整", "CNY"},
    {"元", "CNY"},
    {"圆", "CNY"},
    {"圓", "CNY"},
    {"块", "CNY"},
    {"塊", "CNY"},
    {"円", "JPY"},
    {"USD", "USD"},
    {"EUR", "EUR"},
    {"GBP", "GBP"},
    {"CNY", "CNY"},
    {"JPY", "JPY"},
    {"CHF", "CHF"},
    {"HKD", "HKD"},
    {"TWD", "TWD"},
    {"INR", "INR"},
    {"KRW", "KRW"},
    {"CAD", "CAD"},
    {"AUD", "AUD"},
    {"SGD", "SGD"},
    {"RUB", "RUB"},
    {"BRL", "BRL"},
    {"SEK", "SEK"},
    {"NOK", "NOK"},
    {"DKK", "DKK"},
    {"PLN", "PLN"},
    {"CZK", "CZK"},
    {"MXN", "MXN"},
    {"ZAR", "ZAR"}
  };

  private Currency() {}

  /** Returns the number of the currency that begins at {@code at}, or -1. */
  static int startingAt(Characters text, int at) {
    for (int i = 0; i < NAMES.length; i++) {
      if (text.has(at, NAMES[i][0])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the number of the longest currency that ends before {@code end}, or -1. */
  static int endingAt(Characters text, int start, int end) {
    int found = -1;
    for (int i = 0; i < NAMES.length; i++) {
      int from = end - NAMES[i][0].length();
      boolean longer = found < 0 || NAMES[i][0].length() > NAMES[found][0].length();
      if (from >= start && longer && text.has(from, NAMES[i][0])) {
        found = i;
      }
    }
    return found;
  }

  static int length(int number) {
    return NAMES[number][0].length();
  }

  static String code(int number) {
    return NAMES[number][1];
  }
}
