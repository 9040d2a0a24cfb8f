import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Generates the orders of this example: {@code java Generate.java} in this folder writes the same
 * bytes again.
 *
 * <p>{@code clean.csv} holds the orders of a wholesaler of bicycle parts as they should be: a customer
 * has one name, city, province and telephone, a part one name, category, price and weight. {@code
 * dirty.csv} holds the same orders with errors of six kinds in about 3 % of the cells: letters
 * mistyped, two fields exchanged, another unit, tokens for missing values, a value that contradicts
 * the rest of the row, numbers far too large or small.
 */
final class Generate {
  private static final String[] FIELDS = {
    "order_id", "customer", "name", "city", "province", "phone", "part", "title", "category",
    "price_eur", "weight_g", "quantity", "total_eur", "ordered"
  };

  private static final String[][] CITIES = {
    {"Leiden", "Zuid-Holland"}, {"Delft", "Zuid-Holland"}, {"Utrecht", "Utrecht"},
    {"Amersfoort", "Utrecht"}, {"Groningen", "Groningen"}, {"Zwolle", "Overijssel"},
    {"Enschede", "Overijssel"}, {"Nijmegen", "Gelderland"}, {"Arnhem", "Gelderland"},
    {"Eindhoven", "Noord-Brabant"}, {"Tilburg", "Noord-Brabant"}, {"Maastricht", "Limburg"},
    {"杭州", "浙江"}, {"宁波", "浙江"}, {"苏州", "江苏"}, {"南京", "江苏"}
  };

  private static final String[] FIRST = {
    "Noord", "Zuider", "Oude", "Nieuwe", "Groene", "Blauwe", "Snelle", "Stille", "Lange", "Korte"
  };

  private static final String[] SECOND = {
    "Fietswerkplaats", "Rijwielhuis", "Velotheek", "Wielerwinkel", "Tweewieler", "Fietspunt"
  };

  private static final String[][] PARTS = {
    {"brake", "Brake pad"}, {"brake", "Brake cable"}, {"brake", "Brake lever"},
    {"tyre", "Tyre 28 inch"}, {"tyre", "Tyre 26 inch"}, {"tyre", "Inner tube"},
    {"chain", "Chain 8 speed"}, {"chain", "Chain 11 speed"}, {"chain", "Chain guard"},
    {"light", "Front light"}, {"light", "Rear light"}, {"light", "Dynamo"},
    {"wheel", "Spoke"}, {"wheel", "Rim"}, {"wheel", "Hub"},
    {"frame", "Saddle"}, {"frame", "Seat post"}, {"frame", "Handlebar"}
  };

  private static final String[] MISSING = {"N/A", "?", "-", "null", "unknown", "none"};

  private final SplittableRandom random = new SplittableRandom(20_261_127);
  private final List<String[]> customers = new ArrayList<>();
  private final List<String[]> parts = new ArrayList<>();
  private int errors;

  public static void main(String[] arguments) throws IOException {
    new Generate().write();
  }

  private void write() throws IOException {
    people();
    stock();
    StringBuilder clean = new StringBuilder(String.join(",", FIELDS)).append('\n');
    StringBuilder dirty = new StringBuilder(clean);
    int cells = 0;
    for (int i = 0; i < 3000; i++) {
      String[] order = order(i);
      clean.append(String.join(",", order)).append('\n');
      dirty.append(String.join(",", spoilt(order))).append('\n');
      cells += order.length;
    }
    Files.createDirectories(Path.of("data"));
    Files.writeString(Path.of("data", "clean.csv"), clean, StandardCharsets.UTF_8);
    Files.writeString(Path.of("data", "dirty.csv"), dirty, StandardCharsets.UTF_8);
    System.out.printf(Locale.ROOT, "%d of %d cells are wrong%n", errors, cells);
  }

  private void people() {
    for (int i = 0; i < 60; i++) {
      String[] city = CITIES[random.nextInt(CITIES.length)];
      String name = FIRST[i % FIRST.length] + " " + SECOND[i / FIRST.length % SECOND.length];
      String phone = String.format(Locale.ROOT, "+31 20 555 %04d", 1000 + random.nextInt(9000));
      customers.add(new String[] {"C" + (1001 + i), name, city[0], city[1], phone});
    }
  }

  private void stock() {
    for (int i = 0; i < PARTS.length; i++) {
      String price = String.format(Locale.ROOT, "%.2f", 2 + random.nextInt(6000) / 100.0);
      String weight = Integer.toString(20 + 10 * random.nextInt(140));
      parts.add(new String[] {"P-" + (301 + 7 * i), PARTS[i][1], PARTS[i][0], price, weight});
    }
  }

  private String[] order(int number) {
    String[] customer = customers.get(random.nextInt(customers.size()));
    String[] part = parts.get(random.nextInt(parts.size()));
    int quantity = 1 + random.nextInt(40);
    double total = quantity * Double.parseDouble(part[3]);
    int day = number * 364 / 3000;
    String date = LocalDate.ofYearDay(2025, 1 + day).toString();
    return new String[] {
      "O" + (50_001 + number), customer[0], customer[1], customer[2], customer[3], customer[4],
      part[0], part[1], part[2], part[3], part[4], Integer.toString(quantity),
      String.format(Locale.ROOT, "%.2f", total), date
    };
  }

  /** Returns the order with an error in every cell drawn: 1 in 32 but of the number of the order. */
  private String[] spoilt(String[] order) {
    String[] row = order.clone();
    for (int field = 1; field < row.length; field++) {
      if (random.nextInt(32) == 0) {
        spoil(row, field);
      }
    }
    for (int field = 0; field < row.length; field++) {
      errors += row[field].equals(order[field]) ? 0 : 1;
    }
    return row;
  }

  private void spoil(String[] row, int field) {
    boolean number = field >= 9 && field <= 12;
    int kind = random.nextInt(number ? 3 : 4);
    if (kind == 0) {
      row[field] = MISSING[random.nextInt(MISSING.length)];
    } else if (number) {
      row[field] = kind == 1 ? unit(row[field], field) : outlier(row[field]);
    } else if (kind == 1 || field == 13) {
      row[field] = typo(row[field]);
    } else if (kind == 2 && field >= 2 && field <= 4) {
      int other = field == 4 ? 3 : field + 1;
      String kept = row[field];
      row[field] = row[other];
      row[other] = kept;
    } else {
      List<String[]> all = field <= 5 ? customers : parts;
      row[field] = all.get(random.nextInt(all.size()))[field <= 5 ? field - 1 : field - 6];
    }
  }

  private String unit(String value, int field) {
    return switch (field) {
      case 10 -> String.format(Locale.ROOT, "%.3f kg", Double.parseDouble(value) / 1000);
      case 11 -> value + " pcs";
      default -> "EUR " + value;
    };
  }

  private String outlier(String value) {
    return value.contains(".")
        ? String.format(Locale.ROOT, "%.2f", Double.parseDouble(value) * 1000)
        : value + "000";
  }

  /** Leaves out, doubles, exchanges or replaces one character. */
  private String typo(String value) {
    int[] letters = value.codePoints().toArray();
    int at = random.nextInt(letters.length);
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(3);
    for (int i = 0; i < letters.length; i++) {
      if (i == at && kind == 0 && letters.length > 2) {
        continue;
      }
      text.appendCodePoint(i == at && kind == 1 ? 'x' : letters[i]);
      if (i == at && kind == 2) {
        text.appendCodePoint(letters[i]);
      }
    }
    return text.toString().equals(value) ? value + "x" : text.toString();
  }
}
