package dev.quern.cli;

import dev.quern.format.json.Json;
import dev.quern.run.RunListener;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells people or programs how far a run is. */
final class Progress {
  private static final long SECOND = 1_000_000_000L;

  private Progress() {}

  /** How progress is told, as written on the command line. */
  enum Kind {
    auto,
    plain,
    json,
    none
  }

  /**
   * Returns the teller for {@code session}; {@code nanos} is a clock. Who wants no progress is told
   * of damage all the same.
   */
  static RunListener of(Kind kind, Session session, LongSupplier nanos) {
    PrintStream err = session.outside().err();
    return switch (kind) {
      case none -> new Damage(err, session.messages());
      case json -> new Events(err, nanos);
      case plain -> new Lines(err, session.messages(), nanos);
      case auto -> {
        if (session.options().quiet) {
          yield new Damage(err, session.messages());
        }
        yield session.outside().talk() == Outside.Talk.TERMINAL
            ? new Bar(err, session.messages(), nanos)
            : new Lines(err, session.messages(), nanos);
      }
    };
  }

  /** Tells of damage alone. */
  private record Damage(PrintStream err, Messages messages) implements RunListener {
    @Override
    public void damaged(String file) {
      err.println(messages.text("run.damaged", file));
    }
  }

  /** What all tellers know of the piece of work in hand. */
  private abstract static class Teller implements RunListener {
    final PrintStream err;
    final LongSupplier nanos;
    int number;
    int total;
    String what = "";
    long began;
    long told;

    Teller(PrintStream err, LongSupplier nanos) {
      this.err = err;
      this.nanos = nanos;
    }

    @Override
    public synchronized void begins(int newNumber, int newTotal, String newWhat) {
      number = newNumber;
      total = newTotal;
      what = newWhat;
      began = nanos.getAsLong();
      told = began;
      begun();
    }

    abstract void begun();

    double seconds() {
      return (nanos.getAsLong() - began) / 1e9;
    }

    /** Returns whether {@code interval} has passed since something was told, and notes it. */
    boolean isDue(long interval) {
      long now = nanos.getAsLong();
      if (now - told < interval) {
        return false;
      }
      told = now;
      return true;
    }

    /** Returns rate and expected time to the end: {@code 31 % 120.3 MiB/s 4.2 s left}. */
    String state(Messages messages, long done, long all, String unit) {
      StringBuilder state = new StringBuilder();
      if (all > 0) {
        state.append(Math.min(100, 100 * done / all)).append(" %  ");
      }
      double seconds = seconds();
      double rate = seconds > 0 ? done / seconds : 0;
      state.append(
          unit.equals("bytes") ? Amounts.bytes(rate) + "/s" : done + "/" + all + " " + unit);
      if (all > done && rate > 0) {
        String left = Amounts.duration((all - done) / rate);
        state.append("  ").append(messages.text("progress.left", left));
      }
      return state.toString();
    }
  }

  /** One line that is drawn again, on a terminal. */
  private static final class Bar extends Teller {
    private static final int CELLS = 24;
    private static final String CLEAR = "\r\u001b[K";

    private final Messages messages;

    Bar(PrintStream err, Messages messages, LongSupplier nanos) {
      super(err, nanos);
      this.messages = messages;
    }

    @Override
    void begun() {
      err.print(CLEAR + head());
      err.flush();
    }

    private String head() {
      return "[" + number + "/" + total + "] " + what + "  ";
    }

    @Override
    public synchronized void advanced(long done, long all, String unit, long samples, String note) {
      if (!isDue(SECOND / 10)) {
        return;
      }
      StringBuilder line = new StringBuilder(CLEAR).append(head());
      if (all > 0) {
        int full = (int) (CELLS * Math.min(done, all) / all);
        line.append("█".repeat(full)).append("░".repeat(CELLS - full)).append("  ");
      }
      line.append(state(messages, done, all, unit));
      line.append(note.isEmpty() ? "" : "  " + note);
      err.print(line);
      err.flush();
    }

    @Override
    public synchronized void ends(Outcome outcome) {
      err.println(CLEAR + head() + outcome(messages, outcome, seconds()));
    }

    @Override
    public synchronized void damaged(String file) {
      err.println(CLEAR + messages.text("run.damaged", file));
    }
  }

  /** Lines for logs: at begin and end of each piece, and every ten seconds between. */
  private static final class Lines extends Teller {
    private final Messages messages;

    Lines(PrintStream err, Messages messages, LongSupplier nanos) {
      super(err, nanos);
      this.messages = messages;
    }

    @Override
    void begun() {}

    @Override
    public synchronized void advanced(long done, long all, String unit, long samples, String note) {
      if (isDue(10 * SECOND)) {
        String text = state(messages, done, all, unit) + (note.isEmpty() ? "" : "  " + note);
        err.println("[" + number + "/" + total + "] " + what + "  " + text);
      }
    }

    @Override
    public synchronized void ends(Outcome outcome) {
      err.println(
          "[" + number + "/" + total + "] " + what + "  " + outcome(messages, outcome, seconds()));
    }

    @Override
    public synchronized void damaged(String file) {
      err.println(messages.text("run.damaged", file));
    }
  }

  private static String outcome(Messages messages, RunListener.Outcome outcome, double seconds) {
    return switch (outcome) {
      case DONE -> messages.text("progress.done", Amounts.duration(seconds));
      case CACHED -> messages.text("progress.cached");
    };
  }

  /** One JSON object per line, for programs. */
  private static final class Events extends Teller {
    Events(PrintStream err, LongSupplier nanos) {
      super(err, nanos);
    }

    @Override
    void begun() {
      Map<String, Object> event = event("begins");
      event.put("total_pieces", total);
      event.put("what", what);
      print(event);
    }

    @Override
    public synchronized void advanced(long done, long all, String unit, long samples, String note) {
      if (!isDue(SECOND / 2)) {
        return;
      }
      Map<String, Object> event = event("advanced");
      event.put("done", done);
      event.put("total", all);
      event.put("unit", unit);
      event.put("samples", samples);
      event.put("note", note);
      print(event);
    }

    @Override
    public synchronized void ends(Outcome outcome) {
      Map<String, Object> event = event("ends");
      event.put("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT));
      event.put("seconds", seconds());
      print(event);
    }

    @Override
    public synchronized void damaged(String file) {
      Map<String, Object> event = event("damaged");
      event.put("file", file);
      print(event);
    }

    private Map<String, Object> event(String name) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", name);
      event.put("piece", number);
      return event;
    }

    private void print(Map<String, Object> event) {
      err.println(Json.write(event));
    }
  }
}
