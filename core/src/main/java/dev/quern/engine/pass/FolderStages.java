package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Pass;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What stages left in the folder of the pass, looked into once. Safe for several threads. */
public final class FolderStages implements StageFiles {
  private final PassFolder folder;
  private final long memory;
  private final Map<Integer, List<SortedRun>> runs = new ConcurrentHashMap<>();
  private final Map<Integer, List<Batch>> drawn = new ConcurrentHashMap<>();
  private final Map<Integer, List<LinkFile>> links = new ConcurrentHashMap<>();
  private final Map<Integer, Components> components = new ConcurrentHashMap<>();

  /**
   * Makes an empty one.
   *
   * @param memory bytes that joining of links may take
   */
  public FolderStages(PassFolder folder, long memory) {
    this.folder = folder;
    this.memory = memory;
  }

  /** Takes in what a finished stage left. */
  public void add(Stage stage, List<TaskLine> lines) throws IOException {
    if (stage.ending() instanceof Ending.ForGroup group) {
      load(stage, lines, group.input(), null);
    } else if (stage.ending() instanceof Ending.ForSort sort) {
      load(stage, lines, 0, new FieldOrder(sort.schema(), sort.keys()).keySchema());
    } else if (stage.ending() instanceof Ending.ForConnect) {
      List<LinkFile> files = new ArrayList<>();
      for (TaskLine.Made made : TaskLine.files(lines)) {
        files.add(LinkFile.load(folder.files(), folder.file(made.name())));
      }
      links.put(stage.number(), files);
    }
  }

  private void load(Stage stage, List<TaskLine> lines, int input, @Nullable Schema fenceSchema)
      throws IOException {
    List<SortedRun> all = new ArrayList<>();
    List<Batch> views = new ArrayList<>();
    for (TaskLine.Made made : TaskLine.files(lines)) {
      ShuffleFile file =
          ShuffleFile.load(folder.files(), folder.file(made.name()), input, fenceSchema);
      all.addAll(file.runs());
      if (file.drawn() != null) {
        views.add(file.drawn());
      }
    }
    runs.put(stage.number(), all);
    drawn.put(stage.number(), views);
  }

  /** Returns the views that the tasks of {@code stage} drew. */
  public List<Batch> drawn(int stage) {
    return drawn.getOrDefault(stage, List.of());
  }

  /** Joins the links of {@code stage}. */
  public void connect(int stage, int number) throws IOException {
    components.put(stage, Components.of(files(stage), number, memory));
  }

  /**
   * Writes the names of joined components into the folder, one file for each file of the stage, for
   * workers that do not share the memory of this process.
   *
   * @return the names of the pairs of files: samples with links, components
   */
  public List<NamedLinks> write(int stage) throws IOException {
    List<NamedLinks> all = new ArrayList<>();
    int before = 0;
    for (LinkFile file : files(stage)) {
      String samples = String.valueOf(file.path().getFileName());
      String names = samples + ".names";
      NamesFile.write(
          folder, names, known(components.get(stage), stage).names(before), file.samples());
      all.add(new NamedLinks(samples, names));
      before += file.samples();
    }
    return all;
  }

  /** Two files of the folder: samples with links, and their components. */
  public record NamedLinks(String samples, String names) implements Serializable {
    /** Returns them once they are at hand. */
    public static Linked linked(Path samples, Path names) throws IOException {
      return new Linked(samples, NamesFile.read(names));
    }
  }

  /**
   * Hands the samples in the files of {@code lines}, which are blocks, to {@code receiver} and
   * deletes the files.
   */
  public void hand(List<TaskLine> lines, Schema schema, Pass.BatchReceiver receiver)
      throws IOException {
    for (TaskLine.Made made : TaskLine.files(lines)) {
      Path file = folder.file(made.name());
      BlockFile.read(folder.files(), file, schema, 0, made.bytes(), receiver::receive);
      Files.deleteIfExists(file);
    }
  }

  private List<LinkFile> files(int stage) {
    return known(links.get(stage), stage);
  }

  @Override
  public Path file(String name) {
    return folder.file(name);
  }

  @Override
  public List<SortedRun> runs(int stage, int part) {
    List<SortedRun> all = known(runs.get(stage), stage);
    List<SortedRun> own = new ArrayList<>();
    for (SortedRun run : all) {
      // Where parts were not known when the runs were written, each may hold samples of all.
      SortedRun found = run.fences() == null ? run.part(part) : run;
      if (found != null) {
        own.add(found);
      }
    }
    return own;
  }

  @Override
  public Linked linked(int stage, int part) {
    List<LinkFile> files = files(stage);
    int before = 0;
    for (int i = 0; i < part; i++) {
      before += files.get(i).samples();
    }
    return new Linked(files.get(part).path(), known(components.get(stage), stage).names(before));
  }

  private static <T> T known(@Nullable T found, int stage) {
    if (found == null) {
      throw new IllegalStateException(
          "stage must have left what is asked for; found: none of " + stage);
    }
    return found;
  }
}
