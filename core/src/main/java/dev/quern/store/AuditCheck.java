package dev.quern.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what has been done to the audit after it was written: lines changed, deleted, inserted, put
 * in another order, cut off at the end or put back to an earlier state, each with its place.
 *
 * <p>Inside the chain each line carries its own hash and that of the line before. The end is held
 * by the signed heads, by a head that was kept elsewhere, and by what the workspace holds: its
 * runs, versions and erasures must have been told.
 */
public final class AuditCheck {
  private final Path root;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Long, String> hashes = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();
  private long lines;
  private long last;
  private long torn;

  AuditCheck(Path root) {
    this.root = root;
  }

  /** What is wrong. */
  public enum Kind {
    /** A line's content is not what its hash says, or it is no line at all. */
    CHANGED,
    /** Numbers are missing in between. */
    DELETED,
    /** A line stands where its number has been passed. */
    ORDER,
    /** A line does not follow from the one before it. */
    UNCHAINED,
    /** Signed lines at the end are not there. */
    CUT_OFF,
    /** A signed line is another than was signed. */
    REPLACED,
    /** A head is not signed by the key. */
    HEAD,
    /** A run, version or erasure of the workspace was never told. */
    UNTOLD
  }

  /**
   * One finding.
   *
   * @param line where in {@code audit.jsonl}, or in {@code audit/heads.jsonl} for heads, from 1; 0
   *     where there is no such line
   * @param message what must be and what was found
   */
  public record Problem(Kind kind, long line, String message) {}

  /**
   * What was found.
   *
   * @param lines whole lines
   * @param heads signed heads that hold
   * @param torn bytes of half a line at the end: a killed process leaves them, the next addition
   *     cuts them off
   * @param key id of the key that signs, empty if there is none
   */
  public record Found(long lines, long heads, long torn, String key, List<Problem> problems) {
    public Found {
      problems = List.copyOf(problems);
    }
  }

  Found check(Optional<AuditHead> kept) throws IOException {
    Path file = root.resolve(Audit.FILE);
    if (Files.exists(file)) {
      chain(wholeLines(file));
      torn = Files.size(file) - bytes(file);
    }
    Path open = root.resolve(AuditKey.PUBLIC);
    Optional<PublicKey> key =
        Files.exists(open) ? Optional.of(AuditKey.opened(open)) : Optional.empty();
    long heads = heads(key);
    kept.ifPresent(head -> kept(head, key));
    for (String untold : new AuditTraces(root, told).untold()) {
      add(Kind.UNTOLD, 0, untold);
    }
    return new Found(lines, heads, torn, key.map(AuditKey::id).orElse(""), problems);
  }

  private void chain(List<String> all) {
    String previous = AuditEntry.START;
    for (String line : all) {
      lines++;
      AuditEntry entry;
      try {
        entry = AuditEntry.parse(line);
      } catch (IllegalArgumentException e) {
        add(Kind.CHANGED, lines, "line must be as it was written; found: another content");
        // What follows is compared with the line after it: one change is one finding.
        previous = "";
        last++;
        continue;
      }
      follow(entry, previous);
      previous = entry.hash();
      last = entry.seq();
      hashes.put(entry.seq(), entry.hash());
      told.add(AuditTraces.event(entry.text("action"), entry.text("resource"), entry.text("run")));
    }
  }

  private void follow(AuditEntry entry, String previous) {
    if (entry.seq() > last + 1) {
      add(
          Kind.DELETED,
          lines,
          "lines must be numbered without gaps; found: "
              + (last + 1)
              + (entry.seq() == last + 2 ? "" : " to " + (entry.seq() - 1))
              + " missing");
    } else if (entry.seq() <= last) {
      add(Kind.ORDER, lines, "line must have number " + (last + 1) + "; found: " + entry.seq());
    } else if (!previous.isEmpty() && !entry.previous().equals(previous)) {
      add(
          Kind.UNCHAINED,
          lines,
          "line must follow from the one before it; found: another one before it when written");
    }
  }

  private long heads(Optional<PublicKey> key) throws IOException {
    Path file = root.resolve(Audit.FOLDER).resolve(Audit.HEADS);
    if (!Files.exists(file)) {
      if (last > 1 || key.isPresent() && last > 0) {
        add(Kind.HEAD, 0, "signed heads must be there; found: none");
      }
      return 0;
    }
    long number = 0;
    long good = 0;
    long furthest = 0;
    for (String line : wholeLines(file)) {
      number++;
      AuditHead head;
      try {
        head = AuditHead.parse(line);
      } catch (IllegalArgumentException e) {
        add(Kind.HEAD, number, "head must be as it was written; found: another content");
        continue;
      }
      if (key.isEmpty() || !head.isSignedBy(key.get())) {
        add(Kind.HEAD, number, "head must be signed by the audit's key; found: not so");
        continue;
      }
      good++;
      furthest = Math.max(furthest, head.seq());
      compare(head);
    }
    if (furthest > last) {
      cutOff(furthest);
    }
    return good;
  }

  private void compare(AuditHead head) {
    String there = hashes.get(head.seq());
    if (there != null && !there.equals(head.hash())) {
      add(
          Kind.REPLACED,
          head.seq(),
          "line must have the hash that was signed at " + head.time() + "; found: another");
    }
  }

  private void cutOff(long furthest) {
    add(
        Kind.CUT_OFF,
        last + 1,
        "signed lines must be there up to "
            + furthest
            + "; found: "
            + (last == 0 ? "none" : "up to " + last));
  }

  /** Compares with a head that was kept where the workspace's owner cannot reach. */
  private void kept(AuditHead head, Optional<PublicKey> key) {
    if (key.isEmpty() || !head.isSignedBy(key.get())) {
      add(Kind.HEAD, 0, "kept head must be signed by the audit's key; found: another key");
    } else if (head.seq() > last) {
      cutOff(head.seq());
    } else {
      compare(head);
    }
  }

  private void add(Kind kind, long line, String message) {
    problems.add(new Problem(kind, line, message));
  }

  /** Returns the lines of {@code file} that have an end. */
  static List<String> wholeLines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          lines.add(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else {
          line.write(b);
        }
      }
    }
    return lines;
  }

  /** Returns the bytes of {@code file} up to its last line end. */
  private static long bytes(Path file) throws IOException {
    long size = Files.size(file);
    long tail = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        tail = b == '\n' ? 0 : tail + 1;
      }
    }
    return size - tail;
  }
}
