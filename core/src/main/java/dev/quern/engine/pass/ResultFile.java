package dev.quern.engine.pass;

import dev.quern.engine.Cost;
import dev.quern.engine.DataException;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Shard;
import dev.quern.engine.StepCounts;
import dev.quern.engine.Stored;
import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The result of a finished pass in its folder: the next execution is answered from it.
 *
 * @param identity of the pass
 */
record ResultFile(PassFolder folder, String identity) {
  static final String NAME = "result.json";

  /** Returns the names of the files that {@link #save} writes. */
  static Set<String> names(PassResult result) {
    return names(result.states().size());
  }

  /** Returns the names of the files of a result with so many folds. */
  static Set<String> names(int folds) {
    Set<String> names = new TreeSet<>(Set.of(NAME));
    for (int i = 0; i < folds; i++) {
      names.add("fold" + i + ".state");
    }
    return names;
  }

  /** Writes {@code result}. */
  void save(PassResult result) throws IOException {
    Map<String, Object> checksums = new TreeMap<>();
    for (int i = 0; i < result.states().size(); i++) {
      String name = "fold" + i + ".state";
      folder.write(name, result.states().get(i));
      checksums.put(name, PassFolder.checksum(result.states().get(i)));
    }
    for (List<Path> aside : List.of(result.dropped(), result.changed(), result.quarantined())) {
      for (Path file : aside) {
        checksums.put(name(file), folder.checksum(file));
      }
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("pass", identity);
    map.put("digest", result.digest());
    map.put("folds", (long) result.states().size());
    map.put("splits", TaskLine.longs(result.splits()));
    List<@Nullable Object> shards = new ArrayList<>();
    for (Shard shard : result.stored().shards()) {
      shards.add(
          List.of(name(Path.of(shard.path())), shard.sha256(), shard.samples(), shard.bytes()));
    }
    map.put("shards", shards);
    Map<String, @Nullable Object> steps = new LinkedHashMap<>();
    result.steps().forEach((step, counts) -> steps.put(step, TaskLine.counts(counts)));
    map.put("steps", steps);
    map.put("dropped", result.dropped().stream().map(ResultFile::name).toList());
    map.put("changed", result.changed().stream().map(ResultFile::name).toList());
    map.put("quarantined", result.quarantined().stream().map(ResultFile::name).toList());
    map.put("checksums", checksums);
    Set<String> files = new TreeSet<>(names(result));
    files.addAll(checksums.keySet());
    result.stored().shards().forEach(shard -> files.add(name(Path.of(shard.path()))));
    String text = SealedJson.write(text().written(map, files, folder.file(NAME)));
    folder.writeClear(NAME, text.getBytes(StandardCharsets.UTF_8));
  }

  private SealedText text() {
    return new SealedText(folder.files());
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /**
   * Returns the result if this pass is finished and its files are there; it cost nothing now. What
   * is not as it was written is told to {@code progress}, and the pass is done anew.
   */
  Optional<PassResult> load(Pass pass, Progress progress) throws IOException {
    try {
      return loaded(pass, progress);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // Not finished.
    } catch (IllegalArgumentException e) {
      progress.damaged(folder.file(NAME));
      return Optional.empty();
    } catch (DataException e) {
      PassFolder.isDamage(folder.file(NAME), e, progress);
      return Optional.empty();
    }
  }

  private Optional<PassResult> loaded(Pass pass, Progress progress) throws IOException {
    Path file = folder.file(NAME);
    Map<String, @Nullable Object> map = text().read(SealedJson.read(file), file);
    if (!identity.equals(map.get("pass"))) {
      return Optional.empty();
    }
    for (Map.Entry<String, @Nullable Object> one : Json.object(map.get("checksums")).entrySet()) {
      TaskLine.Beside beside = new TaskLine.Beside(one.getKey(), TaskLine.text(one.getValue()));
      if (!folder.isWhole(beside, progress)) {
        return Optional.empty();
      }
    }
    Path at =
        pass.output() instanceof Pass.Output.Written written
            ? written.shards().toAbsolutePath()
            : folder.path();
    List<Shard> shards = new ArrayList<>();
    for (Object entry : Json.list(map.get("shards"))) {
      List<@Nullable Object> shard = TaskLine.list(entry, 4);
      Path path = at.resolve(TaskLine.text(shard.get(0)));
      long bytes = TaskLine.number(shard.get(3));
      boolean written = pass.output() instanceof Pass.Output.Written;
      boolean there =
          written
              ? Files.exists(path) && Files.size(path) == bytes
              : folder.isThere(path, bytes, progress);
      if (!there) {
        return Optional.empty();
      }
      shards.add(
          new Shard(
              path.toString(), TaskLine.text(shard.get(1)), TaskLine.number(shard.get(2)), bytes));
    }
    List<byte[]> states = new ArrayList<>();
    for (int i = 0; i < TaskLine.number(map.get("folds")); i++) {
      states.add(folder.files().content(folder.file("fold" + i + ".state")));
    }
    Map<String, StepCounts> steps = new LinkedHashMap<>();
    Json.object(map.get("steps"))
        .forEach((step, counts) -> steps.put(step, TaskLine.counts(counts)));
    Stored.Format format =
        pass.output() instanceof Pass.Output.Written ? Stored.Format.PARQUET : Stored.Format.BLOCKS;
    return Optional.of(
        new PassResult(
            new Stored(pass.samples().key(), pass.samples().schema(), format, List.copyOf(shards)),
            TaskLine.text(map.get("digest")),
            states,
            steps,
            TaskLine.array(map.get("splits"), 4),
            paths(map.get("dropped")),
            paths(map.get("changed")),
            paths(map.get("quarantined")),
            Cost.ZERO));
  }

  private List<Path> paths(@Nullable Object names) {
    List<Path> paths = new ArrayList<>();
    Json.list(names).forEach(name -> paths.add(folder.file(TaskLine.text(name))));
    return paths;
  }
}
