package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.InputFile;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Source;
import dev.quern.engine.StepCounts;
import dev.quern.engine.Task;
import dev.quern.engine.Writing;
import dev.quern.engine.local.LocalEngine;
import dev.quern.engine.local.LocalOptions;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Reader;
import dev.quern.operator.Registry;
import dev.quern.operator.Writer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What every reader of the catalogs promises, over files that are written for it. */
class ReaderContractTest {
  private static final Registry REGISTRY = Registry.load(ReaderContractTest.class.getClassLoader());
  private static final String STEP = "read";
  private static final int SAMPLES = 300;

  @TempDir private Path folder;
  private int passes;

  /**
   * Files for a reader.
   *
   * @param parameters in YAML flow style
   * @param kept samples that can be read
   * @param quarantined that cannot
   */
  private record Fixture(String parameters, long kept, long quarantined) {}

  /** All that came out of a read, for comparison. */
  private record Found(
      String digest,
      List<String> ids,
      List<Map<String, @Nullable Object>> samples,
      StepCounts counts,
      List<String> quarantined) {}

  @TestFactory
  Stream<DynamicNode> everyReaderKeepsItsContract() {
    List<OperatorSpec> readers =
        REGISTRY.operators().stream().filter(spec -> spec.stage().equals("acquire")).toList();
    assertThat(readers).hasSizeGreaterThan(5);
    return readers.stream().map(spec -> DynamicTest.dynamicTest(spec.name(), () -> check(spec)));
  }

  private void check(OperatorSpec spec) throws IOException {
    Fixture fixture = fixture(spec);
    Params params = Trial.params(spec, fixture.parameters());
    long size = size(spec, params);
    Found whole = read(spec, params, 1, size + 1);
    assertThat(whole.samples()).hasSize(Math.toIntExact(fixture.kept()));
    assertThat(whole.ids()).doesNotHaveDuplicates();
    assertThat(whole.counts().kept()).isEqualTo(fixture.kept());
    assertThat(whole.counts().quarantined()).isEqualTo(fixture.quarantined());
    assertThat(whole.counts().isConserved()).as("%s", whole.counts()).isTrue();
    assertThat(whole.quarantined()).hasSize(Math.toIntExact(fixture.quarantined()));
    for (int threads : new int[] {1, 2}) {
      for (long morsels : new long[] {1, 3, 7, 40}) {
        assertThat(read(spec, params, threads, Math.max(1, (size - 1) / morsels + 1)))
            .as("%s threads, %s morsels", threads, morsels)
            .isEqualTo(whole);
      }
    }
  }

  private Source source() {
    return new Source(
        3, "source", folder.toString(), folder.resolve("cache").toString(), Split.NONE, List.of());
  }

  private long size(OperatorSpec spec, Params params) throws IOException {
    Reader reader = (Reader) spec.create().apply(params);
    List<InputFile> files = reader.files(source(), attempts -> {});
    Schema schema = reader.infer(source(), files);
    return reader.bind(source(), files, schema, new RunContext(42)).bytes();
  }

  private Found read(OperatorSpec spec, Params params, int threads, long morsel)
      throws IOException {
    Reader reader = (Reader) spec.create().apply(params);
    Schema schema = reader.infer(source(), reader.files(source(), attempts -> {}));
    Task task =
        new Task(
            STEP,
            spec.name(),
            spec.revision(),
            params.canonical(),
            Task.Scope.ALL,
            Optional.empty());
    Samples samples = Samples.read(task, source(), schema, "content");
    List<Batch> batches = new ArrayList<>();
    Pass pass =
        new Pass(
            samples,
            new Pass.Output.Handed(batch -> batches.add(batch.compact())),
            List.of(),
            folder.resolve("pass" + passes++),
            Set.of());
    OperatorTasks tasks =
        new OperatorTasks(
            REGISTRY,
            key -> {
              throw new IllegalStateException("a read must need no fit");
            },
            Trial.SECRETS);
    LocalOptions options = new LocalOptions(threads, 64 << 20, OptionalLong.of(morsel));
    try (LocalEngine engine =
        new LocalEngine(
            options,
            tasks,
            new RunContext(42),
            stored -> {
              throw new IllegalStateException("a read must need no version");
            })) {
      return found(engine.execute(pass, Progress.NONE), batches);
    }
  }

