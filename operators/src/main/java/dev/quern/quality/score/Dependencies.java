package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.format.json.Json;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Consistency: dependencies kept / dependencies that can be judged. A dependency X → Y says that
 * samples of equal X have equal Y; a sample breaks it when another value of Y is more frequent
 * among those of its X. Ties and values of X that one sample has alone are not judged.
 *
 * <p>X and Y are known by hashes of 64 bits; memory grows with the number of distinct pairs.
 *
 * @param dependencies what determines what
 */
public record Dependencies(List<Dependency> dependencies) implements Factor {
  /**
   * What determines what.
   *
   * @param from the fields X
   * @param to the field Y
   */
  public record Dependency(int[] from, int to) {}

  private static final class Pairs implements State {
    private final List<Dependency> dependencies;
    private final List<Map<Long, Map<Long, Long>>> counts = new ArrayList<>();

    Pairs(List<Dependency> dependencies) {
      this.dependencies = dependencies;
      dependencies.forEach(one -> counts.add(new TreeMap<>()));
    }

    @Override
    public void add(Batch batch) {
      for (int d = 0; d < dependencies.size(); d++) {
        RowHashes from = new RowHashes(dependencies.get(d).from());
        RowHashes to = new RowHashes(dependencies.get(d).to());
        for (int i = 0; i < batch.count(); i++) {
          int row = batch.row(i);
          if (from.of(batch, row) && to.of(batch, row)) {
            count(d, from.high(), to.high(), 1);
          }
        }
      }
    }

    private void count(int dependency, long from, long to, long n) {
      counts.get(dependency).computeIfAbsent(from, x -> new TreeMap<>()).merge(to, n, Long::sum);
    }

    @Override
    public void merge(State other) {
      List<Map<Long, Map<Long, Long>>> others = ((Pairs) other).counts;
      for (int d = 0; d < counts.size(); d++) {
        int at = d;
        others.get(d).forEach((from, row) -> row.forEach((to, n) -> count(at, from, to, n)));
      }
    }

    @Override
    public void write(DataOutput out) throws IOException {
      for (Map<Long, Map<Long, Long>> rows : counts) {
        out.writeInt(rows.size());
        for (Map.Entry<Long, Map<Long, Long>> row : rows.entrySet()) {
          out.writeLong(row.getKey());
          out.writeInt(row.getValue().size());
          for (Map.Entry<Long, Long> pair : row.getValue().entrySet()) {
            out.writeLong(pair.getKey());
            out.writeLong(pair.getValue());
          }
        }
      }
    }
  }

  @Override
  public State zero(Schema input) {
    return new Pairs(dependencies);
  }

  @Override
  public State read(DataInput in, Schema input) throws IOException {
    Pairs pairs = new Pairs(dependencies);
    for (int d = 0; d < dependencies.size(); d++) {
      int rows = in.readInt();
      for (int i = 0; i < rows; i++) {
        long from = in.readLong();
        int size = in.readInt();
        for (int j = 0; j < size; j++) {
          long to = in.readLong();
          pairs.count(d, from, to, in.readLong());
        }
      }
    }
    return pairs;
  }

  @Override
  public Map<String, @Nullable Object> fit(State state, Schema input) {
    Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    for (int d = 0; d < dependencies.size(); d++) {
      Map<String, @Nullable Object> majorities = new LinkedHashMap<>();
      ((Pairs) state)
          .counts
          .get(d)
          .forEach(
              (from, row) -> {
                @Nullable Long most = majority(row);
                if (most != null) {
                  majorities.put(RowHashes.written(from), RowHashes.written(most));
                }
              });
      learnt.put(Integer.toString(d), majorities);
    }
    return learnt;
  }

  /** Returns the value more frequent than each other, if at least two samples say so. */
  private static @Nullable Long majority(Map<Long, Long> row) {
    Long most = null;
    long largest = 1;
    for (Map.Entry<Long, Long> pair : row.entrySet()) {
      if (pair.getValue() > largest) {
        most = pair.getKey();
        largest = pair.getValue();
      } else if (pair.getValue() == largest) {
        most = null;
      }
    }
    return most;
  }

  @Override
  public Judging bind(Schema input, Map<String, @Nullable Object> fit) {
    List<Map<String, @Nullable Object>> majorities = new ArrayList<>();
    List<RowHashes> from = new ArrayList<>();
    List<RowHashes> to = new ArrayList<>();
    for (int d = 0; d < dependencies.size(); d++) {
      Object learnt = fit.get(Integer.toString(d));
      majorities.add(learnt == null ? Map.of() : Json.object(learnt));
      from.add(new RowHashes(dependencies.get(d).from()));
      to.add(new RowHashes(dependencies.get(d).to()));
    }
    return (batch, scores) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        int judged = 0;
        int kept = 0;
        for (int d = 0; d < majorities.size(); d++) {
          if (from.get(d).of(batch, row) && to.get(d).of(batch, row)) {
            Object most = majorities.get(d).get(RowHashes.written(from.get(d).high()));
            judged += most == null ? 0 : 1;
            kept += RowHashes.written(to.get(d).high()).equals(most) ? 1 : 0;
          }
        }
        scores[row] = judged == 0 ? 1 : (double) kept / judged;
      }
    };
  }
}
