package dev.quern.cli;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Made-up visits of a bicycle workshop, always the same: with missing values, repeated lines and
 * two lines that are cut, as data are. Whether somebody returns depends on age, days since the last
 * visit and membership by a logistic rule, so that there is something to learn.
 */
final class ExampleData {
  private static final int VISITS = 1500;
  private static final String[] CITIES = {"Leiden", "Delft", "Gouda", "Utrecht", "杭州"};
  private static final String[] JOBS = {"brakes", "tyres", "chain", "lights", "overhaul"};

  private ExampleData() {}

  /** Returns the visits as CSV. */
  static String visits() {
    SplittableRandom random = new SplittableRandom(20_240_501);
    StringBuilder csv = new StringBuilder("visit,age,city,job,member,days_since,spent,returns\n");
    for (int visit = 1; visit <= VISITS; visit++) {
      String line = line(visit, random);
      csv.append(line);
      if (visit % 40 == 0) {
        csv.append(line);
      }
      if (visit == 400 || visit == 1100) {
        csv.append(9000 + visit).append(",44,Delft\n");
      }
    }
    return csv.toString();
  }

  private static String line(int visit, SplittableRandom random) {
    int age = 12 + random.nextInt(70);
    String city = CITIES[random.nextInt(CITIES.length)];
    String job = JOBS[random.nextInt(JOBS.length)];
    boolean member = random.nextInt(3) == 0;
    int days = random.nextInt(400);
    double spent = 8 + random.nextInt(20_000) / 100.0;
    double score = 1.2 + (member ? 1.6 : -0.6) - days / 110.0 + (age - 40) / 30.0;
    boolean returns = random.nextDouble() < 1 / (1 + Math.exp(-2 * score));
    String shownAge = random.nextInt(20) == 0 ? "" : Integer.toString(age);
    String shownCity = random.nextInt(50) == 0 ? "?" : city;
    String shownSpent = String.format(Locale.ROOT, "%.2f", spent);
    return String.join(
            ",",
            Integer.toString(visit),
            shownAge,
            shownCity,
            job,
            member ? "yes" : "no",
            Integer.toString(days),
            shownSpent,
            returns ? "yes" : "no")
        + "\n";
  }
}
