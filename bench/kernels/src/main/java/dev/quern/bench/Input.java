package dev.quern.bench;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Reader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A file in a temporary folder, read by one of Quern's readers with one thread. */
final class Input implements Outcome {
  private final Reading reading;
  private Consumer<Batch> receiver = batch -> {};
  private long kept;

  private Input(Reading reading) {
    this.reading = reading;
  }

  static Input of(OperatorSpec spec, String name, String text) throws IOException {
    Path folder = Files.createTempDirectory("quern-kernels");
    Path file = Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    file.toFile().deleteOnExit();
    folder.toFile().deleteOnExit();
    Params params =
        Params.read(spec.params(), Map.of("path", file.toString()), new ArrayList<>()).orElseThrow();
    Reader reader = (Reader) spec.create().apply(params);
    Source source = new Source(0, "s", folder.toString(), folder.toString(), Split.NONE, List.of());
    List<InputFile> files = reader.files(source, attempts -> {});
    Schema schema = reader.infer(source, files);
    return new Input(reader.bind(source, files, schema, new RunContext(7)));
  }

  /** Returns how many samples the file has; each batch goes to {@code to}. */
  long read(Consumer<Batch> to) throws IOException {
    receiver = to;
    kept = 0;
    try (MorselCutter cutter = reading.cutter(1 << 20)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, this);
      }
    }
    return kept;
  }

  /** Eight megabytes of a table: six numbers and two short texts, 1 % holes. */
  static String table() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder csv = new StringBuilder("id,a,b,c,d,e,city,state\n");
    for (int i = 0; csv.length() < 8 << 20; i++) {
      csv.append(i).append(',').append(random.nextInt(1000)).append(',');
      csv.append(Math.round(random.nextDouble() * 1e6) / 1e4).append(',');
      csv.append(random.nextInt(100) == 0 ? "" : Integer.toString(random.nextInt(90))).append(',');
      csv.append(Math.round(random.nextDouble() * 1e8) / 1e5).append(',');
      csv.append(random.nextLong(1_000_000_000L)).append(",city ").append(random.nextInt(50));
      csv.append(',').append(random.nextBoolean() ? "new" : "used").append('\n');
    }
    return csv.toString();
  }

  /** Eight megabytes of documents of about 3 kB in two scripts with escapes. */
  static String documents() {
    SplittableRandom random = new SplittableRandom(2);
    String[] words = {"alpha", "слово", "with \\\"quotes\\\"", "数据", "plain", "line\\nbreak", "of", "the"};
    StringBuilder lines = new StringBuilder();
    for (int i = 0; lines.length() < 8 << 20; i++) {
      lines.append("{\"id\":").append(i).append(",\"url\":\"https://www.example.org/").append(i);
      lines.append("\",\"score\":0.5,\"text\":\"");
      for (int w = random.nextInt(100, 900); w > 0; w--) {
        lines.append(words[random.nextInt(words.length)]).append(' ');
      }
      lines.append("\"}\n");
    }
    return lines.toString();
  }

  @Override
  public void keep(Batch batch) {
    kept += batch.count();
    receiver.accept(batch);
  }

  @Override
  public void created(long samples) {}

  @Override
  public void merged(long samples) {}

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {}

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    throw new IllegalStateException("generated data must be read whole");
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    throw new IllegalStateException("generated data must be read whole");
  }
}
