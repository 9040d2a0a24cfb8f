package dev.quern.engine;

import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A lazy description of samples: what an {@link Engine} would have to do to get them.
 *
 * <p>Descriptions are values made by the verbs; nothing runs until an engine executes a {@link
 * Pass} over them, so a plan is a graph of these and the same graph runs on every engine. The verbs
 * are read, map, group, sort, union and connect here, fold and write in {@link Pass}.
 */
public sealed interface Samples extends Serializable {

  /** Returns the fields of the samples. */
  Schema schema();

  /** Returns what these samples are made from. */
  List<Samples> inputs();

  /**
   * Returns the SHA-256 of everything that decides these samples: content of the sources, operators
   * with revision and parameters, fits.
   */
  String key();

  /** Verb read: the samples a reader finds; {@code contentKey} identifies the files' content. */
  static Samples read(Task reader, Source source, Schema schema, String contentKey) {
    String what = reader.identity() + source.identity() + contentKey + schema;
    return new Read(reader, source, schema, contentKey, key("read", what));
  }

  /** The samples of a materialised point, read back from its shards. */
  static Samples stored(Stored stored) {
    return new FromStored(stored);
  }

  /** Verb map: narrow, 0..n samples out for each one in. */
  default Samples map(Task task, Schema output) {
    return new Mapped(this, task, output, key("map", task.identity() + output, this));
  }

  /**
   * Verb group: samples of this and the other inputs by key; groups come in key order and, within a
   * group, by input number and then rank.
   */
  default Samples group(List<Samples> others, Task task, Schema output) {
    return group(others, List.of(), task, output);
  }

  /**
   * Verb group, where the samples of a group come, after the input number, by {@code order} and
   * only then by rank. Every input has the fields of the order.
   */
  default Samples group(List<Samples> others, List<SortKey> order, Task task, Schema output) {
    List<Samples> all = new ArrayList<>();
    all.add(this);
    all.addAll(others);
    return new Grouped(
        List.copyOf(all),
        List.copyOf(order),
        task,
        output,
        key(
            "group",
            task.identity() + output + (order.isEmpty() ? "" : order),
            all.toArray(Samples[]::new)));
  }

  /** Verb sort: by {@code keys} and then rank; with no keys by rank alone. */
  default Samples sort(List<SortKey> keys) {
    return new Sorted(this, List.copyOf(keys), key("sort", keys.toString(), this));
  }

  /**
   * Verb union: the samples of this and the others one input after the other; all have this schema.
   */
  default Samples union(List<Samples> others) {
    List<Samples> all = new ArrayList<>();
    all.add(this);
    all.addAll(others);
    return new United(List.copyOf(all), key("union", "", all.toArray(Samples[]::new)));
  }

  /**
   * Verb connect: samples that share a link, directly or through others, get the same text in the
   * new {@code field}: the smallest sample id of their connected component. The task gives each
   * sample's links.
   */
  default Samples connect(Task task, String field) {
    return new Connected(this, task, field, key("connect", task.identity() + field, this));
  }

  /** See {@link Samples#read}. */
  record Read(Task reader, Source source, Schema schema, String contentKey, String key)
      implements Samples {
    @Override
    public List<Samples> inputs() {
      return List.of();
    }
  }

  /** See {@link Samples#stored}. */
  record FromStored(Stored stored) implements Samples {
    @Override
    public Schema schema() {
      return stored.schema();
    }

    @Override
    public List<Samples> inputs() {
      return List.of();
    }

    @Override
    public String key() {
      return stored.key();
    }
  }

  /** See {@link Samples#map}. */
  record Mapped(Samples input, Task task, Schema schema, String key) implements Samples {
    @Override
    public List<Samples> inputs() {
      return List.of(input);
    }
  }

  /** See {@link Samples#group}. */
  record Grouped(List<Samples> inputs, List<SortKey> order, Task task, Schema schema, String key)
      implements Samples {}

  /** See {@link Samples#sort}. */
  record Sorted(Samples input, List<SortKey> keys, String key) implements Samples {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Samples> inputs() {
      return List.of(input);
    }
  }

  /** See {@link Samples#union}. */
  record United(List<Samples> inputs, String key) implements Samples {
    @Override
    public Schema schema() {
      return inputs.get(0).schema();
    }
  }

  /** See {@link Samples#connect}. */
  record Connected(Samples input, Task task, String field, String key) implements Samples {
    @Override
    public Schema schema() {
      return input.schema().with(Field.of(field, Type.TEXT));
    }

    @Override
    public List<Samples> inputs() {
      return List.of(input);
    }
  }

  private static String key(String verb, String what, Samples... inputs) {
    StringBuilder text = new StringBuilder(verb).append('\n').append(what);
    for (Samples input : inputs) {
      text.append('\n').append(input.key());
    }
    return Digest.ofText(text.toString());
  }
}
