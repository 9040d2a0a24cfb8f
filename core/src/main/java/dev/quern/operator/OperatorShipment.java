package dev.quern.operator;

import dev.quern.engine.Reading;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.TaskShipment;
import dev.quern.format.json.Json;
import dev.quern.format.parquet.FieldEncryption;
import dev.quern.format.parquet.FieldKeys;
import dev.quern.format.parquet.ShardDigests;
import dev.quern.format.parquet.VersionReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What operators need beside their parameters to do tasks in another process.
 *
 * @param fits by key, as JSON
 * @param secrets by reference
 * @param inputs what quarantine keeps of input that did not become a sample
 */
record OperatorShipment(
    Map<String, String> fits, Map<String, byte[]> secrets, OperatorTasks.Inputs inputs)
    implements TaskShipment {

  /** Packs what {@code tasks} need. */
  static OperatorShipment of(
      Collection<Task> tasks,
      Registry registry,
      Fits fits,
      Secrets secrets,
      OperatorTasks.Inputs inputs) {
    Map<String, String> fitted = new HashMap<>();
    Map<String, byte[]> resolved = new HashMap<>();
    for (Task task : tasks) {
      task.fit().ifPresent(key -> fitted.put(key, Json.write(fits.fit(key).values())));
      if (task.operator().equals(MetricSet.NAME)) {
        // Analyzers know no secrets.
        continue;
      }
      if (task.operator().equals(Suppression.NAME)) {
        resolved.put(Suppression.SECRET, secrets.secret(Suppression.SECRET));
        continue;
      }
      OperatorSpec spec = registry.find(task.operator()).orElseThrow();
      Params params = OperatorTasks.params(spec, task);
      for (Param<?> param : spec.params()) {
        if (param.kind() == Param.Kind.SECRET
            && params.find(param).orElse(null) instanceof String reference) {
          resolved.put(reference, secrets.secret(reference));
        }
      }
    }
    return new OperatorShipment(fitted, resolved, inputs);
  }

  /** Returns the keys that encrypted fields of {@code versions} name, by reference. */
  static Map<String, byte[]> keys(Collection<Stored> versions, Secrets secrets) throws IOException {
    Map<String, byte[]> keys = new HashMap<>();
    FieldKeys noting =
        reference -> {
          keys.computeIfAbsent(reference, secrets::secret);
          return secrets.fieldKeys().keyset(reference);
        };
    for (Stored version : versions) {
      for (Shard shard : version.shards()) {
        FieldEncryption.of(Path.of(shard.path()), noting, "");
      }
    }
    return keys;
  }

  /** Returns this shipment with more secrets, by reference. */
  OperatorShipment with(Map<String, byte[]> more) {
    Map<String, byte[]> all = new HashMap<>(secrets);
    all.putAll(more);
    return new OperatorShipment(fits, all, inputs);
  }

  @Override
  public TaskResolver unpack(ClassLoader loader) {
    Fits unpacked =
        key -> {
          String json = fits.get(key);
          if (json == null) {
            throw new IllegalStateException("fit must be sent with its tasks; found: none");
          }
          return new Fit(Json.parseObject(json));
        };
    return new OperatorTasks(Registry.load(loader), unpacked, known(), inputs);
  }

  private Secrets known() {
    return reference -> {
      byte[] secret = secrets.get(reference);
      return secret == null ? Secrets.NONE.secret(reference) : secret.clone();
    };
  }

  @Override
  public Reading version(Stored stored) {
    return new VersionReading(
        stored, stored.source(), stored.schema(), new ShardDigests(), known().fieldKeys());
  }

  /** Says nothing of what it holds. */
  @Override
  public String toString() {
    return "shipment of " + fits.size() + " fits and " + secrets.size() + " secrets";
  }
}
