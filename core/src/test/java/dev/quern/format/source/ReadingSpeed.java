package dev.quern.format.source;

import dev.quern.data.Batch;
import dev.quern.data.Digest;
import dev.quern.data.Schema;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.format.csv.CsvFormat;
import dev.quern.format.csv.CsvSettings;
import dev.quern.format.jsonl.JsonlFormat;
import dev.quern.format.jsonl.JsonlSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Measures the text readers on one thread, ids included: MB of input per second of thread CPU time.
 *
 * <p>Arguments: a folder for the generated inputs, rounds, then the inputs wanted (all if none).
 * What is printed last is the logical digest of the samples and a hash of batch sizes and
 * quarantined places, so that two builds can be compared.
 */
public final class ReadingSpeed {
  private static final long BYTES = 100_000_000;
  private static final long MORSEL = 16 << 20;
  private static final List<String> INPUTS =
      List.of(
          "docs.jsonl", "numbers.jsonl", "rows39.csv", "rows100.csv", "precise.csv", "quoted.csv");
  private static final String[] WORDS = {
    "the", "of", "reading", "measured", "naïve", "straße", "data", "модель", "学习", "quality", "a",
    "sample", "and", "in", "to", "tokens", "训练数据", "réseau", "with", "is", "that", "filter"
  };

  private ReadingSpeed() {}

