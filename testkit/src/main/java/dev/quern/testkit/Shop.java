package dev.quern.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Orders of a shop as CSV and JSONL, made from a seed: with holes, duplicates, customers that share
 * addresses, amounts that are no numbers, and lines that are no CSV or JSON.
 */
public final class Shop {
  private static final String[] CITIES = {"杭州", "Delft", "Oslo", "Lima", "深圳", "Kyoto"};
  private static final String[] WORDS = {
    "late", "broken", "thanks", "refund", "包装", "very", "good", "red", "size", "again", "物流", "box"
  };

  private final SplittableRandom random;
  private final int wrongEvery;

  /**
   * Makes a shop.
   *
   * @param wrongEvery one line in so many cannot be read, 0 for none
   */
  public Shop(long seed, int wrongEvery) {
    this.random = new SplittableRandom(seed);
    this.wrongEvery = wrongEvery;
  }

  /** Writes orders until the file has {@code bytes} and returns how many it holds. */
  public int csv(Path file, long bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      long done = write(out, "order,customer,address,city,amount,quantity,note,good\n");
      int number = 0;
      while (done < bytes) {
        done += write(out, csv(number++));
      }
      return number;
    }
  }

  private String csv(int number) {
    if (isWrong(number)) {
      return number + ",too,few\n";
    }
    int order = random.nextInt(50) == 0 && number > 0 ? random.nextInt(number) : number;
    int quantity = 1 + random.nextInt(9);
    boolean hole = random.nextInt(12) == 0;
    double amount = Math.round(quantity * (5 + 40 * random.nextDouble()) * 100) / 100.0;
    return order
        + ",c"
        + random.nextInt(Math.max(2, 1 + number / 3))
        + ",a"
        + random.nextInt(4000)
        + ","
        + CITIES[random.nextInt(CITIES.length)]
        + ","
        + (hole ? "" : String.valueOf(amount))
        + ","
        + quantity
        + ",\""
        + note()
        + "\","
        + (amount + 20 * random.nextDouble() > 100 ? "yes" : "no")
        + "\n";
  }

  /** Writes orders until the file has {@code bytes} and returns how many it holds. */
  public int jsonl(Path file, long bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      long done = 0;
      int number = 0;
      while (done < bytes) {
        done += write(out, jsonl(number++));
      }
      return number;
    }
  }

  private String jsonl(int number) {
    if (isWrong(number)) {
      return "{\"order\": " + number + ", \"amount\": \n";
    }
    int quantity = 1 + random.nextInt(9);
    double amount = Math.round(quantity * (5 + 40 * random.nextDouble()) * 100) / 100.0;
    return "{\"order\": "
        + (10_000_000 + number)
        + ", \"customer\": \"c"
        + random.nextInt(Math.max(2, 1 + number / 3))
        + "\", \"address\": \"a"
        + random.nextInt(4000)
        + "\", \"city\": \""
        + CITIES[random.nextInt(CITIES.length)]
        + "\", \"amount\": "
        + (random.nextInt(12) == 0 ? "null" : String.valueOf(amount))
        + ", \"quantity\": "
        + quantity
        + ", \"note\": \""
        + note()
        + "\", \"good\": \""
        + (amount + 20 * random.nextDouble() > 100 ? "yes" : "no")
        + "\"}\n";
  }

  private boolean isWrong(int number) {
    return wrongEvery > 0 && number % wrongEvery == wrongEvery - 1;
  }

  private String note() {
    StringBuilder note = new StringBuilder();
    int words = 8 + random.nextInt(24);
    for (int i = 0; i < words; i++) {
      note.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    if (random.nextInt(20) == 0) {
      note.append(" mail c").append(random.nextInt(1000)).append("@example.org");
    }
    return note.toString();
  }

  private static int write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    return bytes.length;
  }
}
