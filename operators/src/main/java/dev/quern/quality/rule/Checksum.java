package dev.quern.quality.rule;

/** How the check character of a number is computed. Spaces and hyphens are passed over. */
public enum Checksum {
  /** Luhn 1954, ISO/IEC 7812: cards, IMEI. */
  LUHN {
    @Override
    boolean holds(int[] values, int size) {
      int sum = 0;
      for (int i = 0; i < size; i++) {
        int digit = values[size - 1 - i];
        int part = i % 2 == 0 ? digit : 2 * digit;
        sum += part > 9 ? part - 9 : part;
      }
      return size >= 2 && areDigits(values, 0, size) && sum % 10 == 0;
    }
  },
  /** GS1, weights 3 and 1 from the right: EAN-8, UPC-A, EAN-13, ISBN-13, GTIN-14, SSCC. */
  GS1 {
    @Override
    boolean holds(int[] values, int size) {
      int sum = 0;
      for (int i = 0; i < size; i++) {
        sum += values[size - 1 - i] * (i % 2 == 0 ? 1 : 3);
      }
      return size >= 8 && areDigits(values, 0, size) && sum % 10 == 0;
    }
  },
  /** ISO 2108:1972, weights 10 to 1, X is 10. */
  ISBN_10 {
    @Override
    boolean holds(int[] values, int size) {
      int sum = 0;
      for (int i = 0; i < size; i++) {
        sum += (10 - i) * checkOf11(values, size, i);
      }
      return size == 10 && endsIn11(values, size) && sum % 11 == 0;
    }
  },
  /** ISO/IEC 7064 MOD 11-2, X is 10: resident ids of GB 11643, ORCID, ISNI. */
  MOD_11_2 {
    @Override
    boolean holds(int[] values, int size) {
      int sum = 0;
      for (int i = 0; i < size; i++) {
        sum = (2 * sum + checkOf11(values, size, i)) % 11;
      }
      return size >= 2 && endsIn11(values, size) && sum == 1;
    }
  },
  /** ISO/IEC 7064 MOD 97-10, letters are 10 to 35: LEI, references of creditors. */
  MOD_97_10 {
    @Override
    boolean holds(int[] values, int size) {
      return size >= 3 && areDigits(values, size - 2, size) && mod97(values, 0, size, 0) == 1;
    }
  },
  /** ISO 13616: MOD 97-10 with the first four characters moved to the end. */
  IBAN {
    @Override
    boolean holds(int[] values, int size) {
      return size >= 15
          && size <= MOST
          && values[0] > 9
          && values[1] > 9
          && values[2] <= 9
          && values[3] <= 9
          && mod97(values, 0, 4, mod97(values, 4, size, 0)) == 1;
    }
  };

  /** Most characters of a number. */
  static final int MOST = 34;

  /** Returns whether the check character of {@code values[0, size)} is right; letters are 10 up. */
  abstract boolean holds(int[] values, int size);

  private static boolean areDigits(int[] values, int from, int size) {
    for (int i = from; i < size; i++) {
      if (values[i] > 9) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsIn11(int[] values, int size) {
    for (int i = 0; i < size - 1; i++) {
      if (values[i] > 9) {
        return false;
      }
    }
    return values[size - 1] <= 9 || values[size - 1] == X;
  }

  private static int checkOf11(int[] values, int size, int i) {
    return i == size - 1 && values[i] == X ? 10 : values[i];
  }

  private static int mod97(int[] values, int from, int to, int before) {
    int rest = before;
    for (int i = from; i < to; i++) {
      rest = (rest * (values[i] > 9 ? 100 : 10) + values[i]) % 97;
    }
    return rest;
  }

  private static final int X = 'X' - 'A' + 10;
}