  /** Generates what is missing, then measures. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Files.createDirectories(folder);
    List<String> wanted = args.length > 2 ? List.of(args).subList(2, args.length) : INPUTS;
    for (String name : wanted) {
      Path path = folder.resolve(name);
      if (!Files.exists(path)) {
        generate(name, path);
      }
    }
    for (String name : wanted) {
      measure(folder, name, rounds);
    }
  }

  private static void measure(Path folder, String name, int rounds) throws IOException {
    Path path = folder.resolve(name);
    InputFile file = new InputFile(name, path.toString(), Files.size(path), -1);
    FileReading<?> reading = reading(folder, file);
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-14s", name));
    double best = 0;
    for (int round = 0; round < rounds; round++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      read(reading, new Sink(false));
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      double speed = file.bytes() * 1e3 / nanos;
      best = Math.max(best, speed);
      line.append(String.format(Locale.ROOT, " %4.0f", speed));
    }
    Sink sink = new Sink(true);
    read(reading, sink);
    System.out.printf(
        Locale.ROOT,
        "%s | best %.0f MB/s | %d samples, %d set aside, %s %x%n",
        line,
        best,
        sink.digest.count(),
        sink.quarantined,
        sink.digest.of(sink.schema).substring(0, 16),
        sink.places);
  }

  private static FileReading<?> reading(Path folder, InputFile file) throws IOException {
    List<InputFile> files = List.of(file);
    if (file.name().endsWith(".csv")) {
      Schema schema = CsvFormat.infer(CsvSettings.DETECTED, files);
      CsvFormat format = new CsvFormat(CsvSettings.DETECTED, files, schema);
      return new FileReading<>(Collected.source(folder), files, format);
    }
    Schema schema = JsonlFormat.infer(JsonlSettings.DETECTED, files);
    JsonlFormat format = new JsonlFormat(JsonlSettings.DETECTED, files, schema);
    return new FileReading<>(Collected.source(folder), files, format);
  }

  private static void read(FileReading<?> reading, Sink sink) throws IOException {
    try (MorselCutter cutter = reading.cutter(MORSEL)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, sink);
      }
    }
  }

  private static final class Sink implements Outcome {
    private final boolean digests;
    private final Digest digest = new Digest();
    private Schema schema = Schema.of();
    private long quarantined;
    private long places;
    private long rows;

    Sink(boolean digests) {
      this.digests = digests;
    }

    @Override
    public void keep(Batch batch) {
      rows += batch.count();
      if (digests) {
        schema = batch.schema();
        places = 31 * places + batch.count();
        digest.add(batch);
      }
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      quarantined++;
      places = 31 * places + place.hashCode() + fault.hashCode() + field.hashCode() + raw.length;
    }

    @Override
    public void created(long samples) {}

    @Override
    public void merged(long samples) {}

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {}

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {}
  }

  private static void generate(String name, Path path) throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
      StringBuilder row = new StringBuilder();
      long written = 0;
      if (name.endsWith(".csv")) {
        written += put(out, header(name));
      }
      for (long id = 0; written < BYTES; id++) {
        row.setLength(0);
        switch (name) {
          case "docs.jsonl" -> document(row, id, random);
          case "numbers.jsonl" -> numbers(row, id, random);
          case "rows39.csv" -> row39(row, id, random);
          case "rows100.csv" -> row100(row, id, random);
          case "precise.csv" -> precise(row, random);
          case "quoted.csv" -> quoted(row, id, random);
          default -> throw new IllegalArgumentException("input must be one of " + INPUTS);
        }
        written += put(out, row.append('\n').toString());
      }
    }
  }

  private static int put(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    return bytes.length;
  }

  private static String header(String name) {
    return switch (name) {
      case "rows39.csv" -> "id,x,y,kind,n\n";
      case "rows100.csv" -> "id,a,b,c,d,city,when,note,flag\n";
      case "precise.csv" -> "a,b,c,d\n";
      default -> "id,title,text\n";
    };
  }

  private static void text(StringBuilder row, int bytes, boolean json, SplittableRandom random) {
    int end = row.length() + bytes;
    while (row.length() < end) {
      row.append(WORDS[(int) (WORDS.length * random.nextDouble() * random.nextDouble())]);
      int break_ = random.nextInt(40);
      String between = break_ == 0 ? "\n" : break_ == 1 ? "\"" : " ";
      if (json) {
        between = break_ == 0 ? "\\n" : break_ == 1 ? "\\\"" : between;
      } else {
        between = break_ == 1 ? "\"\"" : break_ == 2 ? ", " : between;
      }
      row.append(between);
    }
  }

  private static void document(StringBuilder row, long id, SplittableRandom random) {
    row.append("{\"id\":").append(id).append(",\"url\":\"https://example.org/p/").append(id);
    row.append("\",\"lang\":\"en\",\"score\":").append(random.nextInt(10_000) / 1e4);
    row.append(",\"text\":\"");
    text(row, 600 + random.nextInt(4600), true, random);
    row.append("\",\"ok\":").append(random.nextBoolean()).append('}');
  }

  private static void numbers(StringBuilder row, long id, SplittableRandom random) {
    row.append("{\"id\":").append(id).append(",\"time\":").append(1_700_000_000_000L + 977 * id);
    for (char c = 'a'; c < 'h'; c++) {
      row.append(",\"").append(c).append("_value\":");
      row.append((random.nextInt(20_000_000) - 10_000_000) / 1e4);
    }
    row.append('}');
  }

  private static void row39(StringBuilder row, long id, SplittableRandom random) {
    row.append(id).append(',').append((random.nextInt(2_000_000) - 1_000_000) / 1e4);
    row.append(',').append(random.nextInt(1_000_000) / 1e3).append(',');
    row.append(WORDS[random.nextInt(3)]).append(',').append(random.nextInt(1_000_000));
  }

  private static void row100(StringBuilder row, long id, SplittableRandom random) {
    row.append(id);
    for (int i = 0; i < 4; i++) {
      row.append(',');
      if (random.nextInt(50) != 0) {
        row.append((random.nextInt(2_000_000) - 1_000_000) / 1e4);
      }
    }
    row.append(',').append(WORDS[random.nextInt(WORDS.length)]);
    row.append(",2024-0").append(1 + random.nextInt(9)).append('-').append(10 + random.nextInt(18));
    row.append(',').append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    row.append("a note of thirty letters, no".replace(",", ";")).append(random.nextInt(99));
    row.append(',').append(random.nextBoolean());
  }

  private static void precise(StringBuilder row, SplittableRandom random) {
    for (int i = 0; i < 4; i++) {
      row.append(i == 0 ? "" : ",").append(random.nextDouble() - 0.5);
    }
  }

  private static void quoted(StringBuilder row, long id, SplittableRandom random) {
    row.append(id).append(",\"Title, the ").append(random.nextInt(1000)).append("th\",\"");
    text(row, 50 + random.nextInt(900), false, random);
    row.append('"');
  }
}
