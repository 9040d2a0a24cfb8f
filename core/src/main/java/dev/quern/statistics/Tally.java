package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many samples were asked something, and how many of them said yes. */
public final class Tally implements Accumulator<Tally> {
  private static final int VERSION = 1;

  private final Question question;
  private long asked;
  private long agreed;

  /** What samples are asked. */
  public interface Question {
    /** Asks the selected samples of {@code batch} and records what they say. */
    void ask(Batch batch, Tally tally);
  }

  /** Makes a tally of a question. */
  public Tally(Question question) {
    this.question = question;
  }

  /** Returns the tally whose state was written. */
  public static Tally read(DataInput in, Question question) throws IOException {
    State.expect(in, "tally", VERSION);
    Tally tally = new Tally(question);
    tally.asked = in.readLong();
    tally.agreed = in.readLong();
    return tally;
  }

  /** Records an answer. */
  public void count(boolean yes) {
    asked++;
    agreed += yes ? 1 : 0;
  }

  /** Returns the number of samples that answered. */
  public long asked() {
    return asked;
  }

  /** Returns the number of samples that said yes. */
  public long agreed() {
    return agreed;
  }

  @Override
  public void add(Batch batch) {
    question.ask(batch, this);
  }

  @Override
  public void merge(Tally other) {
    asked += other.asked;
    agreed += other.agreed;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeLong(asked);
    out.writeLong(agreed);
  }
}
