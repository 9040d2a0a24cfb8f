package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Grouper;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlignTest {
  private static final Schema SAMPLES = Tried.schema("t", Type.LONG);
  private static final Schema OTHERS = Tried.schema("t", Type.LONG, "y", Type.TEXT);

  private final Batch samples = Tried.column("t", Type.LONG, 0L, 2L, 5L, 9L, null);
  private final Batch others =
      Tried.batch(
          OTHERS,
          new Object[] {1L, "a"},
          new Object[] {5L, "b"},
          new Object[] {5L, "again"},
          new Object[] {6L, "c"},
          new Object[] {null, "d"});

  @Test
  void eachSampleGetsTheLastOneBeforeIt() {
    assertThat(partners()).containsExactly(null, "a", "b", "c", null);
  }

  @Test
  void orTheFirstOneBehindIt() {
    assertThat(partners("match", "after")).containsExactly("a", "b", "b", null, null);
  }

  @Test
  void orTheNearestWithinTheTolerance() {
    assertThat(partners("match", "nearest")).containsExactly("a", "a", "b", "c", null);
    assertThat(partners("match", "nearest", "tolerance", 2L))
        .containsExactly("a", "a", "b", null, null);
  }

  @Test
  void everySampleOfTheOtherInputIsAccountedFor() {
    Tried tried = aligned();
    assertThat(tried.merged).isEqualTo(4);
    assertThat(tried.quarantined).hasSize(1).first().asString().contains("missing_time");
  }

  @Test
  void refusesFieldsThatAreThereAndTimesOfTwoTypes() {
    assertThatThrownBy(() -> operator().output(List.of(OTHERS, OTHERS)))
        .hasMessageContaining("must be fields that the samples do not have; found: y in both");
    assertThatThrownBy(() -> operator().output(List.of(SAMPLES, Tried.schema("t", Type.DATE))))
        .hasMessageContaining("must be of one type in both inputs; found: t, long and date");
  }

  private List<@Nullable Object> partners(Object... params) {
    List<@Nullable Object> partners = new ArrayList<>();
    aligned(params).rows.forEach(row -> partners.add(row.get(1)));
    return partners;
  }

  private Tried aligned(Object... params) {
    Grouper align = operator(params);
    return Tried.group(align, align.output(List.of(SAMPLES, OTHERS)), others, samples);
  }

  private static Grouper operator(Object... params) {
    Object[] all = new Object[params.length + 2];
    all[0] = "time";
    all[1] = "t";
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Grouper.class, Align.SPEC, all);
  }
}
