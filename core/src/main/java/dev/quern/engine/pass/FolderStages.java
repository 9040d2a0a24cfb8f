package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
        files.add(LinkFile.load(folder.file(made.name())));
      }
      links.put(stage.number(), files);
    }
  }

  private void load(
      Stage stage,
      List<TaskLine> lines,
      int input,
      @org.jspecify.annotations.Nullable Schema fenceSchema)
      throws IOException {
    List<SortedRun> all = new ArrayList<>();
    List<Batch> views = new ArrayList<>();
    for (TaskLine.Made made : TaskLine.files(lines)) {
      ShuffleFile file = ShuffleFile.load(folder.file(made.name()), input, fenceSchema);
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

  private static <T> T known(@org.jspecify.annotations.Nullable T found, int stage) {
    if (found == null) {
      throw new IllegalStateException(
          "stage must have left what is asked for; found: none of " + stage);
    }
    return found;
  }
}
