package dev.quern.engine;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Marks an exception as that of a file of a source that could not be opened or read: it travels as
 * a suppressed exception of it, through any engine, and changes no message. What fails on the way
 * of samples that were read bears no such mark.
 */
public final class UnreadFile extends Exception {
  private static final long serialVersionUID = 1L;

  private final String subject;
  private final String reason;

  private UnreadFile(String subject, String reason) {
    super(subject + ": a file could not be read: " + reason);
    this.subject = subject;
    this.reason = reason;
  }

  /**
   * Marks {@code failure}, once.
   *
   * @param subject name of the source, or key of the stored samples, that it is about
   */
  public static void mark(Throwable failure, String subject) {
    boolean told = failure instanceof DataException || failure instanceof IOException;
    if (told && found(failure).isEmpty()) {
      failure.addSuppressed(new UnreadFile(subject, reason(failure)));
    }
  }

  /** Returns the mark of {@code failure} or of one of its causes. */
  public static Optional<UnreadFile> found(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      for (Throwable beside : cause.getSuppressed()) {
        if (beside instanceof UnreadFile unread) {
          return Optional.of(unread);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the code of {@code failure}: its own, or {@code io_} and the kind of exception. */
  public static String reason(Throwable failure) {
    if (failure instanceof DataException data) {
      return data.code();
    }
    String name = failure.getClass().getSimpleName().replace("Exception", "");
    String snake = name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    return snake.startsWith("io") ? "io_error" : "io_" + snake;
  }

  /** Returns what the file is of. */
  public String subject() {
    return subject;
  }

  /** Returns why it could not be read, in snake_case. */
  public String reason() {
    return reason;
  }
}
