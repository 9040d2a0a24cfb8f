package dev.quern.store;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was done with the data of a workspace, line by line: each line carries the hash of the one
 * before, and how far the chain has come is signed again and again. An event is on the disk before
 * what it tells is done. Safe for several threads and processes.
 *
 * <pre>
 * audit.jsonl        the chain
 * audit/heads.jsonl  signed heads, one per addition
 * audit/key.pub      the public half of the key that signs
 * keys/audit.ed25519 the key, for the owner alone
 * </pre>
 *
 * <p>A process that is killed leaves at most half a line, which nothing has followed from: the next
 * addition cuts it off and says so.
 */
public final class Audit {
  /** Name of the chain's file. */
  public static final String FILE = "audit.jsonl";

  static final String HEADS = "heads.jsonl";
  static final String FOLDER = "audit";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How much of the end of a file is read to find its last line, in bytes. */
  private static final int TAIL = 1 << 16;

  private final Path root;

  Audit(Path root) {
    this.root = root;
  }

  Path file() {
    return root.resolve(FILE);
  }

  Path heads() {
    return root.resolve(FOLDER).resolve(HEADS);
  }

  /** Adds {@code event}. */
  public void add(Instant now, AuditEvent event) throws IOException {
    add(now, List.of(event));
  }

  /**
   * Adds {@code events} in their order; when this returns they are on the disk.
   *
   * @param now what the caller's clock says
   * @throws DataException with code {@code audit_damaged} if the end of the audit is not as it was
   *     written: then nothing must be done, because it could not be told
   */
  public void add(Instant now, List<AuditEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    Folders.create(root);
    try (WriteLock lock = WriteLock.take(root.resolve(FOLDER), "audit", PATIENCE)) {
      AuditKey key = AuditKey.of(root);
      End heads = End.of(heads());
      End chain = End.of(file());
      Optional<AuditEntry> last = last(chain);
      requireWhole(last, heads);
      List<AuditEvent> all = new ArrayList<>(events);
      long torn = chain.torn() + heads.torn();
      if (torn > 0) {
        all.add(
            0,
            AuditEvent.of(AuditEvent.Action.MEND, FILE, "half a line was cut off")
                .with("bytes", torn));
      }
      append(file(), chain, lines(now, last, all));
      AuditEntry end = last(End.of(file())).orElseThrow();
      append(heads(), heads, Json.canonical(AuditHead.sign(end, key).plain()) + "\n");
    }
  }

  private static String lines(Instant now, Optional<AuditEntry> last, List<AuditEvent> events) {
    StringBuilder lines = new StringBuilder();
    long seq = last.map(AuditEntry::seq).orElse(0L);
    String previous = last.map(AuditEntry::hash).orElse(AuditEntry.START);
    String actor = System.getProperty("user.name", "");
    for (AuditEvent event : events) {
      AuditEntry entry = AuditEntry.of(++seq, previous, now.toString(), actor, event);
      previous = entry.hash();
      lines.append(entry.line()).append('\n');
    }
    return lines.toString();
  }

  private Optional<AuditEntry> last(End chain) {
    try {
      return Optional.ofNullable(chain.line()).map(AuditEntry::parse);
    } catch (IllegalArgumentException e) {
      throw damaged("its last line is another than was written");
    }
  }

  private static void requireWhole(Optional<AuditEntry> last, End heads) {
    if (heads.line() == null) {
      return; // Killed between the first line and its head, or a new audit.
    }
    AuditHead head;
    try {
      head = AuditHead.parse(heads.line());
    } catch (IllegalArgumentException e) {
      throw damaged("its last head is another than was written");
    }
    long seq = last.map(AuditEntry::seq).orElse(0L);
    if (seq < head.seq()) {
      throw damaged("lines " + (seq + 1) + " to " + head.seq() + " are not there");
    }
    if (seq == head.seq() && !last.orElseThrow().hash().equals(head.hash())) {
      throw damaged("line " + seq + " is another than was signed");
    }
  }

  private static DataException damaged(String found) {
    return new DataException(
        "audit_damaged",
        FILE
            + " must be as it was written before anything is added to it; found: "
            + found
            + "; see quern audit verify, then restore it from a copy, or put "
            + FILE
            + " and the folder audit aside as evidence to begin another");
  }

  /** Writes behind the last whole line and forces it to the disk. */
  private static void append(Path file, End end, String text) throws IOException {
    if (!Files.exists(file)) {
      Folders.replace(file, ""); // For the owner alone.
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end.whole());
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      channel.position(end.whole());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Returns the newest signed head. */
  public Optional<AuditHead> head() throws IOException {
    String line = End.of(heads()).line();
    return line == null ? Optional.empty() : Optional.of(AuditHead.parse(line));
  }

  /**
   * Returns the lines of the audit, oldest first.
   *
   * @throws DataException if one of them is not as it was written
   */
  public List<AuditEntry> entries() throws IOException {
    List<AuditEntry> entries = new ArrayList<>();
    if (Files.exists(file())) {
      for (String line : AuditCheck.wholeLines(file())) {
        try {
          entries.add(AuditEntry.parse(line));
        } catch (IllegalArgumentException e) {
          throw damaged("line " + (entries.size() + 1) + " is another than was written");
        }
      }
    }
    return entries;
  }

  /** Returns what is wrong with the audit, see {@link AuditCheck}. */
  public AuditCheck.Found verify(Optional<AuditHead> kept) throws IOException {
    return new AuditCheck(root).check(kept);
  }

  /**
   * The end of a file of lines.
   *
   * @param line the last whole line, null if there is none
   * @param whole bytes up to and with the end of that line
   * @param torn bytes behind it
   */
  private record End(@Nullable String line, long whole, long torn) {
    static End of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return new End(null, 0, 0);
      }
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        long size = in.length();
        long room = TAIL;
        while (true) {
          long from = Math.max(0, size - room);
          byte[] bytes = new byte[Math.toIntExact(size - from)];
          in.seek(from);
          in.readFully(bytes);
          int end = lastLineEnd(bytes, bytes.length);
          int before = end < 0 ? -1 : lastLineEnd(bytes, end);
          if (from == 0 || before >= 0) {
            String line =
                end < 0
                    ? null
                    : new String(bytes, before + 1, end - before - 1, StandardCharsets.UTF_8);
            long whole = from + end + 1;
            return new End(line, whole, size - whole);
          }
          room *= 4;
        }
      }
    }

    /** Returns the position of the last line end before {@code to}, -1 if there is none. */
    private static int lastLineEnd(byte[] bytes, int to) {
      for (int i = to - 1; i >= 0; i--) {
        if (bytes[i] == '\n') {
          return i;
        }
      }
      return -1;
    }
  }
}
