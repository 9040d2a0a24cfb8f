package dev.quern.quality.repair;

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

  private Rounds(List<Model> models) {
    this.models = List.copyOf(models);
  }

  /** Returns what was learnt as plain values. */
  public List<@Nullable Object> plain() {
    List<@Nullable Object> plain = new ArrayList<>();
    models.forEach(model -> plain.add(ModelForm.plain(model)));
    return plain;
  }

  /** Returns what {@link #plain} gave. */
  public static Rounds of(@Nullable Object plain) {
    List<Model> models = new ArrayList<>();
    for (Object model : Json.list(plain)) {
      models.add(ModelForm.model(model));
    }
    return new Rounds(models);
  }

  /** Learns from {@code rows} in the order of their ranks. */
  public static Rounds learn(List<@Nullable String[]> rows, Cells cells, Policy policy) {
    List<Model> models = new ArrayList<>();
    List<@Nullable String[]> now = new ArrayList<>(rows);
    boolean changed = !rows.isEmpty();
    while (changed && models.size() < MOST_ROUNDS) {
      Model model = Model.learn(now, cells.fields());
      models.add(model);
      changed = false;
      for (int i = 0; i < now.size(); i++) {
        @Nullable String[] mended = mend(model, now.get(i), cells, policy, new TreeMap<>());
        changed |= !Arrays.equals(mended, now.get(i));
        now.set(i, mended);
      }
    }
    return new Rounds(models);
  }

  /** Returns what is wrong in {@code row}; the cells of {@code row} become as they should be. */
  public List<Judgement> judge(@Nullable String[] row, Cells cells, Policy policy) {
    Map<Integer, Judgement> judgements = new TreeMap<>();
    @Nullable String[] now = row.clone();
    for (Model model : models) {
      now = mend(model, now, cells, policy, judgements);
    }
    settle(now, cells, policy, judgements);
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
      @Nullable String[] now, Cells cells, Policy policy, Map<Integer, Judgement> judgements) {
    boolean changed = !models.isEmpty();
    for (int i = 0; changed && i < MOST_ROUNDS; i++) {
      Model last = models.get(models.size() - 1);
      @Nullable String[] again = mend(last, now, cells, policy, judgements);
      changed = !Arrays.equals(again, now);
      System.arraycopy(again, 0, now, 0, now.length);
    }
  }

  private static @Nullable String[] mend(
      Model model,
      @Nullable String[] row,
      Cells cells,
      Policy policy,
      Map<Integer, Judgement> judgements) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : model.judge(row)) {
      String repair = finding.repair();
      findings.add(
          repair == null || cells.holds(finding.field(), repair)
              ? finding
              : Finding.doubtful(finding.field(), finding.rule(), finding.certain()));
    }
    @Nullable String[] mended = Repairs.apply(row, findings, policy);
    for (Finding finding : findings) {
      int field = finding.field();
      boolean changed = !Objects.equals(mended[field], row[field]);
      boolean chosen = changed && Objects.equals(mended[field], finding.repair());
      if (finding.certain() >= Policy.TOLD || chosen) {
        double confidence =
            chosen && mended[field] != null ? finding.confidence() : finding.certain();
        Judgement judgement =
            new Judgement(field, finding.rule().label(), confidence, finding.repair(), chosen);
        judgements.merge(field, judgement, Rounds::better);
      }
    }
    return mended;
  }

  private static Judgement better(Judgement known, Judgement other) {
    if (known.changed() != other.changed()) {
      return known.changed() ? known : other;
    }
    return other.confidence() > known.confidence() ? other : known;
  }
}
