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

  /** What is doubtful in rows that the rules leave as they are; absent where little was seen. */
  private final @Nullable Suspicion suspicion;

  private Rounds(List<Model> models, Reviewed reviewed, @Nullable Suspicion suspicion) {
    this.models = List.copyOf(models);
    this.reviewed = reviewed;
    this.suspicion = suspicion;
  }

  /** Returns what was learnt as plain values. */
  public Map<String, @Nullable Object> plain() {
    List<@Nullable Object> rounds = new ArrayList<>();
    models.forEach(model -> rounds.add(ModelForm.plain(model)));
    Map<String, @Nullable Object> plain = new TreeMap<>();
    plain.put("rounds", rounds);
    plain.put("reviewed", reviewed.plain());
    plain.put("suspicion", suspicion == null ? null : suspicion.plain());
    return plain;
  }

  /** Returns what {@link #plain} gave. */
  public static Rounds of(Map<String, @Nullable Object> plain) {
    List<Model> models = new ArrayList<>();
    for (Object model : Json.list(plain.get("rounds"))) {
      models.add(ModelForm.model(model));
    }
    Object stored = plain.get("suspicion");
    Suspicion suspicion =
        stored == null || models.isEmpty()
            ? null
            : Suspicion.of(stored, models.get(models.size() - 1).shapes());
    return new Rounds(models, Reviewed.read(plain.get("reviewed")), suspicion);
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
    List<Map<Integer, Judgement>> found = new ArrayList<>();
    now.forEach(row -> found.add(new TreeMap<>()));
    boolean changed = !now.isEmpty();
    while (changed && models.size() < MOST_ROUNDS) {
      Model model = Model.learn(now, cells.fields());
      reviewed = models.isEmpty() ? reviewed.judging(model, ids, now) : reviewed;
      models.add(model);
      changed = false;
      for (int i = 0; i < now.size(); i++) {
        Mending mending = new Mending(model, reviewed, ids.get(i), cells, policy);
        @Nullable String[] mended = mending.mend(now.get(i), found.get(i));
        changed |= !Arrays.equals(mended, now.get(i));
        now.set(i, mended);
      }
    }
    if (models.isEmpty()) {
      return new Rounds(models, reviewed, null);
    }
    Model last = models.get(models.size() - 1);
    return new Rounds(
        models,
        reviewed,
        Suspicion.learn(
            now, ids, last, row -> Suspicion.told(last.judge(row)), share(found, cells.fields())));
  }

  /** The share of cells that rules found wrong and not just missing. */
  private static double share(List<Map<Integer, Judgement>> found, int fields) {
    long wrong = 0;
    for (Map<Integer, Judgement> row : found) {
      for (Judgement judgement : row.values()) {
        wrong += judgement.rule().equals(Rule.MISSING_TOKEN.label()) ? 0 : 1;
      }
    }
    return (double) wrong / Math.max(1, (long) found.size() * fields);
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
    suspect(id, now, judgements);
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

  /** Adds what is doubtful of the cells that no rule has judged. */
  private void suspect(SampleId id, @Nullable String[] now, Map<Integer, Judgement> judgements) {
    if (suspicion == null) {
      return;
    }
    List<Finding> doubts = new ArrayList<>();
    suspicion.judge(id, now, judgements.keySet(), doubts);
    for (Finding doubt : reviewed.heed(id, now, doubts)) {
      if (doubt.certain() >= Policy.TOLD && !judgements.containsKey(doubt.field())) {
        judgements.put(
            doubt.field(),
            new Judgement(doubt.field(), doubt.rule().label(), doubt.certain(), null, false));
      }
    }
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
