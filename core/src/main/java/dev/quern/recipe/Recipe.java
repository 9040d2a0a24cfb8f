package dev.quern.recipe;

import dev.quern.data.Role;
import dev.quern.engine.Traces;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole recipe, checked against the registered operators but not yet against data. Immutable.
 *
 * @param name of the recipe
 * @param seed of all draws
 * @param lang language of report and messages, where the recipe chooses one
 * @param read the sources, united by field name; empty if there are inputs
 * @param inputs the inputs of a recipe that is a graph, in written order; empty for a line
 * @param combine how the inputs become one; present if there are several
 * @param steps what is done with the samples
 * @param checks assertions on metrics, as written
 * @param write the dataset that gets a version
 * @param model the model to train
 * @param roles what fields mean, whatever their source, by name of field, in written order
 * @param traces what is kept of what steps do: dropped samples, changed cells
 * @param verdicts of which checks failing samples are told one by one
 * @param maxQuarantined greatest fraction of a source that may be quarantined
 * @param samples whether reports may show samples
 * @param file the recipe's file as the user named it
 * @param folder absolute folder that relative paths start from
 * @param written the recipe as written, overrides applied, for places
 */
public record Recipe(
    String name,
    long seed,
    Optional<Locale> lang,
    List<SourceSpec> read,
    Map<String, Branch> inputs,
    Optional<Combine> combine,
    List<StepSpec> steps,
    List<CheckSpec> checks,
    Optional<WriteSpec> write,
    Optional<ModelSpec> model,
    Map<String, Set<Role>> roles,
    Traces traces,
    Verdicts verdicts,
    double maxQuarantined,
    ShowSamples samples,
    String file,
    Path folder,
    Located.Mapping written) {

  /** The seed of a recipe that gives none. */
  public static final long DEFAULT_SEED = 42;

  /** The greatest fraction of a source that may be quarantined unless the recipe says more. */
  public static final double DEFAULT_MAX_QUARANTINED = 0.01;

  /** Of which checks the failing samples are told one by one. */
  public enum Verdicts {
    /** Of none. */
    NONE,
    /** Of checks that do not pass, and of those that set samples aside. */
    FAILED,
    /** Of all checks. */
    ALL
  }

  /** Whether reports may show samples. */
  public enum ShowSamples {
    HIDDEN,
    SHOWN
  }

  /**
   * Returns the digest of what the recipe computes, 64 hexadecimal digits: equal for recipes that
   * differ in layout, comments, written-out defaults, language or what reports show.
   */
  public String digest() {
    return CanonicalRecipe.digest(this);
  }
}
