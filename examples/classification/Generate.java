import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Generates the readings of this example: {@code java Generate.java} in this folder writes the same
 * bytes again.
 *
 * <p>One pump, a reading every ten minutes. Temperature, vibration and pressure drift slowly; the
 * pump is failing where a weighted sum of vibration, its square and temperature exceeds a noisy
 * threshold. 6 % of the cells are holes.
 */
final class Generate {
  public static void main(String[] arguments) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder csv = new StringBuilder("minute,temperature,vibration,pressure,failing\n");
    double temperature = 60;
    double vibration = 2;
    double pressure = 5;
    for (int i = 0; i < 2000; i++) {
      temperature += 0.08 * (62 - temperature) + 2.2 * gauss(random);
      vibration = Math.max(0.1, vibration + 0.06 * (2.4 - vibration) + 0.35 * gauss(random));
      pressure += 0.1 * (5 - pressure) + 0.2 * gauss(random);
      double risk =
          1.4 * (vibration - 2.4) + 0.5 * (vibration - 2.4) * (vibration - 2.4)
              + 0.09 * (temperature - 62) - 0.5 * (pressure - 5);
      boolean failing = risk + 0.35 * gauss(random) > 0.3;
      csv.append(10 * i);
      cell(csv, random, temperature, "%.1f");
      cell(csv, random, vibration, "%.3f");
      cell(csv, random, pressure, "%.2f");
      csv.append(',').append(failing ? 1 : 0).append('\n');
    }
    Files.createDirectories(Path.of("data"));
    Files.writeString(Path.of("data", "pump.csv"), csv, StandardCharsets.UTF_8);
  }

  private static void cell(StringBuilder csv, SplittableRandom random, double value, String format) {
    csv.append(',');
    if (random.nextDouble() >= 0.06) {
      csv.append(String.format(Locale.ROOT, format, value));
    }
  }

  /** A normal draw by the polar method of Marsaglia. */
  private static double gauss(SplittableRandom random) {
    while (true) {
      double u = 2 * random.nextDouble() - 1;
      double v = 2 * random.nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }
}
