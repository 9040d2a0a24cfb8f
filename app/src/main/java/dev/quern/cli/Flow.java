package dev.quern.cli;

import dev.quern.data.Batch;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.text.OneLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Samples read one batch after the other in rank order, by one thread and without a workspace. */
final class Flow implements Outcome {
  private static final long MORSEL_BYTES = 1 << 20;

  private final Reading reading;
  private final Receiver receiver;
  private long quarantined;
  private String firstFault = "";
  private Wish wish = Wish.MORE;
  private @Nullable IOException failure;

  /** What a receiver wants next. */
  enum Wish {
    MORE,
    ENOUGH
  }

  /** Takes batches. */
  interface Receiver {
    /** Takes the selected samples of {@code batch}. */
    Wish receive(Batch batch) throws IOException;
  }

  private Flow(Reading reading, Receiver receiver) {
    this.reading = reading;
    this.receiver = receiver;
  }

  /**
   * What was set aside on the way.
   *
   * @param quarantined samples that could not be read
   * @param firstFault place and rule of the first of them, without its text
   */
  record Result(long quarantined, String firstFault) {}

  /** Reads until the end or until {@code receiver} has enough. */
  static Result through(Reading reading, Receiver receiver) throws IOException {
    Flow flow = new Flow(reading, receiver);
    try (MorselCutter cutter = reading.cutter(MORSEL_BYTES)) {
      while (flow.wish == Wish.MORE) {
        Morsel morsel = cutter.next();
        if (morsel == null) {
          break;
        }
        reading.read(morsel, flow);
        if (flow.failure != null) {
          throw flow.failure;
        }
      }
    }
    return new Result(flow.quarantined, flow.firstFault);
  }

  @Override
  public void keep(Batch batch) {
    if (wish == Wish.ENOUGH || failure != null) {
      return;
    }
    try {
      wish = receiver.receive(batch);
    } catch (IOException e) {
      // The reading's signature has no way for it; it is thrown once the morsel is read.
      failure = e;
    }
  }

  @Override
  public void created(long samples) {}

  @Override
  public void merged(long samples) {}

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {}

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    count(batch.keys().id(row).toString(), field, fault);
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    count(reading.file(place.file()) + " @ " + place.position(), field, fault);
  }

  private void count(String where, String field, Fault fault) {
    if (quarantined++ == 0) {
      firstFault = OneLine.of(where + "  " + (field.isEmpty() ? "sample" : field) + " " + fault);
    }
  }
}
