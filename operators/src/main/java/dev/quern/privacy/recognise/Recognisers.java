package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A set of recognisers, compiled once and shared by all detectors. Safe for several threads. */
public final class Recognisers {
  private final List<Recogniser> all;
  private final List<Recogniser> others;
  private final Scanner scanner;
  private final Predicate<String> wanted;
  private final Set<String> allowed;

  /**
   * Compiles {@code recognisers}.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public Recognisers(List<? extends Recogniser> recognisers) {
    this(recognisers, type -> true, Set.of(), Optional.empty());
  }

  private Recognisers(
      List<? extends Recogniser> recognisers,
      Predicate<String> wanted,
      Set<String> allowed,
      Optional<Scanner> compiled) {
    this.wanted = wanted;
    this.allowed = allowed;
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
    this.scanner = compiled.orElseGet(() -> new Scanner(patterns));
  }

  /** Returns the recognisers of types that {@code wanted} takes. */
  public Recognisers where(Predicate<String> wanted) {
    List<Recogniser> chosen =
        all.stream().filter(one -> one.types().stream().anyMatch(wanted)).toList();
    return new Recognisers(
        chosen, type -> isWanted(type) && wanted.test(type), allowed, Optional.empty());
  }

  /** Returns these recognisers and {@code more}. */
  public Recognisers with(List<? extends Recogniser> more) {
    List<Recogniser> joined = new ArrayList<>(all);
    joined.addAll(more);
    boolean patterns = more.stream().anyMatch(one -> one instanceof NumberPattern);
    Optional<Scanner> compiled = patterns ? Optional.empty() : Optional.of(scanner);
    return more.isEmpty() ? this : new Recognisers(joined, wanted, allowed, compiled);
  }

  /** Returns these recognisers, to which {@code texts}, in any case, are never findings. */
  public Recognisers without(Collection<String> texts) {
    Set<String> all = new HashSet<>(allowed);
    texts.forEach(text -> all.add(plain(new Passage().of(text))));
    return new Recognisers(this.all, wanted, all, Optional.of(scanner));
  }

  private static String plain(Passage passage) {
    return passage.text(0, passage.length()).toLowerCase(Locale.ROOT);
  }

  /** Returns the recognisers. */
  public List<Recogniser> all() {
    return all;
  }

  /** Returns the types they find, sorted. */
  public List<String> types() {
    return all.stream()
        .flatMap(one -> one.types().stream())
        .filter(wanted)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns whether the name of a field speaks for a type: by the type itself, or its words. */
  boolean isNamed(String field, String type) {
    FieldName name = new FieldName(field);
    Context own = Context.of(List.of(), List.of(), List.of(type));
    return own.isNamed(name)
        || all.stream()
            .filter(one -> one.types().contains(type))
            .anyMatch(one -> one.context().isNamed(name));
  }

  boolean isWanted(String type) {
    return wanted.test(type);
  }

  /** Returns whether what stands between two places is never a finding. */
  boolean isAllowed(Passage passage, int start, int end) {
    return !allowed.isEmpty()
        && allowed.contains(passage.text(start, end).toLowerCase(Locale.ROOT));
  }

  Scanner scanner() {
    return scanner;
  }

  List<Recogniser> others() {
    return others;
  }
}
