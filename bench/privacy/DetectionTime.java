import dev.quern.format.json.Json;
import dev.quern.privacy.StandardRecognisers;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.Finding;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.surrogate.Surrogates;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * CPU time of one thread to find personal data in texts in memory, and to replace them by
 * surrogates, the best of some rounds. FILE holds a text per line, or JSON objects with a field
 * text or full_text; KIND is patterns (no names, places and addresses) or all.
 *
 * <p>java -cp "app/target/dist/lib/*" bench/privacy/DetectionTime.java FILE KIND ROUNDS
 */
public final class DetectionTime {
  private static final Set<String> GUESSED =
      Set.of(
          "PERSON", "STREET_ADDRESS", "GPE", "ORGANIZATION", "TITLE", "AGE", "NRP", "DATE_TIME",
          "ZIP", "CN_ADDRESS");

  private DetectionTime() {}

  public static void main(String[] args) throws Exception {
    List<String> texts = texts(Path.of(args[0]));
    Recognisers all = StandardRecognisers.all();
    boolean patterns = args[1].equals("patterns");
    Recognisers chosen = patterns ? all.where(type -> !GUESSED.contains(type)) : all;
    Detector detector = new Detector(chosen, 0.5);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    long bytes = 0;
    for (String text : texts) {
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
    }
    double found = Double.MAX_VALUE;
    double replaced = Double.MAX_VALUE;
    long findings = 0;
    long characters = 0;
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      long start = cpu();
      findings = 0;
      for (String text : texts) {
        findings += detector.find(text).size();
      }
      found = Math.min(found, (cpu() - start) / 1e9);
      // What was replaced before is remembered: each round begins anew.
      Surrogates surrogates = new Surrogates(mac::doFinal, all, Optional.empty());
      start = cpu();
      for (String text : texts) {
        characters += replaced(text, detector.find(text), surrogates).length();
      }
      replaced = Math.min(replaced, (cpu() - start) / 1e9);
    }
    System.out.printf(
        "%d texts, %d bytes, %d findings (%d)%n", texts.size(), bytes, findings, characters % 7);
    System.out.printf(
        "found: %.1f us a text, %.1f MB/s; with surrogates %.1f us, %.2f times%n",
        found * 1e6 / texts.size(),
        bytes / found / 1e6,
        replaced * 1e6 / texts.size(),
        replaced / found);
  }

  private static String replaced(String text, List<Finding> findings, Surrogates surrogates) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int at = 0;
    int points = 0;
    for (Finding one : findings) {
      int start = text.offsetByCodePoints(at, one.start() - points);
      int end = text.offsetByCodePoints(start, one.length());
      out.append(text, at, start).append(surrogates.of(one.type(), text.substring(start, end)));
      at = end;
      points = one.end();
    }
    return out.append(text, at, text.length()).toString();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<String> texts(Path file) throws Exception {
    List<String> texts = new ArrayList<>();
    String content = Files.readString(file);
    if (content.startsWith("[")) {
      for (Object one : Json.list(Json.parse(content))) {
        texts.add(String.valueOf(Json.object(one).get("full_text")));
      }
      return texts;
    }
    for (String line : content.split("\n")) {
      texts.add(line.startsWith("{") ? String.valueOf(Json.parseObject(line).get("text")) : line);
    }
    return texts;
  }
}
