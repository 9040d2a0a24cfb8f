package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.FoundCounts;
import dev.quern.engine.Outcome;
import dev.quern.operator.BindException;
import dev.quern.privacy.recognise.Findings;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectTest {
  private static final Detect DETECT =
      new Detect(Optional.empty(), Optional.empty(), 0.5, Optional.empty(), "findings");

  @Test
  void tellsFieldPlaceTypeRecogniserAndScoreAndChangesNothing() {
    Batch batch =
        Tried.batch(
            Tried.schema("a", Type.TEXT, "n", Type.LONG, "b", Type.TEXT),
            new Object[] {"mail x@y.org", 1L, "电话13800138000"},
            new Object[] {null, 2L, ""});
    Tried tried = Tried.map(DETECT, batch);
    assertThat(tried.rows.get(0).subList(0, 3))
        .containsExactly("mail x@y.org", 1L, "电话13800138000");
    assertThat(tried.rows.get(0).get(3).toString())
        .isEqualTo(
            "[{field=a, start=5, end=12, type=EMAIL, recogniser=email, score=0.95, length=12},"
                + " {field=b, start=2, end=13, type=CN_MOBILE, recogniser=cn_mobile, score=1.0, length=13}]");
    assertThat(tried.rows.get(1).get(3)).isEqualTo(List.of());
    assertThat(tried.changed).isEmpty();
    assertThat(tried.found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "EMAIL(a)", new FoundCounts(1, 1, 950_000),
                "CN_MOBILE(b)", new FoundCounts(1, 1, 1_000_000)));
  }

  @Test
  void placesLeadBackToBytesAndChars() {
    Batch batch = Tried.column("t", Type.TEXT, "😀é x@y.org，13800138000");
    Schema output = DETECT.output(batch.schema());
    List<Batch> kept = new ArrayList<>();
    DETECT.bind(batch.schema(), output, Tried.STEP).map(batch, keeping(kept));
    Findings findings = Findings.of(output, "from", "findings");
    String text = batch.column(0).textAt(0);
    Slice slice = batch.column(0).sliceAt(0, new Slice());
    List<String> chars =
        findings.chars(kept.get(0), 0, "t", text).stream()
            .map(span -> text.substring(span.start(), span.end()))
            .toList();
    List<String> bytes =
        findings.bytes(kept.get(0), 0, "t", slice).stream()
            .map(span -> new Slice().set(slice.bytes, span.start(), span.end()).text())
            .toList();
    assertThat(chars).containsExactly("x@y.org", "13800138000");
    assertThat(bytes).isEqualTo(chars);
  }

  @Test
  void onlySelectedSamplesAreLookedAt() {
    Batch batch = Tried.column("t", Type.TEXT, "x@y.org", "x@y.org", "z");
    Tried tried = Tried.map(DETECT, batch.select(new int[] {1, 2}, 2));
    assertThat(tried.rows).hasSize(2);
    assertThat((List<?>) tried.rows.get(0).get(1)).hasSize(1);
    assertThat((List<?>) tried.rows.get(1).get(1)).isEmpty();
  }

  @Test
  void typesAndScoreChoose() {
    Batch batch = Tried.column("t", Type.TEXT, "x@y.org 13800138000");
    Detect mails =
        new Detect(Optional.empty(), Optional.of(List.of("EMAIL")), 0.5, Optional.empty(), "f");
    assertThat((List<?>) Tried.map(mails, batch).rows.get(0).get(1)).hasSize(1);
    Detect sure = new Detect(Optional.empty(), Optional.empty(), 0.99, Optional.empty(), "f");
    assertThat((List<?>) Tried.map(sure, batch).rows.get(0).get(1)).isEmpty();
  }

  @Test
  void refusesUnknownTypesAndFieldsThatExist() {
    Schema schema = Tried.schema("t", Type.TEXT);
    assertThatThrownBy(
            () ->
                new Detect(
                        Optional.empty(), Optional.of(List.of("MAIL")), 0.5, Optional.empty(), "f")
                    .output(schema))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith("must name types of findings; found: MAIL; did you mean");
    assertThatThrownBy(
            () ->
                new Detect(Optional.empty(), Optional.empty(), 0.5, Optional.empty(), "t")
                    .output(schema))
        .isInstanceOf(BindException.class)
        .hasMessage("must be a new field; found: t");
    assertThatThrownBy(() -> Findings.of(schema, "from", "t"))
        .isInstanceOf(BindException.class)
        .hasMessage("must name a field of findings, as privacy.detect adds one; found: t, text");
  }

  private static Outcome keeping(List<Batch> kept) {
    return new Outcome() {
      @Override
      public void keep(Batch batch) {
        kept.add(batch);
      }

      @Override
      public void created(long samples) {}

      @Override
      public void merged(long samples) {}

      @Override
      public void drop(Batch batch, int row, String reason, double measured) {}

      @Override
      public void quarantine(Batch batch, int row, String field, dev.quern.engine.Fault fault) {}

      @Override
      public void quarantine(
          dev.quern.engine.Place place, String field, dev.quern.engine.Fault fault, byte[] raw) {}
    };
  }
}
