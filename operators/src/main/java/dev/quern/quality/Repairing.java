package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.quality.repair.CellTexts;
import dev.quern.quality.repair.Judgement;
import dev.quern.quality.repair.Policy;
import dev.quern.quality.repair.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges and mends the samples of a batch one by one. */
final class Repairing implements Mapping {
  private final CellTexts cells;
  private final Policy policy;
  private final Rounds rounds;
  private final boolean applies;
  private final Optional<Field> findings;

  Repairing(
      CellTexts cells, Policy policy, Rounds rounds, boolean applies, Optional<Field> findings) {
    this.cells = cells;
    this.policy = policy;
    this.rounds = rounds;
    this.applies = applies;
    this.findings = findings;
  }

  @Override
  public void map(Batch batch, Outcome out) {
    Map<Integer, List<Judgement>> byRow = new LinkedHashMap<>();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<Judgement> judgements =
          rounds.judge(batch.keys().id(row), cells.texts(batch, row), cells, policy);
      if (!judgements.isEmpty()) {
        byRow.put(row, judgements);
      }
    }
    Batch mended = applies ? mended(batch, byRow, out) : batch;
    if (findings.isPresent()) {
      mended = mended.with(findings.get(), told(batch, byRow, findings.get()));
    }
    out.keep(mended);
  }

  private Batch mended(Batch batch, Map<Integer, List<Judgement>> byRow, Outcome out) {
    Map<Integer, Map<Integer, Judgement>> byField = new LinkedHashMap<>();
    byRow.forEach(
        (row, judgements) -> {
          for (Judgement judgement : judgements) {
            if (judgement.changed()) {
              byField
                  .computeIfAbsent(judgement.field(), k -> new LinkedHashMap<>())
                  .put(row, judgement);
              out.change(
                  batch,
                  row,
                  batch.schema().field(cells.positions().get(judgement.field())).name(),
                  judgement.rule(),
                  judgement.confidence(),
                  value(judgement));
            }
          }
        });
    Batch mended = batch;
    for (Map.Entry<Integer, Map<Integer, Judgement>> entry : byField.entrySet()) {
      int position = cells.positions().get(entry.getKey());
      Column column = batch.column(position);
      ColumnBuilder builder = ColumnBuilder.of(column.type());
      for (int row = 0; row < batch.rows(); row++) {
        Judgement judgement = entry.getValue().get(row);
        if (judgement == null) {
          builder.append(column, row);
        } else {
          builder.appendValue(value(judgement));
        }
      }
      mended = mended.with(batch.schema().field(position), builder.build());
    }
    return mended;
  }

  private @Nullable Object value(Judgement judgement) {
    String repair = judgement.repair();
    return repair == null ? null : cells.value(judgement.field(), repair);
  }

  private Column told(Batch batch, Map<Integer, List<Judgement>> byRow, Field field) {
    ColumnBuilder builder = ColumnBuilder.of(field.type());
    for (int row = 0; row < batch.rows(); row++) {
      List<Map<String, @Nullable Object>> list = new ArrayList<>();
      for (Judgement judgement : byRow.getOrDefault(row, List.of())) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("field", batch.schema().field(cells.positions().get(judgement.field())).name());
        one.put("rule", judgement.rule());
        one.put("confidence", judgement.confidence());
        one.put("repair", judgement.repair());
        list.add(one);
      }
      builder.appendValue(list);
    }
    return builder.build();
  }
}