  private static Found found(PassResult result, List<Batch> batches) throws IOException {
    List<String> ids = new ArrayList<>();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.count(); i++) {
        ids.add(batch.keys().id(batch.row(i)).toString());
      }
    }
    StepCounts counts = result.steps().getOrDefault(STEP, StepCounts.ZERO);
    List<String> quarantined = new ArrayList<>();
    for (Path file : result.quarantined()) {
      for (String line : Files.readAllLines(file)) {
        quarantined.add(line);
        Map<String, @Nullable Object> told = Json.parseObject(line);
        // The bytes as read are what quarantine is for; all else must not tell them.
        told.remove("raw");
        assertThat(told.toString()).doesNotContain(Gen.CANARY);
      }
    }
    return new Found(
        result.digest(),
        ids,
        JsonSamples.plain(batches).stream().map(ReaderContractTest::comparable).toList(),
        new StepCounts(
            counts.read(),
            counts.created(),
            counts.kept(),
            counts.merged(),
            counts.quarantined(),
            counts.dropped(),
            counts.quarantineRules(),
            counts.changed(),
            counts.found(),
            0),
        quarantined);
  }

  /** Arrays of bytes are equal by identity only. */
  private static Map<String, @Nullable Object> comparable(Map<String, @Nullable Object> sample) {
    sample.replaceAll(
        (name, value) ->
            value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : value);
    return sample;
  }

  /** Writes files for the reader; a new reader needs a line here. */
  private Fixture fixture(OperatorSpec spec) throws IOException {
    return switch (spec.name()) {
      case "acquire.csv" -> {
        String broken = "\"" + Gen.CANARY + "\",1,2,3,4,5,6,7,8,9\n";
        yield table("csv", broken);
      }
      case "acquire.jsonl" -> table("jsonl", "{\"a\": " + Gen.CANARY + "}\n");
      case "acquire.parquet" -> table("parquet", "");
      case "acquire.text" -> {
        StringBuilder lines = new StringBuilder();
        Gen gen = new Gen(5);
        for (int i = 0; i < SAMPLES; i++) {
          lines.append(i).append(gen.text().replace('\n', ' ')).append('\n');
        }
        Path file = Files.writeString(folder.resolve("poem.txt"), lines);
        byte[] broken = (Gen.CANARY + "\n").getBytes(StandardCharsets.UTF_8);
        broken[3] = (byte) 0xff;
        Files.write(file, broken, StandardOpenOption.APPEND);
        yield new Fixture("{path: poem.txt, sample: line}", SAMPLES, 1);
      }
      case "acquire.files" -> {
        for (int i = 0; i < 20; i++) {
          Path kind = Files.createDirectories(folder.resolve("images").resolve("kind" + i % 3));
          Files.write(kind.resolve(i + ".png"), new byte[100 + 37 * i]);
        }
        yield new Fixture("{path: images, label_from: folder}", 20, 0);
      }
      case "acquire.label_studio" -> {
        StringBuilder tasks = new StringBuilder("[");
        for (int i = 0; i < SAMPLES; i++) {
          tasks.append(i == 0 ? "\n" : ",\n").append("{\"id\": ").append(i);
          tasks.append(", \"data\": {\"sample_id\": \"").append(i).append("\", \"n\": ").append(i);
          tasks.append("}, \"annotations\": [{\"result\": []}]}");
        }
        Files.writeString(folder.resolve("tasks.json"), tasks + "\n]\n");
        yield new Fixture("{path: tasks.json}", SAMPLES, 0);
      }
      case "acquire.synthetic" ->
          new Fixture(
              "{samples: " + SAMPLES + ", fields: {n: sequence(), x: \"normal(0, 1)\"}}",
              SAMPLES,
              0);
      default -> throw new AssertionError("files must be written for " + spec.name());
    };
  }

  /** Two files of generated samples, and a line that is no sample. */
  private Fixture table(String format, String broken) throws IOException {
    Schema schema =
        Schema.of(Field.of("a", Type.TEXT), Field.of("b", Type.LONG), Field.of("c", Type.DOUBLE));
    Writer writer =
        (Writer)
            REGISTRY
                .find("export." + format)
                .map(spec -> spec.create().apply(Trial.params(spec, "{}")))
                .orElseThrow();
    for (int part = 0; part < 2; part++) {
      Path file = folder.resolve("part" + part + "." + format);
      try (Writing.Output out = writer.bind(schema).open(file)) {
        out.write(new Gen(part + 1).samples(0, schema, SAMPLES / 2));
      }
      if (part == 1 && !broken.isEmpty()) {
        Files.writeString(file, broken, StandardOpenOption.APPEND);
      }
    }
    return new Fixture("{path: \"part*." + format + "\"}", SAMPLES, broken.isEmpty() ? 0 : 1);
  }
}
