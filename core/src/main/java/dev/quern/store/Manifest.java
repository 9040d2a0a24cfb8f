package dev.quern.store;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Shard;
import dev.quern.operator.Fit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One immutable version of a dataset: all that is known of it, and where its samples lie.
 *
 * @param dataset name of the dataset
 * @param version id of the version, {@code 3-1f0c2a9b}; empty until published
 * @param digest the logical digest of schema and samples, 64 hexadecimal digits
 * @param schema the fields, roles included
 * @param shards the files in rank order; paths relative to the workspace once published
 * @param splits samples by split
 * @param recipe name of the recipe that made it
 * @param recipeDigest digest of that recipe
 * @param run id of the run that made it
 * @param created when, ISO 8601 in UTC, as the caller's clock says
 * @param previous the version HEAD pointed to before, given when published
 * @param parents the dataset versions it was made from, {@code name@version}
 * @param fits what its steps have learnt, by key
 * @param profile what its fields look like, plain values
 * @param states the mergeable states of its profile and metrics
 * @param metrics what its checks have measured, and how many have failed, plain values
 * @param tombstones what is left of samples that were forgotten
 */
public record Manifest(
    String dataset,
    String version,
    String digest,
    Schema schema,
    List<Shard> shards,
    Map<Split, Long> splits,
    String recipe,
    String recipeDigest,
    String run,
    String created,
    Optional<String> previous,
    List<String> parents,
    Map<String, Learnt> fits,
    Map<String, @Nullable Object> profile,
    List<State> states,
    Map<String, @Nullable Object> metrics,
    List<Tombstone> tombstones) {
  public Manifest {
    shards = List.copyOf(shards);
    parents = List.copyOf(parents);
    states = List.copyOf(states);
    tombstones = List.copyOf(tombstones);
  }

  /** Makes a version of which nothing is forgotten. */
  public Manifest(
      String dataset,
      String version,
      String digest,
      Schema schema,
      List<Shard> shards,
      Map<Split, Long> splits,
      String recipe,
      String recipeDigest,
      String run,
      String created,
      Optional<String> previous,
      List<String> parents,
      Map<String, Learnt> fits,
      Map<String, @Nullable Object> profile,
      List<State> states,
      Map<String, @Nullable Object> metrics) {
    this(
        dataset,
        version,
        digest,
        schema,
        shards,
        splits,
        recipe,
        recipeDigest,
        run,
        created,
        previous,
        parents,
        fits,
        profile,
        states,
        metrics,
        List.of());
  }

  /** Makes a version that nothing has measured. */
  public Manifest(
      String dataset,
      String version,
      String digest,
      Schema schema,
      List<Shard> shards,
      Map<Split, Long> splits,
      String recipe,
      String recipeDigest,
      String run,
      String created,
      Optional<String> previous,
      List<String> parents,
      Map<String, Learnt> fits,
      Map<String, @Nullable Object> profile) {
    this(
        dataset,
        version,
        digest,
        schema,
        shards,
        splits,
        recipe,
        recipeDigest,
        run,
        created,
        previous,
        parents,
        fits,
        profile,
        List.of(),
        Map.of());
  }

  /**
   * What an analyzer has collected of all samples; states of one analyzer can be merged.
   *
   * @param operator name of the analyzer
   * @param revision of the analyzer: states of another one are not understood
   * @param parameters its parameters in canonical form
   * @param file where the state lies, relative to the workspace
   */
  public record State(String operator, int revision, String parameters, Shard file) {
    /** Returns whether {@code other} can be merged with this. */
    public boolean isLike(State other) {
      return operator.equals(other.operator)
          && revision == other.revision
          && parameters.equals(other.parameters);
    }
  }

  /**
   * What a step has learnt.
   *
   * @param step label of the step
   * @param operator name of its operator
   * @param fit what it learnt
   */
  public record Learnt(String step, String operator, Fit fit) {}

  /** What publishing does with HEAD. */
  public enum Head {
    /** HEAD points to the version. */
    MOVES,
    /** HEAD stays: a check has failed, or the sources were not read whole. */
    STAYS
  }

  /** Returns the number of samples. */
  public long samples() {
    return shards.stream().mapToLong(Shard::samples).sum();
  }

  /** Returns the size of all shards in bytes. */
  public long bytes() {
    return shards.stream().mapToLong(Shard::bytes).sum();
  }

  /** Returns {@code name@version}. */
  public Reference reference() {
    return new Reference(dataset, Optional.of(version));
  }

  /** Returns this manifest with what checks have measured. */
  public Manifest measured(Map<String, @Nullable Object> measurements) {
    return with(version, previous, shards, measurements);
  }

  Manifest published(String newVersion, Optional<String> head, List<Shard> relative) {
    return with(newVersion, head, relative, metrics);
  }

  private Manifest with(
      String newVersion,
      Optional<String> before,
      List<Shard> files,
      Map<String, @Nullable Object> measurements) {
    return new Manifest(
        dataset,
        newVersion,
        digest,
        schema,
        files,
        splits,
        recipe,
        recipeDigest,
        run,
        created,
        before,
        parents,
        fits,
        profile,
        states,
        measurements,
        tombstones);
  }

  /** Returns this manifest with other states and another profile of the same samples. */
  public Manifest measured(List<State> newStates, Map<String, @Nullable Object> newProfile) {
    return new Manifest(
        dataset,
        version,
        digest,
        schema,
        shards,
        splits,
        recipe,
        recipeDigest,
        run,
        created,
        previous,
        parents,
        fits,
        newProfile,
        newStates,
        metrics,
        tombstones);
  }

  /**
   * Returns this version as it is without some of its samples: what was learnt and measured of them
   * is gone with them.
   */
  Manifest without(
      String newDigest, List<Shard> files, Map<Split, Long> left, List<Tombstone> stones) {
    return new Manifest(
        dataset,
        version,
        newDigest,
        schema,
        files,
        left,
        recipe,
        recipeDigest,
        run,
        created,
        previous,
        parents,
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        stones);
  }

  /** Returns this version without what its steps have learnt and its checks have measured. */
  Manifest unlearnt() {
    return new Manifest(
        dataset,
        version,
        digest,
        schema,
        shards,
        splits,
        recipe,
        recipeDigest,
        run,
        created,
        previous,
        parents,
        Map.of(),
        profile,
        states,
        Map.of(),
        tombstones);
  }
}
