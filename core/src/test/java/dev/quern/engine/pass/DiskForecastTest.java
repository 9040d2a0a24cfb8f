package dev.quern.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskForecastTest {
  private static final long TOTAL = 6_400;

  @TempDir Path folder;
  private long usable;

  @BeforeEach
  void lookAtTheDisk() throws IOException {
    usable = Files.getFileStore(folder).getUsableSpace();
  }

  /** Returns the forecast after {@code tasks} tasks that read 100 bytes each and leave as told. */
  private DiskForecast after(int tasks, long left) {
    DiskForecast forecast = new DiskForecast("dedup", folder, TOTAL);
    for (int i = 0; i < tasks; i++) {
      forecast.add(100, left);
    }
    return forecast;
  }

  @Test
  void aStageWhoseRestWillNotFitIsRefusedAfterASixteenth() {
    // Each of 60 tasks to come would need a thirtieth of the room: twice what there is.
    assertThatThrownBy(() -> after(4, usable / 30).check())
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.code()).isEqualTo("disk_too_small"))
        .hasMessageStartingWith(
            folder + ": disk must have room for what dedup leaves (bytes); found: ")
        .hasMessageMatching(".*: [0-9]+ left, about [0-9]+ needed by the tasks so far; free .*")
        .satisfies(e -> assertThat(foretold(e)).isCloseTo(usable / 30 * 60, within(1L)));
  }

  /** Tasks to come are foretold in doubles: a byte of terabytes is rounded. */
  private static long foretold(Throwable refused) {
    return Long.parseLong(refused.getMessage().replaceFirst(".*about ([0-9]+) .*", "$1"));
  }

  @Test
  void nothingIsForetoldFromLess() {
    assertThatCode(() -> after(3, usable).check()).doesNotThrowAnyException();
  }

  @Test
  void whatMayFitIsNotRefused() {
    // 60 tasks to come would need as much as there is, within what tasks differ by.
    assertThatCode(() -> after(4, usable / 60).check()).doesNotThrowAnyException();
  }

  @Test
  void theLastTaskIsNotRefused() {
    assertThatCode(() -> after(64, usable).check()).doesNotThrowAnyException();
  }

  @Test
  void aStageThatLeavesNothingNeedsNoRoom() {
    assertThatCode(() -> after(20, 0).check()).doesNotThrowAnyException();
  }
}
