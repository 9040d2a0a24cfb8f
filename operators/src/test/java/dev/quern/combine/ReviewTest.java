package dev.quern.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Grouper;
import dev.quern.trial.Tried;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Labels that come back from reviewers. */
class ReviewTest {
  private static final Batch SAMPLES =
      Tried.batch(
          Tried.schema("x", Type.TEXT, "y", Type.LONG),
          new Object[] {"a", 1L},
          new Object[] {"b", 2L},
          new Object[] {"c", null});

  private static String id(int row) {
    return SampleId.of("trial", "", row, 0).toString();
  }

  private static Tried review(Batch reviews) {
    Grouper grouper = Tried.operator(Grouper.class, Review.SPEC, "label", "y");
    Schema output = grouper.output(List.of(SAMPLES.schema(), reviews.schema()));
    return Tried.group(grouper, output, reviews, SAMPLES);
  }

  private static Batch flat(@Nullable Object[]... rows) {
    return Tried.batch(Tried.schema("sample_id", Type.TEXT, "label", Type.TEXT), rows);
  }

  private static Batch tasks(String... annotations) {
    Object[][] rows = new Object[annotations.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new Object[] {"{\"sample_id\":\"" + id(0) + "\"}", annotations[i]};
    }
    return Tried.batch(Tried.schema("data", Type.TEXT, "annotations", Type.TEXT), rows);
  }

  private static String annotation(String choices) {
    return "{\"result\":[{\"value\":{\"choices\":" + choices + "}}]}";
  }

  @Test
  void whatMostReviewersSayCounts() {
    Tried tried =
        review(
            flat(
                new Object[] {id(0), "3"},
                new Object[] {id(0), "3"},
                new Object[] {id(0), "1"},
                new Object[] {id(2), "4"}));
    assertThat(tried.rows)
        .containsExactlyInAnyOrder(
            List.of("a", 3L, true), java.util.Arrays.asList("b", 2L, null), List.of("c", 4L, true));
    assertThat(tried.merged).isEqualTo(4);
  }

  @Test
  void aTieChangesNothing() {
    Tried tried = review(flat(new Object[] {id(0), "3"}, new Object[] {id(0), "1"}));
    assertThat(tried.rows.get(0)).isEqualTo(java.util.Arrays.asList("a", 1L, null));
  }

  @Test
  void skippedTasksAndTasksWithoutOneChoiceDecideNothing() {
    Tried tried =
        review(
            tasks(
                "[{\"was_cancelled\":true,\"result\":[{\"value\":{\"choices\":[\"9\"]}}]}]",
                "[" + annotation("[]") + "," + annotation("[\"8\",\"9\"]") + "]",
                "[]"));
    assertThat(tried.rows.get(0)).isEqualTo(java.util.Arrays.asList("a", 1L, null));
    assertThat(tried.merged).isEqualTo(3);
    assertThat(review(tasks("[" + annotation("[\"9\"]") + "]")).rows.get(0))
        .isEqualTo(List.of("a", 9L, true));
  }

  @Test
  void reviewsThatCannotBeUsedAreSetAsideByRule() {
    Tried tried =
        review(
            flat(
                new Object[] {"no id", "3"},
                new Object[] {id(7), "3"},
                new Object[] {id(1), "three"}));
    assertThat(tried.quarantined)
        .containsExactlyInAnyOrder(
            "0  must be a review with a sample id and labels; found: malformed_review",
            "1  must be of a sample that is there; found: no_such_sample",
            "2  must be long; found: not_a_label");
    assertThat(tried.rows).hasSize(3);
  }

  @Test
  void aSecondInputWithoutReviewsIsRefused() {
    Grouper grouper = Tried.operator(Grouper.class, Review.SPEC, "label", "y");
    assertThatThrownBy(() -> grouper.output(List.of(SAMPLES.schema(), SAMPLES.schema())))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("must have reviews with the text fields data and annotations")
        .hasMessageContaining("found: x, y");
  }
}
