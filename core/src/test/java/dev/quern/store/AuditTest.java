package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the audit afterwards is found, and where. */
class AuditTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int LINES = 12;

  @TempDir private Path folder;
  private Audit audit;

  @BeforeEach
  void twelveEvents() throws IOException {
    audit = new Workspace(folder).audit();
    for (int i = 1; i <= LINES; i++) {
      audit.add(NOW.plusSeconds(i), event(i));
    }
  }

  private static AuditEvent event(int number) {
    return AuditEvent.of(AuditEvent.Action.READ, "visits@" + number, "checks")
        .with("samples", number)
        .using("k1");
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(folder.resolve(Audit.FILE)));
  }

  private void write(List<String> lines) throws IOException {
    Files.write(folder.resolve(Audit.FILE), lines);
  }

  private List<AuditCheck.Problem> problems() throws IOException {
    return audit.verify(Optional.empty()).problems();
  }

  @Test
  void whatWasAddedIsThereInOrderAndWhole() throws IOException {
    AuditCheck.Found found = audit.verify(Optional.empty());
    assertThat(found.problems()).isEmpty();
    assertThat(found.lines()).isEqualTo(LINES);
    assertThat(found.heads()).isEqualTo(LINES);
    assertThat(audit.entries().get(3).text("resource")).isEqualTo("visits@4");
    assertThat(audit.entries().get(0).previous()).isEqualTo(AuditEntry.START);
  }

  @Test
  void secretsAndLinesAreForTheOwnerAlone() throws IOException {
    for (String file : List.of(Audit.FILE, "audit/heads.jsonl", AuditKey.SECRET)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anyChangedCharacterIsLocated() throws IOException {
    Random random = new Random(7);
    List<String> before = lines();
    for (int trial = 0; trial < 200; trial++) {
      int line = random.nextInt(LINES);
      StringBuilder text = new StringBuilder(before.get(line));
      int at = random.nextInt(text.length());
      text.setCharAt(at, (char) (text.charAt(at) ^ 1));
      List<String> changed = new ArrayList<>(before);
      changed.set(line, text.toString());
      write(changed);
      assertThat(problems()).as("line %s, character %s", line + 1, at).isNotEmpty();
      assertThat(problems().get(0).line()).isEqualTo(line + 1);
      assertThat(problems().get(0).kind()).isEqualTo(AuditCheck.Kind.CHANGED);
    }
  }

  @Test
  void aLineReplacedTogetherWithItsHashIsLocated() throws IOException {
    List<String> lines = lines();
    AuditEntry fourth = AuditEntry.parse(lines.get(3));
    AuditEntry forged = AuditEntry.of(4, fourth.previous(), "2026", "somebody", event(99));
    lines.set(3, forged.line());
    write(lines);
    assertThat(problems())
        .extracting(AuditCheck.Problem::kind)
        .containsExactly(AuditCheck.Kind.UNCHAINED, AuditCheck.Kind.REPLACED);
    assertThat(problems().get(0).line()).isEqualTo(5);
    assertThat(problems().get(1).line()).isEqualTo(4);
  }

  @Test
  void aChainForgedToItsEndIsLocatedByTheSignedHeads() throws IOException {
    List<String> lines = lines();
    String previous = AuditEntry.parse(lines.get(6)).hash();
    for (int i = 8; i <= LINES; i++) {
      AuditEntry forged = AuditEntry.of(i, previous, "2026", "somebody", event(i + 50));
      previous = forged.hash();
      lines.set(i - 1, forged.line());
    }
    write(lines);
    assertThat(problems().get(0).kind()).isEqualTo(AuditCheck.Kind.REPLACED);
    assertThat(problems().get(0).line()).isEqualTo(8);
  }

  @Test
  void anyDeletedLineIsLocated() throws IOException {
    List<String> before = lines();
    for (int line = 0; line < LINES; line++) {
      List<String> changed = new ArrayList<>(before);
      changed.remove(line);
      write(changed);
      AuditCheck.Problem first = problems().get(0);
      assertThat(first.line()).isEqualTo(line + 1);
      assertThat(first.kind())
          .isEqualTo(line == LINES - 1 ? AuditCheck.Kind.CUT_OFF : AuditCheck.Kind.DELETED);
    }
  }

  @Test
  void anySwappedLinesAreLocated() throws IOException {
    List<String> before = lines();
    for (int line = 0; line + 1 < LINES; line++) {
      List<String> changed = new ArrayList<>(before);
      Collections.swap(changed, line, line + 1);
      write(changed);
      assertThat(problems().get(0).line()).isEqualTo(line + 1);
    }
  }

  @Test
  void anInsertedLineIsLocated() throws IOException {
    List<String> before = lines();
    for (int line = 1; line < LINES; line++) {
      List<String> changed = new ArrayList<>(before);
      String previous = AuditEntry.parse(before.get(line - 1)).hash();
      changed.add(line, AuditEntry.of(line + 1, previous, "2026", "x", event(77)).line());
      write(changed);
      assertThat(problems()).isNotEmpty();
      assertThat(problems().get(0).line()).isBetween((long) line + 1, (long) line + 2);
    }
  }

  @Test
  void aLineTwiceIsLocated() throws IOException {
    List<String> lines = lines();
    lines.add(5, lines.get(4));
    write(lines);
    assertThat(problems().get(0))
        .isEqualTo(
            new AuditCheck.Problem(AuditCheck.Kind.ORDER, 6, "line must have number 6; found: 5"));
  }

  @Test
  void aTruncatedEndIsLocatedAndNothingMoreIsAdded() throws IOException {
    write(lines().subList(0, 9));
    assertThat(problems())
        .containsExactly(
            new AuditCheck.Problem(
                AuditCheck.Kind.CUT_OFF,
                10,
                "signed lines must be there up to 12; found: up to 9"));
    assertThatThrownBy(() -> audit.add(NOW, event(1)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "audit.jsonl must be as it was written before anything is added to it; found: lines 10"
                + " to 12 are not there; see quern audit verify");
  }

  @Test
  void anEmptiedOrMissingAuditIsTold() throws IOException {
    Files.delete(folder.resolve(Audit.FILE));
    assertThat(problems().get(0).kind()).isEqualTo(AuditCheck.Kind.CUT_OFF);
    assertThatThrownBy(() -> audit.add(NOW, event(1))).isInstanceOf(DataException.class);
  }

  @Test
  void anAuditRolledBackWithItsHeadsIsFoundByAHeadKeptElsewhere() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    copy(folder, copy);
    audit.add(NOW, event(13));
    AuditHead kept = audit.head().orElseThrow();
    copy(copy, folder);
    assertThat(problems()).isEmpty();
    assertThat(audit.verify(Optional.of(kept)).problems())
        .containsExactly(
            new AuditCheck.Problem(
                AuditCheck.Kind.CUT_OFF,
                13,
                "signed lines must be there up to 13; found: up to 12"));
  }

  @Test
  void anAuditRolledBackIsFoundByTheRunsItDoesNotTell() throws IOException {
    Path run = Files.createDirectories(folder.resolve("runs").resolve("20260101-000500-000"));
    Files.writeString(run.resolve("report.json"), "{\"started\": \"2026-01-01T00:05:00Z\"}");
    assertThat(problems())
        .containsExactly(
            new AuditCheck.Problem(
                AuditCheck.Kind.UNTOLD,
                0,
                "run 20260101-000500-000 must be in the audit; found: no line of it"));
  }

  @Test
  void aWorkspaceWhoseAuditWasTakenAwayAsAWholeIsFoundByWhatLiesInIt() throws IOException {
    lie("runs/20250101-000500-000/report.json", "{\"dataset\": {\"name\": \"visits\"}}");
    lie("datasets/visits/1-0a0b0c0d.json", "{\"run\": \"20250101-000500-000\"}");
    lie("erasure/ab-1.json", "{\"subject\": \"abcd\", \"state\": \"closed\"}");
    Files.delete(folder.resolve(Audit.FILE));
    Files.delete(folder.resolve("audit/heads.jsonl"));
    assertThat(problems())
        .extracting(AuditCheck.Problem::message)
        .containsExactly(
            "run 20250101-000500-000 must be in the audit; found: no line of it",
            "version visits@1-0a0b0c0d must be in the audit; found: no line of it",
            "erasure ab-1 must be in the audit; found: no line of it");
  }

  @Test
  void aRunIsToldWithWhatItPublished() throws IOException {
    lie("runs/r1/report.json", "{\"dataset\": {\"name\": \"visits\"}}");
    lie("datasets/visits/1-0a0b0c0d.json", "{\"run\": \"r1\"}");
    audit.add(NOW, AuditEvent.of(AuditEvent.Action.RUN, "recipe/visits", "run").in("r1"));
    assertThat(problems())
        .extracting(AuditCheck.Problem::message)
        .containsExactly(
            "what run r1 published must be in the audit; found: no line of it",
            "version visits@1-0a0b0c0d must be in the audit; found: no line of it");
    audit.add(
        NOW, AuditEvent.of(AuditEvent.Action.PUBLISH, "dataset/visits", "recipe visits").in("r1"));
    assertThat(problems()).isEmpty();
  }

  private void lie(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void headsThatOthersSignedAreFound() throws IOException {
    Workspace other = new Workspace(folder.resolve("other"));
    other.audit().add(NOW, event(1));
    AuditHead foreign = other.audit().head().orElseThrow();
    assertThat(audit.verify(Optional.of(foreign)).problems().get(0).kind())
        .isEqualTo(AuditCheck.Kind.HEAD);
    Files.copy(
        folder.resolve("other/audit/heads.jsonl"),
        folder.resolve("audit/heads.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(problems().get(0).kind()).isEqualTo(AuditCheck.Kind.HEAD);
  }

  @Test
  void withoutHeadsAnAuditIsNotWhole() throws IOException {
    Files.delete(folder.resolve("audit/heads.jsonl"));
    assertThat(problems()).extracting(AuditCheck.Problem::kind).contains(AuditCheck.Kind.HEAD);
  }

  @Test
  void aTornLineIsToldAndMendedAtEveryLength() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(Audit.FILE));
    byte[] next =
        AuditEntry.of(13, "x", "2026", "x", event(13)).line().getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < next.length; length += 17) {
      byte[] piece = java.util.Arrays.copyOf(next, length);
      Files.write(folder.resolve(Audit.FILE), piece, StandardOpenOption.APPEND);
      AuditCheck.Found found = audit.verify(Optional.empty());
      assertThat(found.torn()).isEqualTo(length);
      assertThat(found.problems()).isEmpty();
      audit.add(NOW, event(13));
      List<AuditEntry> entries = audit.entries();
      AuditEntry mended = entries.get(entries.size() - 2);
      assertThat(mended.text("action")).isEqualTo("mend");
      assertThat(mended.plain().get("counts")).isEqualTo(java.util.Map.of("bytes", (long) length));
      assertThat(audit.verify(Optional.empty()).torn()).isZero();
      assertThat(problems()).isEmpty();
    }
    assertThat(whole.length).isLessThan((int) Files.size(folder.resolve(Audit.FILE)));
  }

  @Test
  void aLineWithoutItsHeadIsFollowed() throws IOException {
    List<String> heads = Files.readAllLines(folder.resolve("audit/heads.jsonl"));
    Files.write(folder.resolve("audit/heads.jsonl"), heads.subList(0, LINES - 1));
    audit.add(NOW, event(13));
    assertThat(problems()).isEmpty();
    assertThat(audit.entries()).hasSize(LINES + 1);
  }

  @Test
  void processesAndThreadsAddInTurn() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 10; i++) {
                    new Workspace(folder).audit().add(NOW, event(i));
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(problems()).isEmpty();
    assertThat(audit.entries()).hasSize(LINES + 40);
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String file : List.of(Audit.FILE, "audit/heads.jsonl", "audit/key.pub")) {
      Files.createDirectories(to.resolve(file).getParent());
      Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
