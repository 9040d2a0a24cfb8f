package dev.quern.store;

import dev.quern.data.Batch;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.Shard;
import dev.quern.format.parquet.FieldKeys;
import dev.quern.operator.SubjectHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which subjects a shard holds: the first 64 bits of their keyed hashes, sorted, in a file beside
 * the shard. So a subject is looked for in the shards that hold it, and in no others. An index of
 * two shards is the union of both.
 *
 * <p>Form: {@code QSUBJ 1} and a line end, id of the key (8 bytes), the hashes (8 bytes each, big
 * end first, ascending as unsigned), the first 8 bytes of the SHA-256 of all before.
 */
final class SubjectIndex {
  /** What stands behind the shard's SHA-256 in the file's name. */
  static final String ENDING = ".subjects";

  private static final byte[] MAGIC =
      "QSUBJ 1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Path root;
  private final SubjectKey key;
  private final FieldKeys keys;

  SubjectIndex(Path root, SubjectKey key, FieldKeys keys) {
    this.keys = keys;
    this.root = root;
    this.key = key;
  }

  /** Returns the fields of {@code schema} that say whose data a sample is. */
  static List<Field> fields(Schema schema) {
    return schema.fields().stream().filter(field -> field.is(Role.SUBJECT)).toList();
  }

  static String fileName(Shard shard) {
    return shard.sha256() + ENDING;
  }

  private Path file(Shard shard) {
    return root.resolve("shards").resolve(fileName(shard));
  }

  /** Writes the index of {@code shard}, whose samples are of {@code schema}, unless it is there. */
  void ensure(Shard shard, Schema schema) throws IOException {
    Schema wanted = new Schema(fields(schema));
    if (wanted.size() == 0 || find(shard).isPresent()) {
      return;
    }
    SubjectHash hash = key.hash();
    Set<Long> found = new TreeSet<>(Long::compareUnsigned);
    new ShardSamples(root, schema, keys)
        .read(List.of(shard), wanted, batch -> collect(batch, hash, found));
    ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + 8 + 8 * found.size());
    bytes.put(MAGIC).put(HexFormat.of().parseHex(key.id()));
    found.forEach(bytes::putLong);
    byte[] content = bytes.array();
    byte[] proof = Arrays.copyOf(Digest.sha256().digest(content), 8);
    byte[] whole = Arrays.copyOf(content, content.length + 8);
    System.arraycopy(proof, 0, whole, content.length, 8);
    Folders.replace(file(shard), whole);
  }

  private static void collect(Batch batch, SubjectHash hash, Set<Long> found) {
    for (int f = 0; f < batch.schema().size(); f++) {
      for (int i = 0; i < batch.count(); i++) {
        hash.each(batch.column(f), batch.row(i), one -> found.add(SubjectHash.shortened(one)));
      }
    }
  }

  /**
   * Returns whether {@code shard} may hold the subject with {@code hash}: false is certain. Empty
   * if there is no index under this key, or a damaged one: then the shard has to be read.
   */
  Optional<Boolean> holds(Shard shard, byte[] hash) throws IOException {
    return find(shard).map(hashes -> contains(hashes, SubjectHash.shortened(hash)));
  }

  private static boolean contains(ByteBuffer hashes, long wanted) {
    int low = 0;
    int high = hashes.remaining() / 8 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(hashes.getLong(hashes.position() + 8 * middle), wanted);
      if (order == 0) {
        return true;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return false;
  }

  private Optional<ByteBuffer> find(Shard shard) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file(shard));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int begin = MAGIC.length + 8;
    int end = bytes.length - 8;
    boolean whole =
        end >= begin
            && Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))
            && key.id().equals(HexFormat.of().formatHex(bytes, MAGIC.length, begin))
            && Arrays.equals(
                Arrays.copyOf(Digest.sha256().digest(Arrays.copyOf(bytes, end)), 8),
                Arrays.copyOfRange(bytes, end, bytes.length));
    return whole ? Optional.of(ByteBuffer.wrap(bytes, begin, end - begin)) : Optional.empty();
  }
}
