package dev.quern.run;

import dev.quern.format.parquet.FieldKeys;
import dev.quern.operator.KeyringSecrets;
import dev.quern.operator.Secrets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How to run a recipe.
 *
 * @param workspace the folder that holds datasets, runs and models
 * @param threads worker threads; results do not depend on it
 * @param memoryBytes what buffers, sorts and writers may take together
 * @param limit how many samples to read from each source, for a quick look
 * @param locale the language of the report
 * @param secrets resolves references to keys
 * @param cpuHourPrice what an hour of CPU time costs, for the report
 * @param morselBytes wanted size of the pieces of input that are worked on at once (decoded bytes);
 *     empty to derive it from the input; results do not depend on it
 * @param log how much the run's log tells
 * @param engine the name of the engine
 */
public record RunOptions(
    Path workspace,
    int threads,
    long memoryBytes,
    OptionalLong limit,
    Locale locale,
    Secrets secrets,
    OptionalDouble cpuHourPrice,
    OptionalLong morselBytes,
    LogLevel log,
    String engine) {

  /** Makes options with the usual log. */
  public RunOptions(
      Path workspace,
      int threads,
      long memoryBytes,
      OptionalLong limit,
      Locale locale,
      Secrets secrets,
      OptionalDouble cpuHourPrice,
      OptionalLong morselBytes) {
    this(
        workspace,
        threads,
        memoryBytes,
        limit,
        locale,
        secrets,
        cpuHourPrice,
        morselBytes,
        LogLevel.INFO,
        "local");
  }

  /** Makes options that derive the size of morsels from the input. */
  public RunOptions(
      Path workspace,
      int threads,
      long memoryBytes,
      OptionalLong limit,
      Locale locale,
      Secrets secrets,
      OptionalDouble cpuHourPrice) {
    this(
        workspace,
        threads,
        memoryBytes,
        limit,
        locale,
        secrets,
        cpuHourPrice,
        OptionalLong.empty());
  }

  /** Returns what resolves references to secrets and to keysets of the workspace's keyring. */
  @Override
  public Secrets secrets() {
    return KeyringSecrets.of(workspace.resolve("keys"), secrets);
  }

  /** Returns what finds the keys of encrypted fields. */
  public FieldKeys fieldKeys() {
    return secrets().fieldKeys();
  }

  /** Returns these options with a log that tells events from {@code least} on. */
  public RunOptions withLog(LogLevel least) {
    return with(least, engine);
  }

  /** Returns these options with the engine called {@code name}. */
  public RunOptions withEngine(String name) {
    return with(log, name);
  }

  /** Returns these options with other secrets. */
  public RunOptions withSecrets(Secrets other) {
    return new RunOptions(
        workspace,
        threads,
        memoryBytes,
        limit,
        locale,
        other,
        cpuHourPrice,
        morselBytes,
        log,
        engine);
  }

  private RunOptions with(LogLevel least, String name) {
    return new RunOptions(
        workspace,
        threads,
        memoryBytes,
        limit,
        locale,
        secrets,
        cpuHourPrice,
        morselBytes,
        least,
        name);
  }

  /** Returns the options a program on this machine starts with: all cores, half of the heap. */
  public static RunOptions in(Path workspace) {
    Runtime runtime = Runtime.getRuntime();
    return new RunOptions(
        workspace,
        runtime.availableProcessors(),
        runtime.maxMemory() / 2,
        OptionalLong.empty(),
        Locale.ENGLISH,
        Secrets.NONE,
        OptionalDouble.empty());
  }
}
