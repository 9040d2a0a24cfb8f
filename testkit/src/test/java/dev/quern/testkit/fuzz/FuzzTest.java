package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of what comes from outside, fed with mutated inputs: only declared exceptions, no
 * text of samples in them, no hang, no memory out of proportion, and results that depend on neither
 * cuts nor ways.
 *
 * <p>A fixed number of inputs from a fixed seed; with {@code -Dquern.fuzz.seconds=N} for N seconds
 * in all from {@code -Dquern.fuzz.seed} or a new one. {@code -Dquern.fuzz.target=NAME} takes one
 * target, {@code -Dquern.fuzz.input=BASE64} feeds it what a failure told.
 */
class FuzzTest {
  private static final long SEED = 20240229;

  @TempDir private static Path folder;

  /** Inputs by target: what takes about as long each. */
  private static final Map<String, Integer> INPUTS =
      Map.of(
          "csv",
          300,
          "json",
          250,
          "lines",
          250,
          "plain_json",
          10_000,
          "expression",
          1_000,
          "recipe",
          120,
          "manifest",
          120,
          "journal",
          120,
          "blocks",
          400,
          "parquet",
          250);

  private static FuzzTarget target(String name) throws IOException {
    Registry registry = Registry.load(FuzzTest.class.getClassLoader());
    Path own = Files.createDirectories(folder.resolve(name));
    Path root = Path.of(System.getProperty("quern.root", ".."));
    return switch (name) {
      case "csv" -> new CsvTarget(own);
      case "json" -> new JsonTarget(own);
      case "lines" -> new LinesTarget(own);
      case "plain_json" -> new PlainJsonTarget();
      case "expression" -> new ExpressionTarget(registry);
      case "recipe" -> new RecipeTarget(registry, own, root.resolve("examples"));
      case "manifest" -> new ManifestTarget(workspace(registry, own), "made");
      case "journal" -> new JournalTarget(own);
      case "blocks" -> new BlocksTarget(own);
      case "parquet" -> new ParquetTarget(own);
      default -> throw new IllegalArgumentException("target must be one of " + INPUTS.keySet());
    };
  }

  /** Makes a workspace in which a dataset has a version with fits and splits. */
  private static Path workspace(Registry registry, Path own) throws IOException {
    Files.writeString(own.resolve("made.csv"), "a,b,l\n" + "1,x,p\n2,,q\n3,z,p\n".repeat(20));
    Files.writeString(
        own.resolve("recipe.yaml"),
        """
        recipe: made
        seed: 1
        read: [ { acquire.csv: { path: made.csv } } ]
        roles: { l: label }
        steps:
          - diversity.split: { train: 0.5, test: 0.5 }
          - quality.impute: { fields: [b], with: mode }
        """);
    RunOptions options =
        new RunOptions(
            own.resolve("workspace"),
            1,
            64 << 20,
            OptionalLong.empty(),
            Locale.ENGLISH,
            Secrets.NONE,
            OptionalDouble.empty(),
            OptionalLong.empty());
    Run.execute(
        Planner.plan(registry, own.resolve("recipe.yaml"), List.of(), options),
        options,
        RunListener.NONE);
    return own.resolve("workspace");
  }

  @TestFactory
  Stream<DynamicTest> whateverIsFedIsReadOrRefused() {
    String chosen = System.getProperty("quern.fuzz.target", "");
    List<String> names =
        INPUTS.keySet().stream()
            .sorted()
            .filter(name -> chosen.isEmpty() || name.equals(chosen))
            .toList();
    assertThat(names).as("targets").isNotEmpty();
    long seconds = Long.getLong("quern.fuzz.seconds", 0);
    long seed =
        Long.getLong("quern.fuzz.seed", seconds == 0 ? SEED : new SplittableRandom().nextLong());
    String input = System.getProperty("quern.fuzz.input", "");
    return names.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name + " from seed " + seed,
                    () -> {
                      Fuzzer fuzzer = new Fuzzer(name, target(name));
                      if (!input.isEmpty()) {
                        fuzzer.replay(Base64.getDecoder().decode(input));
                      } else if (seconds > 0) {
                        timed(fuzzer, name, seed, seconds / (double) names.size());
                      } else {
                        int inputs = INPUTS.getOrDefault(name, 1);
                        assertThat(fuzzer.run(seed, number -> number < inputs)).isEqualTo(inputs);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatWasFoundOnceIsMended() throws IOException {
    String findings;
    try (InputStream in =
        Objects.requireNonNull(FuzzTest.class.getResourceAsStream("findings.txt"))) {
      findings = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String[]> all =
        findings
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" ", 3))
            .toList();
    assertThat(all).isNotEmpty();
    return all.stream()
        .map(
            finding ->
                DynamicTest.dynamicTest(
                    finding[0] + ": " + finding[2],
                    () ->
                        new Fuzzer(finding[0], target(finding[0]))
                            .replay(Base64.getDecoder().decode(finding[1]))));
  }

  private static void timed(Fuzzer fuzzer, String name, long seed, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long fed = fuzzer.run(seed, number -> System.nanoTime() < end);
    System.out.printf(Locale.ROOT, "fuzz %-10s seed %d: %,d inputs%n", name, seed, fed);
  }

  /** A target that is wrong in a way of its own for each input. */
  private record Wrong(String how) implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
      return TextFiles.bytes("0123456789");
    }

    @Override
    public List<byte[]> words() {
      return List.of();
    }

    @Override
    public void feed(byte[] input, SplittableRandom random) {
      String text = new String(input, StandardCharsets.ISO_8859_1);
      if (text.equals("0123456789")) {
        return;
      }
      switch (how) {
        case "throws" -> throw new IllegalStateException("undeclared");
        case "allocates" -> {
          long sum = 0;
          for (int i = 0; i < 100; i++) {
            sum += new byte[4 << 20].length;
          }
          assertThat(sum).isPositive();
        }
        case "tells" ->
            Harmless.check(
                new dev.quern.engine.DataException("x", "found: " + dev.quern.testkit.Gen.CANARY));
        default -> throw new IllegalArgumentException(how);
      }
    }
  }

  @Test
  void whatIsWrongIsFoundAndSeenAgain() {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("throws", "wrong fails: java.lang.IllegalStateException: undeclared");
    found.put("allocates", "wrong allocates ");
    found.put("tells", "wrong fails: java.lang.AssertionError: a message must not tell");
    found.forEach(
        (how, message) -> {
          Fuzzer fuzzer = new Fuzzer("wrong", new Wrong(how));
          AtomicLong fed = new AtomicLong();
          Throwable told =
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> fuzzer.run(1, number -> fed.incrementAndGet() < 100));
          assertThat(told).isInstanceOf(AssertionError.class).hasMessageStartingWith(message);
          String base64 = told.getMessage().replaceAll("(?s).*-Dquern.fuzz.input=", "");
          assertThatThrownBy(() -> fuzzer.replay(Base64.getDecoder().decode(base64)))
              .hasMessageStartingWith(message);
          // The same seed fails at the same input.
          assertThatThrownBy(() -> fuzzer.run(1, number -> true)).hasMessageContaining(base64);
        });
  }
}
