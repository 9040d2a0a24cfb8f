package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Samples;
import dev.quern.engine.Source;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.engine.UnreadFile;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.Reader;
import dev.quern.recipe.OperatorUse;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.SourceSpec;
import dev.quern.store.FileDigests;
import dev.quern.store.Manifest;
import dev.quern.store.Suppressions;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the sources of a recipe hold: files, content, fields.
 *
 * <p>A recipe is bound first with what the beginnings of its files tell, so that one with mistakes
 * costs no reading of large files and leaves nothing behind; only then, {@link #settle settled},
 * with the digests of their contents. Where these are known from earlier runs, once is enough.
 */
final class Sources {
  private final Recipe recipe;
  private final RunOptions options;
  private final Workspace workspace;
  private final FileDigests digests;
  private final Map<String, Schema> inferred = new HashMap<>();
  private final Suppressions suppressions;
  private boolean settled;
  private boolean provisional;

  Sources(Recipe recipe, RunOptions options) throws IOException {
    this.recipe = recipe;
    this.options = options;
    this.workspace = new Workspace(options.workspace());
    this.digests = workspace.fileDigests();
    this.suppressions = workspace.subjects().suppressions();
  }

  /** Returns the workspace that versions lie in. */
  Workspace workspace() {
    return workspace;
  }

  /** Returns who is forgotten in the workspace. */
  Suppressions suppressions() {
    return suppressions;
  }

  /** Returns whether a source was found whose content has yet to be read. */
  boolean isProvisional() {
    return provisional;
  }

  /** From now on contents are read. */
  void settle() {
    settled = true;
    provisional = false;
  }

  /** A source that was found; its schema may still get roles. */
  record Found(Source source, Optional<Task> reader, Plan.SourcePlan plan, Samples samples) {
    Samples samples(Schema schema) {
      return reader
          .map(task -> Samples.read(task, source, schema, plan.contentKey()))
          .orElseGet(
              () -> {
                Stored stored = ((Samples.FromStored) samples).stored();
                return Samples.stored(
                    new Stored(
                        stored.key(), schema, stored.format(), stored.shards(), stored.source()));
              });
    }

    Plan.SourcePlan plan(Schema schema) {
      return new Plan.SourcePlan(
          plan.label(),
          source,
          plan.operator(),
          plan.files(),
          plan.bytes(),
          plan.contentKey(),
          schema,
          plan.parent(),
          plan.use());
    }
  }

  /** Finds the source {@code spec}, number {@code number} of the recipe. */
  Found find(SourceSpec spec, int number, String label) throws IOException {
    if (spec.origin() instanceof SourceSpec.Origin.Dataset dataset) {
      return dataset(spec, dataset, number, label);
    }
    OperatorUse use = ((SourceSpec.Origin.Read) spec.origin()).reader();
    Reader reader = (Reader) use.operator();
    Source source =
        new Source(
            number,
            spec.name().orElseGet(() -> name(use.params().plain(), label)),
            recipe.folder().toString(),
            workspace.root().resolve("work").resolve("downloads").toString(),
            spec.split(),
            spec.key(),
            options.limit(),
            Optional.empty());
    List<InputFile> files = files(reader, source);
    Task task =
        new Task(
            label,
            use.name(),
            use.spec().revision(),
            use.params().canonical(),
            Task.Scope.ALL,
            Optional.empty());
    String content = content(source, files);
    String identity = task.identity() + source.identity();
    Schema schema =
        schema(
            identity + content,
            identity + InputFile.looks(files),
            () -> infer(reader, source, files));
    Source found = source.with(files);
    long bytes = files.stream().mapToLong(InputFile::bytes).sum();
    Plan.SourcePlan plan =
        new Plan.SourcePlan(
            label,
            found,
            use.name(),
            files.size(),
            bytes,
            content,
            schema,
            "",
            Plan.SourcePlan.Use.SAMPLES);
    return new Found(found, Optional.of(task), plan, Samples.read(task, found, schema, content));
  }

  /** What is not there when it is asked for is an attempt that failed. */
  private List<InputFile> files(Reader reader, Source source) throws IOException {
    try {
      return reader.files(
          source, attempts -> AttemptLog.fetched(workspace, source.name(), attempts));
    } catch (IOException | DataException e) {
      failed(source, e);
      throw e;
    }
  }

  /** A download has told of its attempts itself. */
  private void failed(Source source, Exception e) {
    if (UnreadFile.found(e).isEmpty()) {
      UnreadFile.mark(e, source.name());
      AttemptLog.notFound(workspace, source.name(), e);
    }
  }

  /**
   * The name of a source that is given none: its path. Names are in reports, lineage and sample
   * ids, and what stands behind the path of an address may be a secret that is another tomorrow.
   */
  private static String name(Map<String, @Nullable Object> params, String label) {
    String path = String.valueOf(params.getOrDefault("path", label));
    String shown = SourceFiles.shown(path);
    return shown.equals(path) ? path : shown + "#" + params.get("sha256");
  }

  private Schema infer(Reader reader, Source source, List<InputFile> files) throws IOException {
    try {
      return reader.infer(source, files, options.secrets());
    } catch (IOException | DataException e) {
      failed(source, e);
      throw e;
    }
  }

  private String content(Source source, List<InputFile> files) throws IOException {
    if (settled || digests.isKnown(files)) {
      try {
        return digests.digest(files) + "#" + recipe.seed();
      } catch (IOException | DataException e) {
        failed(source, e);
        throw e;
      }
    }
    provisional = true;
    return "unread";
  }

  private Schema schema(String key, String looks, FileDigests.Inference inference)
      throws IOException {
    Schema told = inferred.get(looks);
    Schema known;
    if (provisional) {
      known = told == null ? inference.infer() : told;
    } else {
      known = digests.schema(key, told == null ? inference : () -> told);
    }
    inferred.put(looks, known);
    return known;
  }

  private Found dataset(
      SourceSpec spec, SourceSpec.Origin.Dataset dataset, int number, String label)
      throws IOException {
    Manifest manifest = workspace.datasets().resolve(dataset.dataset());
    if (!spec.key().isEmpty() || options.limit().isPresent()) {
      throw new DataException(
          "dataset_source",
          spec.place()
              + ": a dataset as source must be read whole and keep its ids; found: "
              + (spec.key().isEmpty() ? "--limit" : "key")
              + "; fix: leave it out");
    }
    Stored stored = workspace.datasets().stored(manifest, number);
    Source source =
        new Source(
            number,
            spec.name().orElse(manifest.dataset()),
            recipe.folder().toString(),
            "",
            spec.split(),
            List.of());
    Plan.SourcePlan plan =
        new Plan.SourcePlan(
            label,
            source,
            "dataset",
            stored.shards().size(),
            stored.bytes(),
            stored.key(),
            stored.schema(),
            manifest.reference().toString(),
            Plan.SourcePlan.Use.SAMPLES);
    return new Found(source, Optional.empty(), plan, Samples.stored(stored));
  }
}
