package dev.quern.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The versions of datasets and models that stay: the newest ones, HEAD, and what a version, a model
 * or a run at work that stays was made from.
 *
 * @param manifests the dataset versions that stay
 * @param oldManifests those that may go
 * @param oldModels the models that may go
 * @param runs ids of the runs that made what stays
 * @param kept versions that stay although they are neither new nor HEAD
 */
record NeededVersions(
    List<Manifest> manifests,
    List<Manifest> oldManifests,
    List<ModelVersion> oldModels,
    Set<String> runs,
    List<Garbage.Kept> kept) {

  static NeededVersions of(
      Workspace workspace, OptionalInt number, List<Needs> needs, List<String> live)
      throws IOException {
    Search search = new Search(workspace, number);
    search.models();
    search.datasets();
    for (int i = 0; i < needs.size(); i++) {
      for (String version : needs.get(i).versions()) {
        search.need(version, live.size() == needs.size() ? live.get(i) : needs.get(i).recipe());
      }
    }
    return search.found();
  }

  /** Collects what may go and takes back what something that stays was made from. */
  private static final class Search {
    private final Workspace workspace;
    private final OptionalInt number;
    private final List<Manifest> manifests = new ArrayList<>();
    private final Map<String, Manifest> old = new LinkedHashMap<>();
    private final List<ModelVersion> oldModels = new ArrayList<>();
    private final Map<String, String> modelParents = new LinkedHashMap<>();
    private final Set<String> runs = new TreeSet<>();
    private final List<Garbage.Kept> kept = new ArrayList<>();

    Search(Workspace workspace, OptionalInt number) {
      this.workspace = workspace;
      this.number = number;
    }

    private boolean isOld(List<String> ids, int at, Optional<String> head) {
      return number.isPresent()
          && at < ids.size() - number.getAsInt()
          && !head.equals(Optional.of(ids.get(at)));
    }

    void models() throws IOException {
      Models models = workspace.models();
      for (String name : models.names()) {
        List<String> ids = models.versions(name);
        Optional<String> head = models.head(name);
        for (int i = 0; i < ids.size(); i++) {
          ModelVersion model = models.resolve(new Reference(name, Optional.of(ids.get(i))));
          if (isOld(ids, i, head)) {
            oldModels.add(model);
          } else {
            model(model);
          }
        }
      }
    }

    /** A model tells the version and the run it was made by. */
    private void model(ModelVersion model) throws IOException {
      Optional<Models.Made> made = workspace.models().made(model);
      if (made.isPresent()) {
        modelParents.put(model.reference().toString(), made.get().dataset());
        runs.add(made.get().run());
      }
    }

    void datasets() throws IOException {
      Datasets datasets = workspace.datasets();
      for (String name : datasets.names()) {
        List<String> ids = datasets.versions(name);
        Optional<String> head = datasets.head(name);
        for (int i = 0; i < ids.size(); i++) {
          Manifest manifest = datasets.manifest(name, ids.get(i));
          if (isOld(ids, i, head)) {
            old.put(manifest.reference().toString(), manifest);
          } else {
            keep(manifest);
          }
        }
      }
      for (Map.Entry<String, String> parent : modelParents.entrySet()) {
        need(parent.getValue(), parent.getKey());
      }
      for (Manifest manifest : List.copyOf(manifests)) {
        parents(manifest);
      }
    }

    private void keep(Manifest manifest) {
      manifests.add(manifest);
      runs.add(manifest.run());
    }

    private void parents(Manifest manifest) {
      for (String parent : manifest.parents()) {
        need(parent, manifest.reference().toString());
      }
    }

    void need(String version, String by) {
      Manifest manifest = old.remove(version);
      if (manifest != null) {
        kept.add(new Garbage.Kept(version, by));
        keep(manifest);
        parents(manifest);
      }
    }

    NeededVersions found() {
      return new NeededVersions(
          List.copyOf(manifests),
          List.copyOf(old.values()),
          List.copyOf(oldModels),
          Set.copyOf(runs),
          List.copyOf(kept));
    }
  }
}
