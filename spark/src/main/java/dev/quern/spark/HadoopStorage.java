package dev.quern.spark;

import dev.quern.engine.Samples;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.engine.pass.Ending;
import dev.quern.engine.pass.Feed;
import dev.quern.engine.pass.Origin;
import dev.quern.engine.pass.PassFolder;
import dev.quern.engine.pass.Piece;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.TaskLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkFiles;

/**
 * A folder of a file system of Hadoop, for machines that do not share the workspace. The driver
 * brings home what tasks have made, and brings there what they read.
 *
 * @param root address of the folder of the pass
 * @param objects address of what passes share, named by content
 * @param folder of the pass on the driver's machine
 */
record HadoopStorage(String root, String objects, String folder) implements Storage {
  /** Where shards lie in a worker's folder, and objects in that of its process. */
  private static final String SHARDS = "shards";

  @Override
  public Stage offered(Stage stage) throws IOException {
    List<Feed> feeds = new ArrayList<>();
    for (Feed feed : stage.feeds()) {
      feeds.add(feed.from(offered(feed.origin())));
    }
    return stage.with(List.copyOf(feeds), stage.ending());
  }

  private Origin offered(Origin origin) throws IOException {
    if (origin instanceof Origin.Blocks blocks) {
      for (List<TaskLine.Made> part : blocks.files()) {
        for (TaskLine.Made made : part) {
          offer(Path.of(folder).resolve(made.name()), root + "/" + made.name());
        }
      }
    }
    if (origin instanceof Origin.Reads reads
        && reads.samples() instanceof Samples.FromStored from) {
      for (Shard shard : from.stored().shards()) {
        offer(Path.of(shard.path()), objects + "/" + name(shard));
      }
    }
    return origin;
  }

  /** Offers the two files of samples that have been connected. */
  void offer(String name) throws IOException {
    offer(Path.of(folder).resolve(name), root + "/" + name);
  }

  private static void offer(Path local, String address) throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(address);
    FileSystem system = HadoopFiles.system(target);
    if (!system.exists(target) || system.getFileStatus(target).getLen() != Files.size(local)) {
      new HadoopFiles().put(local, address);
    }
  }

  private static String name(Shard shard) {
    return shard.sha256() + "-" + Path.of(shard.path()).getFileName();
  }

  @Override
  public void take(TaskLine line, Stage stage) throws IOException {
    for (String name : SharedFolder.names(line, stage)) {
      fetch(root + "/" + name, Path.of(folder).resolve(name));
    }
    if (stage.ending() instanceof Ending.Shards shards && line.file() != null) {
      String name = line.file().name();
      fetch(root + "/" + name, Path.of(shards.shards()).resolve(name));
    }
  }

  /** Brings a file here: it appears whole, and forced to the disk. */
  private static void fetch(String address, Path target) throws IOException {
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(address);
    Path near = PassFolder.unfinished(target);
    Files.createDirectories(near.toAbsolutePath().getParent());
    try (var in = HadoopFiles.system(source).open(source)) {
      Files.copy(in, near, StandardCopyOption.REPLACE_EXISTING);
    }
    PassFolder.forceAndPublish(near, target);
  }

  @Override
  public void clear() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
    HadoopFiles.system(path).delete(path, true);
  }

  @Override
  public Stage staged(Stage stage, PassFolder scratch) {
    List<Feed> feeds = new ArrayList<>();
    for (Feed feed : stage.feeds()) {
      feeds.add(feed.from(staged(feed.origin())));
    }
    Ending ending =
        stage.ending() instanceof Ending.Shards shards
            ? new Ending.Shards(
                shards.writer(), shards.schema(), scratch.path().resolve(SHARDS).toString())
            : stage.ending();
    return stage.with(List.copyOf(feeds), ending);
  }

  /** Stored samples lie in a folder of this process once they are fetched. */
  private static Origin staged(Origin origin) {
    if (origin instanceof Origin.Reads reads
        && reads.samples() instanceof Samples.FromStored from) {
      Stored stored = from.stored();
      List<Shard> here = new ArrayList<>();
      for (Shard shard : stored.shards()) {
        String path = objectsHere().resolve(name(shard)).toString();
        here.add(new Shard(path, shard.sha256(), shard.samples(), shard.bytes()));
      }
      Stored at = new Stored(stored.key(), stored.schema(), stored.format(), here, stored.source());
      return new Origin.Reads(Samples.stored(at), reads.label(), reads.bytes());
    }
    return origin;
  }

  private static Path objectsHere() {
    return Path.of(SparkFiles.getRootDirectory()).resolve("quern-objects");
  }

  @Override
  public void prepare(Stage staged, int feed, Piece piece) throws IOException {
    Origin origin = staged.feeds().get(feed).origin();
    if (piece.morsel() != null
        && origin instanceof Origin.Reads reads
        && reads.samples() instanceof Samples.FromStored from) {
      for (int i = piece.morsel().firstFile(); i <= piece.morsel().lastFile(); i++) {
        Path here = Path.of(from.stored().shards().get(i).path());
        synchronized (HadoopStorage.class) {
          if (!Files.exists(here)) {
            fetch(objects + "/" + here.getFileName(), here);
          }
        }
      }
    }
  }

  @Override
  public void put(TaskLine line, Stage stage, PassFolder scratch) throws IOException {
    HadoopFiles files = new HadoopFiles();
    for (String name : SharedFolder.names(line, stage)) {
      files.put(scratch.file(name), root + "/" + name);
    }
    if (stage.ending() instanceof Ending.Shards && line.file() != null) {
      String name = line.file().name();
      files.put(scratch.path().resolve(SHARDS).resolve(name), root + "/" + name);
    }
  }

  @Override
  public Path find(String name, PassFolder scratch) throws IOException {
    Path here = scratch.file("found-" + name);
    if (!Files.exists(here)) {
      fetch(root + "/" + name, here);
    }
    return here;
  }
}
