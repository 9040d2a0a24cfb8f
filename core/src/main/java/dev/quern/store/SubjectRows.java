package dev.quern.store;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Role;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.operator.SubjectHash;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells which samples are those of one subject: by the value of a field that says whose data a
 * sample is, or by the id of a sample that was found to be the subject's elsewhere, which derived
 * samples keep. Not safe for several threads.
 */
final class SubjectRows {
  /** Most ids of children that are looked for; fewer children per sample where these are many. */
  private static final int MOST_CHILDREN = 400_000;

  private static final int MOST_PER_SAMPLE = 4096;

  private final SubjectHash hash;
  private final byte[] subject;
  private final Set<String> named;
  private final Set<SampleId> ids = new HashSet<>();
  private final Set<SampleId> children = new HashSet<>();
  private boolean found;

  /**
   * Makes one that knows no ids.
   *
   * @param subject hash of the subject
   * @param named fields that say whose data a sample is, beside those with the role
   */
  SubjectRows(SubjectHash hash, byte[] subject, Set<String> named) {
    this.hash = hash;
    this.subject = subject.clone();
    this.named = Set.copyOf(named);
  }

  /** Returns the hash of the subject. */
  byte[] subject() {
    return subject;
  }

  /** Returns the ids found so far, without those of children. */
  Set<SampleId> ids() {
    return ids;
  }

  /** Takes {@code more} as samples of the subject. */
  void add(Set<SampleId> more) {
    ids.addAll(more);
    children.clear();
    int each = Math.max(16, Math.min(MOST_PER_SAMPLE, MOST_CHILDREN / Math.max(1, ids.size())));
    for (SampleId id : ids) {
      Keys.Builder parent = new Keys.Builder();
      parent.append(id.high(), id.low(), 0, 0, 0, (byte) 0);
      Keys keys = parent.build();
      Keys.Builder made = new Keys.Builder();
      for (int number = 0; number < each; number++) {
        made.appendChild(keys, 0, number, null);
      }
      Keys all = made.build();
      for (int i = 0; i < all.size(); i++) {
        children.add(all.id(i));
      }
    }
  }

  boolean holds(SampleId id) {
    return ids.contains(id) || children.contains(id);
  }

  /** Returns the fields of {@code schema} that say whose data a sample is. */
  List<Field> fields(Schema schema) {
    return schema.fields().stream().filter(this::isSubject).toList();
  }

  private boolean isSubject(Field field) {
    return field.is(Role.SUBJECT) || named.contains(field.name());
  }

  /** Returns whether fields of {@code schema} beside those with the role are looked at. */
  boolean looksFurther(Schema schema) {
    return schema.fields().stream()
        .anyMatch(field -> named.contains(field.name()) && !field.is(Role.SUBJECT));
  }

  /** Returns what tells of a physical row of {@code batch} whether it is the subject's. */
  Predicate<Integer> in(Batch batch) {
    int[] positions =
        java.util.stream.IntStream.range(0, batch.schema().size())
            .filter(i -> isSubject(batch.schema().field(i)))
            .toArray();
    return row -> {
      if (!ids.isEmpty() && holds(batch.keys().id(row))) {
        return true;
      }
      found = false;
      for (int position : positions) {
        hash.each(batch.column(position), row, one -> found |= Arrays.equals(one, subject));
      }
      return found;
    };
  }

  /** Returns whether {@code written}, a value of a field that says whose data it is, is theirs. */
  boolean isWritten(String written) {
    return Arrays.equals(hash.of(written), subject);
  }
}
