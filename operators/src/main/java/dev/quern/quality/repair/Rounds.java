package dev.quern.quality.repair;

import dev.quern.data.SampleId;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt of a table, round by round: each round learns from the rows as the rounds before
 * leave them, until one changes nothing. So a table that was mended is left alone.
 */
public final class Rounds {
  /** More rounds are not tried: what still changes then swings to and fro. */
  private static final int MOST_ROUNDS = 8;

  /** One for each round; the last changes none of the rows learnt from. */
  private final List<Model> models;

  private final Reviewed reviewed;

  private Rounds(List<Model> models, Reviewed reviewed) {
    this.models = List.copyOf(models);
    this.reviewed = reviewed;
  }

  /** Returns what was learnt as plain values. */
  public Map<String, @Nullable Object> plain() {
    List<@Nullable Object> rounds = new ArrayList<>();
    models.forEach(model -> rounds.add(ModelForm.plain(model)));
    Map<String, @Nullable Object> plain = new TreeMap<>();
    plain.put("rounds", rounds);
    plain.put("reviewed", reviewed.plain());
    return plain;
  }

  /** Returns what {@link #plain} gave. */
  public static Rounds of(Map<String, @Nullable Object> plain) {
    List<Model> models = new ArrayList<>();
    for (Object model : Json.list(plain.get("rounds"))) {
      models.add(ModelForm.model(model));
    }
    return new Rounds(models, Reviewed.read(plain.get("reviewed")));
  }

  /**
   * Learns from a sample of rows.
   *
   * @param names names of the fields of {@code cells}
   */
  public static Rounds learn(
      SampledRows sample,
      CellTexts cells,
      Policy policy,
      List<Review> reviews,
      List<String> names) {
    List<@Nullable String[]> now = sample.inOrder();
    List<SampleId> ids = sample.idsInOrder();
    Reviewed reviewed = Reviewed.of(reviews, names, ids, now);
    List<Model> models = new ArrayList<>();
    boolean changed = !now.isEmpty();
    while (changed && models.size() < MOST_ROUNDS) {
      Model model = Model.learn(now, cells.fields());
      reviewed = models.isEmpty() ? reviewed.judging(model, ids, now) : reviewed;
      models.add(model);
      changed = false;
      for (int i = 0; i < now.size(); i++) {
        Mending mending = new Mending(model, reviewed, ids.get(i), cells, policy);
        @Nullable String[] mended = mending.mend(now.get(i), new TreeMap<>());
        changed |= !Arrays.equals(mended, now.get(i));
        now.set(i, mended);
      }
    }
    return new Rounds(models, reviewed);
  }

  /** Returns what is wrong in {@code row}; the cells of {@code row} become as they should be. */
  public List<Judgement> judge(
      SampleId id, @Nullable String[] row, CellTexts cells, Policy policy) {
    Map<Integer, Judgement> judgements = new TreeMap<>();
    @Nullable String[] now = row.clone();
    for (Model model : models) {
      now = new Mending(model, reviewed, id, cells, policy).mend(now, judgements);
    }
    settle(id, now, cells, policy, judgements);
    List<Judgement> told = new ArrayList<>();
    for (Judgement judgement : judgements.values()) {
      boolean changed = !Objects.equals(row[judgement.field()], now[judgement.field()]);
      told.add(
          new Judgement(
              judgement.field(),
              judgement.rule(),
              judgement.confidence(),
              changed ? now[judgement.field()] : judgement.repair(),
              changed));
    }
    System.arraycopy(now, 0, row, 0, row.length);
    return told;
  }

  /** Rows that were not learnt from may need the last round more than once. */
  private void settle(
      SampleId id,
      @Nullable String[] now,
      CellTexts cells,
      Policy policy,
      Map<Integer, Judgement> judgements) {
    boolean changed = !models.isEmpty();
    for (int i = 0; changed && i < MOST_ROUNDS; i++) {
      Model last = models.get(models.size() - 1);
      Mending mending = new Mending(last, reviewed, id, cells, policy);
      @Nullable String[] again = mending.mend(now, judgements);
      changed = !Arrays.equals(again, now);
      System.arraycopy(again, 0, now, 0, now.length);
    }
  }
}
