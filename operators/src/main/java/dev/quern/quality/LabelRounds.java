package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Keys;
import dev.quern.data.Slice;
import dev.quern.engine.Accumulator;
import dev.quern.engine.DataException;
import dev.quern.label.ConfidentCounts;
import dev.quern.label.PruneRanks;
import dev.quern.label.Thresholds;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeSet;

/** What confident learning collects in one of its rounds. */
final class LabelRounds implements Accumulator<LabelRounds> {
  private static final int VERSION = 1;
  private static final int MOST_CLASSES = 10_000;

  private final LabelFields fields;
  private final Round round;
  private final double[] p;

  /** One round: what it adds of a sample. */
  private sealed interface Round {}

  /** Which classes there are. */
  private record Classes(TreeSet<String> names) implements Round {}

  private record First(Thresholds state) implements Round {}

  private record Second(ConfidentCounts state, LabelFit known) implements Round {}

  private record Third(PruneRanks state) implements Round {}

  private LabelRounds(LabelFields fields, Round round) {
    this.fields = fields;
    this.round = round;
    this.p = new double[fields.classes().size()];
  }

  /** Returns a state of the round that follows what is {@code known}. */
  static LabelRounds after(LabelFit known, LabelFields fields) {
    if (!known.hasClasses()) {
      return new LabelRounds(fields, new Classes(new TreeSet<>()));
    }
    int classes = fields.classes().size();
    if (!known.hasThresholds()) {
      return new LabelRounds(fields, new First(new Thresholds(classes)));
    }
    if (!known.hasJoint()) {
      return new LabelRounds(fields, new Second(new ConfidentCounts(classes), known));
    }
    return new LabelRounds(fields, new Third(known.ranks()));
  }

  /** Returns what is known after this round. */
  LabelFit learnt(LabelFit known) {
    if (round instanceof Classes classes) {
      return known.withClasses(classes.names());
    }
    if (round instanceof First first) {
      return known.withThresholds(first.state());
    }
    return round instanceof Second second
        ? known.withCounts(second.state())
        : known.withEnds(((Third) round).state().ends());
  }

  @Override
  public void add(Batch batch) {
    Slice scratch = new Slice();
    Column labels = batch.column(fields.label());
    Keys keys = batch.keys();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (labels.isNull(row)) {
        continue;
      }
      if (round instanceof Classes classes) {
        add(classes, ClassNames.written(labels, row, scratch).text());
        continue;
      }
      int given = fields.classes().numberOf(labels, row, scratch);
      if (given >= 0
          && fields.probabilities().read(batch, row, p) == ProbabilityFields.Found.PROBABILITIES) {
        add(given, keys.idHigh(row), keys.idLow(row));
      }
    }
  }

  private static void add(Classes classes, String name) {
    if (classes.names().add(name) && classes.names().size() > MOST_CLASSES) {
      throw new DataException(
          "too_many_classes",
          "quality.label_errors: label must have at most "
              + MOST_CLASSES
              + " classes; found: more; choose another label or group its values");
    }
  }

  private void add(int given, long high, long low) {
    if (round instanceof First first) {
      first.state().add(p, given);
    } else if (round instanceof Second second) {
      LabelFit known = second.known();
      second.state().add(p, given, known.thresholds(), known.collisions());
    } else if (round instanceof Third third) {
      third.state().add(p, given, high, low);
    }
  }

  @Override
  public void merge(LabelRounds other) {
    if (round instanceof Classes mine && other.round instanceof Classes more) {
      more.names().forEach(name -> add(mine, name));
    } else if (round instanceof First mine && other.round instanceof First more) {
      mine.state().merge(more.state());
    } else if (round instanceof Second mine && other.round instanceof Second more) {
      mine.state().merge(more.state());
    } else if (round instanceof Third mine && other.round instanceof Third more) {
      mine.state().merge(more.state());
    } else {
      throw new IllegalStateException("states must be of one round");
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    if (round instanceof Classes classes) {
      out.writeInt(classes.names().size());
      for (String name : classes.names()) {
        byte[] utf8 = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
    } else if (round instanceof First first) {
      first.state().write(out);
    } else if (round instanceof Second second) {
      second.state().write(out);
    } else if (round instanceof Third third) {
      third.state().write(out);
    }
  }

  /** Returns the state that was written, of the round that follows what is {@code known}. */
  static LabelRounds read(DataInput in, LabelFit known, LabelFields fields) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("label rounds: version of the state must be 1; found: " + version);
    }
    LabelRounds empty = after(known, fields);
    if (empty.round instanceof Classes classes) {
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        byte[] utf8 = new byte[in.readInt()];
        in.readFully(utf8);
        classes.names().add(new String(utf8, java.nio.charset.StandardCharsets.UTF_8));
      }
      return empty;
    }
    if (empty.round instanceof First) {
      return new LabelRounds(fields, new First(Thresholds.read(in)));
    }
    if (empty.round instanceof Second) {
      return new LabelRounds(fields, new Second(ConfidentCounts.read(in), known));
    }
    ((Third) empty.round).state().readState(in);
    return empty;
  }
}
