package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Schema;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.operator.Example;
import dev.quern.operator.Grouper;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drops samples with equal inputs and different labels, as {@code label_conflict}; measured = the
 * share of their group that carries their label. Where the majority is kept, the samples with the
 * label that more of the group carry than any other stay; without such a label all go. A sample
 * without a label stays and does not count. The samples of one group are held in memory.
 *
 * @param label the label field; absent: the one with the role label
 * @param fields the inputs; absent: all but label, annotations, out-of-sample probabilities
 * @param keep what stays of a group with several labels
 */
public record DropLabelConflicts(Optional<String> label, Optional<List<String>> fields, Keep keep)
    implements Grouper {
  /** What stays of a group with several labels. */
  public enum Keep {
    MAJORITY,
    NONE
  }

  private static final Param<Keep> KEEP =
      Param.choice(
              "keep",
              Keep.class,
              new Localized(
                  "What stays of a group of equal inputs with several labels.",
                  "输入相同而标签不同的一组样本中保留什么。"))
          .or(Keep.MAJORITY);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.drop_label_conflicts",
          new Localized("Drops samples with equal inputs and different labels.", "丢弃输入相同而标签不同的样本。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(LabelConflicts.LABEL, LabelConflicts.FIELDS, KEEP),
          List.of(
              new Example(
                  "{label: y}",
                  "[{\"x\": 1, \"y\": \"a\"}, {\"x\": 1, \"y\": \"a\"}, {\"x\": 1, \"y\": \"b\"},"
                      + " {\"x\": 2, \"y\": \"a\"}, {\"x\": 2, \"y\": \"b\"}, {\"x\": 3, \"y\":"
                      + " \"b\"}]",
                  "[{\"x\": 1, \"y\": \"a\"}, {\"x\": 1, \"y\": \"a\"}, {\"x\": 3, \"y\":"
                      + " \"b\"}]"),
              new Example(
                  "{label: y, fields: [x], keep: none}",
                  "[{\"x\": 1, \"y\": \"a\"}, {\"x\": 1, \"y\": null}, {\"x\": 1, \"y\": \"b\"}]",
                  "[{\"x\": 1, \"y\": null}]")),
          params ->
              new DropLabelConflicts(
                  params.find(LabelConflicts.LABEL),
                  params.find(LabelConflicts.FIELDS),
                  params.get(KEEP)));

  @Override
  public boolean dropsSamples() {
    return true;
  }

  @Override
  public boolean heedsOrder() {
    return false;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    LabelConflicts.inputs(inputs.get(0), label, fields);
    return inputs.get(0);
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    Schema input = inputs.get(0);
    return new Conflicting(
        Relabel.labelPosition(input, label),
        LabelConflicts.inputs(input, label, fields),
        keep,
        new BatchBuilder(output));
  }

  private static final class Conflicting implements Grouping {
    private final int label;
    private final int[] inputs;
    private final Keep keep;
    private final BatchBuilder kept;

    Conflicting(int label, int[] inputs, Keep keep, BatchBuilder kept) {
      this.label = label;
      this.inputs = inputs;
      this.keep = keep;
      this.kept = kept;
    }

    /** A sample of the group. */
    private record Member(Batch batch, int row) {}

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      for (int position : inputs) {
        key.put(batch.column(position), row);
      }
    }

    @Override
    public void group(Group group, Outcome out) {
      List<Member> members = new ArrayList<>();
      Map<Object, Long> counts = new HashMap<>();
      long labelled = 0;
      while (group.next()) {
        Member member = new Member(group.batch(), group.row());
        members.add(member);
        Object given = member.batch().column(label).valueAt(member.row());
        if (given != null) {
          labelled++;
          counts.merge(given, 1L, Long::sum);
        }
      }
      long most = counts.values().stream().max(Long::compare).orElse(0L);
      long leaders = counts.values().stream().filter(count -> count == most).count();
      boolean majority = keep == Keep.MAJORITY && leaders == 1;
      for (Member member : members) {
        Object given = member.batch().column(label).valueAt(member.row());
        long count = given == null ? 0 : counts.getOrDefault(given, 0L);
        if (given == null || counts.size() <= 1 || majority && count == most) {
          kept.append(member.batch(), member.row());
        } else {
          out.drop(member.batch(), member.row(), "label_conflict", (double) count / labelled);
        }
      }
      if (kept.isFull()) {
        out.keep(kept.build());
      }
    }

    @Override
    public void end(Outcome out) {
      if (kept.count() > 0) {
        out.keep(kept.build());
      }
    }
  }
}
