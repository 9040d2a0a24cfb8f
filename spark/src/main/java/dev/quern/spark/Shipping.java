package dev.quern.spark;

import dev.quern.engine.EngineSetting;
import dev.quern.engine.Pass;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.engine.TaskShipment;
import dev.quern.engine.pass.FolderStages;
import dev.quern.engine.pass.Portable;
import dev.quern.engine.pass.Readings;
import dev.quern.engine.pass.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Sends the stages of one pass to workers. */
final class Shipping {
  private final JavaSparkContext context;
  private final EngineSetting setting;
  private final Pass pass;
  private final Readings readings;
  private final Storage storage;
  private final TaskShipment tasks;
  private final Map<Integer, List<FolderStages.NamedLinks>> links = new HashMap<>();

  Shipping(
      JavaSparkContext context,
      EngineSetting setting,
      Pass pass,
      Readings readings,
      Storage storage)
      throws IOException {
    this.context = context;
    this.setting = setting;
    this.pass = pass;
    this.readings = readings;
    this.storage = storage;
    this.tasks = setting.shipper().ship(tasks(pass), versions(pass));
  }

  JavaSparkContext context() {
    return context;
  }

  Storage storage() {
    return storage;
  }

  /** Takes note of the files of a stage whose samples have been connected. */
  void linked(int stage, List<FolderStages.NamedLinks> files) throws IOException {
    links.put(stage, List.copyOf(files));
    if (storage instanceof HadoopStorage hadoop) {
      for (FolderStages.NamedLinks names : files) {
        hadoop.offer(names.samples());
        hadoop.offer(names.names());
      }
    }
  }

  /** Returns the sealed parcel of {@code stage}. */
  Broadcast<byte[]> parcel(Stage stage, byte[] seal) throws IOException {
    List<StageShipment.Folded> folds = new ArrayList<>();
    for (Pass.Fold fold : pass.folds()) {
      folds.add(new StageShipment.Folded(fold.task(), fold.at().schema()));
    }
    StageShipment shipment =
        new StageShipment(
            storage.offered(stage),
            readings.files(),
            setting.run(),
            new LinkedHashSet<>(pass.settled()),
            pass.traces(),
            folds,
            tasks,
            storage,
            new HashMap<>(links));
    return context.broadcast(Parcel.close(Portable.write(shipment), seal));
  }

  /** Returns every task of {@code pass}. */
  private static Set<Task> tasks(Pass pass) {
    Set<Task> tasks = new LinkedHashSet<>();
    collect(pass.samples(), new IdentityHashMap<>(), tasks);
    pass.folds().forEach(fold -> tasks.add(fold.task()));
    pass.writer().ifPresent(tasks::add);
    return tasks;
  }

  /** Returns what {@code pass} reads that is stored as Parquet. */
  private static Set<Stored> versions(Pass pass) {
    Set<Stored> versions = new LinkedHashSet<>();
    stored(pass.samples(), new IdentityHashMap<>(), versions);
    return versions;
  }

  private static void stored(Samples samples, Map<Samples, Boolean> seen, Set<Stored> versions) {
    if (seen.put(samples, true) != null) {
      return;
    }
    if (samples instanceof Samples.FromStored from
        && from.stored().format() == Stored.Format.PARQUET) {
      versions.add(from.stored());
    }
    samples.inputs().forEach(input -> stored(input, seen, versions));
  }

  private static void collect(Samples samples, Map<Samples, Boolean> seen, Set<Task> tasks) {
    if (seen.put(samples, true) != null) {
      return;
    }
    if (samples instanceof Samples.Read read) {
      tasks.add(read.reader());
    } else if (samples instanceof Samples.Mapped mapped) {
      tasks.add(mapped.task());
    } else if (samples instanceof Samples.Grouped grouped) {
      tasks.add(grouped.task());
    } else if (samples instanceof Samples.Connected connected) {
      tasks.add(connected.task());
    }
    samples.inputs().forEach(input -> collect(input, seen, tasks));
  }
}
