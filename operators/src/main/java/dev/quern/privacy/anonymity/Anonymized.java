package dev.quern.privacy.anonymity;

import dev.quern.data.Hash128;
import dev.quern.statistics.HashCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table with chosen levels: what is published of it.
 *
 * @param fields the quasi-identifiers
 * @param found the chosen levels, their classes and their loss
 * @param highest the highest level of each field
 * @param before the risk of the raw table
 * @param unknown samples with a value that a hierarchy does not know; they are suppressed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Anonymized(
    List<String> fields, LatticeSearch.Found found, int[] highest, Risk before, long unknown) {

  /** Makes the models of a table of known values. */
  public interface Models {
    /** Returns what classes must fulfil. */
    List<PrivacyModel> of(CombinationTable known);
  }

  /**
   * Searches the levels of the first fields of {@code table}.
   *
   * @param fields names of the quasi-identifiers, the first fields of the table
   * @param hierarchies theirs
   * @param suppression fraction of samples that may be suppressed
   * @return empty if no levels are anonymous enough
   */
  public static Optional<Anonymized> search(
      List<String> fields,
      List<Hierarchy> hierarchies,
      CombinationTable table,
      Models models,
      Measures measure,
      double weight,
      double suppression,
      LatticeSearch.Kind kind) {
    Levels[] levels = new Levels[fields.size()];
    int[] highest = new int[levels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Levels.of(hierarchies.get(i), table.domains()[i]);
      highest[i] = levels[i].count() - 1;
    }
    CombinationTable known = known(table, levels);
    long unknown = table.samples() - known.samples();
    long limit = (long) Math.floor(suppression * table.samples() + 1e-9) - unknown;
    if (limit < 0) {
      return Optional.empty();
    }
    Risk before = Risk.of(table.first(levels.length).counts());
    return new LatticeSearch(
            known, levels, models.of(known), measure.of(known, levels, weight), limit)
        .search(kind)
        .map(found -> new Anonymized(fields, found, highest, before, unknown));
  }

  private static CombinationTable known(CombinationTable table, Levels[] levels) {
    return table.where(
        row -> {
          for (int field = 0; field < levels.length; field++) {
            if (levels[field].codes(0)[table.codes()[field][row]] < 0) {
              return false;
            }
          }
          return true;
        });
  }

  /** Returns the hashes of the classes that are kept, see {@link #hash}. */
  public HashCounts kept() {
    HashCounts kept = new HashCounts();
    Classes classes = found.judged().classes();
    Hash128 hash = new Hash128();
    int[] rows = classes.representatives();
    @Nullable String[] labels = new String[fields.size()];
    for (int one = 0; one < rows.length; one++) {
      if (found.judged().kept()[one]) {
        for (int field = 0; field < labels.length; field++) {
          labels[field] = classes.label(field, rows[one]);
        }
        hash(labels, hash);
        kept.add(hash.high(), hash.low(), classes.size(one));
      }
    }
    return kept;
  }

  /** Hashes generalised values of one class. */
  public static void hash(@Nullable String[] labels, Hash128 hash) {
    hash.reset();
    for (String label : labels) {
      if (label == null) {
        hash.putByte(0);
      } else {
        hash.putByte(1).putText(label).putByte(1);
      }
    }
    hash.finish();
  }

  /** Returns the samples that are suppressed. */
  public long suppressed() {
    return unknown + found.judged().suppressed();
  }

  /** Returns levels, loss and risks as plain values, without a value of the table. */
  public Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    List<Object> levels = new ArrayList<>();
    int[] chosen = found.levels();
    for (int i = 0; i < chosen.length; i++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("field", fields.get(i));
      one.put("level", (long) chosen[i]);
      one.put("highest", (long) highest[i]);
      levels.add(one);
    }
    plain.put("levels", levels);
    plain.put("loss", found.loss());
    plain.put("best", found.proven());
    plain.put("evaluated", (long) found.evaluated());
    plain.put("choices", found.choices());
    plain.put("suppressed", suppressed());
    plain.put("unknown_values", unknown);
    plain.put("classes_before_suppression", (long) found.judged().classes().size());
    plain.put("before", before.plain());
    plain.put("after", Risk.of(found.judged().keptSizes()).plain());
    return plain;
  }
}
