package dev.quern.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * The folder that holds datasets, runs and models. Nothing is made on disk until something is
 * written; what is made is for the owner alone.
 *
 * <pre>
 * datasets/NAME/VERSION.json, HEAD    manifests
 * shards/SHA256.parquet               samples of versions
 * models/NAME/VERSION/, HEAD          models
 * runs/ID/                            what a run was and did
 * work/fits/, work/inputs.json        what can be computed again
 * </pre>
 */
public final class Workspace {
  private final Path root;
  private final Datasets datasets;
  private final Models models;
  private final StoredFits fits;

  /** Makes a workspace in the folder {@code root}, which need not exist. */
  public Workspace(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.datasets = new Datasets(this.root);
    this.models = new Models(this.root);
    this.fits = new StoredFits(this.root.resolve("work").resolve("fits"));
  }

  /** Returns the absolute folder of the workspace. */
  public Path root() {
    return root;
  }

  /** Returns the datasets. */
  public Datasets datasets() {
    return datasets;
  }

  /** Returns the models. */
  public Models models() {
    return models;
  }

  /** Returns what steps have learnt. */
  public StoredFits fits() {
    return fits;
  }

  /** Returns what is known of input files, as the last run left it. */
  public FileDigests fileDigests() throws IOException {
    return new FileDigests(root.resolve("work").resolve("inputs.json"));
  }

  /** Returns the folder that receives finished shards; made if it is not there. */
  public Path shards() throws IOException {
    return Folders.create(root.resolve("shards"));
  }

  /** Returns the folder of all runs, which may not exist. */
  public Path runs() {
    return root.resolve("runs");
  }

  /**
   * Makes the folder of a new run.
   *
   * @param id wanted id; a number is added if another run has it
   * @return the folder, whose name is the run's id
   */
  public Path newRun(String id) throws IOException {
    Path runs = Folders.create(runs());
    for (int n = 1; ; n++) {
      Path folder = runs.resolve(n == 1 ? id : id + "-" + n);
      try {
        return Folders.createNew(folder);
      } catch (FileAlreadyExistsException e) {
        if (n == 10_000) {
          throw e; // Another run has each of these ids, which only a broken clock explains.
        }
      }
    }
  }

  /**
   * Replaces {@code file} by {@code text} as one step: after a crash it holds the old or the new
   * text. Folders are made as needed.
   */
  public void replace(Path file, String text) throws IOException {
    if (!file.toAbsolutePath().normalize().startsWith(root)) {
      throw new IllegalArgumentException("file must lie in the workspace");
    }
    Folders.replace(file, text);
  }
}
