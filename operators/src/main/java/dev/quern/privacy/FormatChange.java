package dev.quern.privacy;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Keys;
import dev.quern.engine.Fault;
import dev.quern.key.Alphabet;
import dev.quern.key.Ff1;
import dev.quern.key.Keyset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** FF1 on cells, one way or the other. */
final class FormatChange implements CellMapping.CellChange {
  private final Ff1 ff1;
  private final Alphabet alphabet;
  private final byte[] tweak;
  private final Way way;

  enum Way {
    ENCRYPT("encrypted"),
    DECRYPT("decrypted");

    private final String rule;

    Way(String rule) {
      this.rule = rule;
    }

    /** Returns the name under which changed cells are counted. */
    String rule() {
      return rule;
    }
  }

  FormatChange(Keyset keyset, Alphabet alphabet, String tweak, Way way) {
    this.ff1 = keyset.ff1(alphabet);
    this.alphabet = alphabet;
    this.tweak = tweak.getBytes(StandardCharsets.UTF_8);
    this.way = way;
  }

  @Override
  public @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into) {
    String text = column.textAt(row);
    try {
      into.appendText(way == Way.ENCRYPT ? ff1.encrypt(text, tweak) : ff1.decrypt(text, tweak));
      return null;
    } catch (Ff1.RefusedException e) {
      return switch (e.why()) {
        case OUTSIDE_ALPHABET ->
            Fault.of(
                "outside_alphabet", "made of the alphabet's " + alphabet.radix() + " characters");
        case DOMAIN_TOO_SMALL ->
            Fault.of(
                "domain_too_small",
                "at least "
                    + alphabet.minLength()
                    + " characters long, so that there are 10^6 of its length");
      };
    }
  }
}
