package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A set of recognisers, compiled once and shared by all detectors. Safe for several threads. */
public final class Recognisers {
  private final List<Recogniser> all;
  private final List<Recogniser> others;
  private final Scanner scanner;

  /**
   * Compiles {@code recognisers}.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public Recognisers(List<? extends Recogniser> recognisers) {
    this.all = List.copyOf(recognisers);
    Set<String> names = new HashSet<>();
    List<NumberPattern> patterns = new ArrayList<>();
    List<Recogniser> rest = new ArrayList<>();
    for (Recogniser recogniser : all) {
      if (!names.add(recogniser.name())) {
        throw new IllegalArgumentException(
            "recognisers must have names of their own; found twice: " + recogniser.name());
      }
      if (recogniser instanceof NumberPattern pattern) {
        patterns.add(pattern);
      } else {
        rest.add(recogniser);
      }
    }
    this.others = List.copyOf(rest);
    this.scanner = new Scanner(patterns);
  }

  /** Returns the recognisers of types that {@code wanted} takes. */
  public Recognisers where(Predicate<String> wanted) {
    List<Recogniser> chosen = all.stream().filter(one -> wanted.test(one.type())).toList();
    return chosen.size() == all.size() ? this : new Recognisers(chosen);
  }

  /** Returns these recognisers and {@code more}. */
  public Recognisers with(List<? extends Recogniser> more) {
    List<Recogniser> joined = new ArrayList<>(all);
    joined.addAll(more);
    return more.isEmpty() ? this : new Recognisers(joined);
  }

  /** Returns the recognisers. */
  public List<Recogniser> all() {
    return all;
  }

  /** Returns the types they find, sorted. */
  public List<String> types() {
    return all.stream().map(Recogniser::type).distinct().sorted().toList();
  }

  Scanner scanner() {
    return scanner;
  }

  List<Recogniser> others() {
    return others;
  }
}
