package dev.quern.recipe;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document with the core schema into {@link Located} values. Double keys, tags,
 * anchors, aliases, further documents and keys that are no scalars are problems at their place.
 *
 * <p>The parser's events are used instead of its nodes, because only events tell where an alias
 * stands and whether a tag is written.
 */
public final class YamlReader {
  /** Levels of nesting; recipes need fewer than 10. */
  private static final int MAX_DEPTH = 64;

  /** Code points; the largest recipe seen has 10,000. */
  private static final int MAX_LENGTH = 4 << 20;

  private final String file;
  private final List<Problem> problems;
  private final Iterator<Event> events;

  private YamlReader(String file, Iterator<Event> events, List<Problem> problems) {
    this.file = file;
    this.events = events;
    this.problems = problems;
  }

  /**
   * Reads {@code text}. Never throws for what stands in it: every problem is added to {@code
   * problems}.
   *
   * @param file the name that places show
   * @return the document's root, or empty if the document is empty or its syntax is broken; where
   *     problems of other kinds were found the root holds the rest
   */
  public static Optional<Located> read(String text, String file, List<Problem> problems) {
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_LENGTH).build();
    try {
      Iterator<Event> events = new Parse(settings).parseString(text).iterator();
      return new YamlReader(file, events, problems).document();
    } catch (TooDeep e) {
      problems.add(new Problem(e.place, "yaml_depth", e.message));
    } catch (MarkedYamlEngineException e) {
      String what = Optional.ofNullable(e.getProblem()).orElse("a mistake");
      String context = Optional.ofNullable(e.getContext()).map(c -> " " + c).orElse("");
      problems.add(
          new Problem(
              place(file, e.getProblemMark()),
              "yaml_syntax",
              "YAML must be well-formed; found: " + what.replace('\n', ' ') + context));
    } catch (ReaderException e) {
      problems.add(
          new Problem(
              placeOf(text, e.getPosition(), file),
              "yaml_character",
              String.format(
                  Locale.ROOT,
                  "YAML must consist of printable characters; found: U+%04X",
                  e.getCodePoint())));
    } catch (YamlEngineException e) {
      problems.add(
          new Problem(
              new Position(file, 1, 1),
              "yaml_syntax",
              "YAML must be well-formed and have at most "
                  + MAX_LENGTH
                  + " characters; found: "
                  + e.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<Located> document() {
    Optional<Located> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case DocumentStart -> {
          if (root.isPresent()) {
            problem(event, "yaml_documents", "file must hold one YAML document; found: another");
            return root;
          }
        }
        case Alias, Scalar, MappingStart, SequenceStart -> root = Optional.of(value(event, 0));
        case MappingEnd, SequenceEnd ->
            throw new IllegalStateException("YAML events must be balanced; found: " + event);
      }
    }
    return root;
  }

  private Located value(Event event, int depth) {
    Position place = place(file, event.getStartMark());
    if (depth > MAX_DEPTH) {
      throw new TooDeep(place, "YAML must have at most " + MAX_DEPTH + " levels; found: more");
    }
    if (event instanceof AliasEvent alias) {
      problem(
          event,
          "yaml_alias",
          "YAML aliases are not allowed; found: *" + alias.getAlias() + "; write the value out");
      return new Located.Scalar(place, null);
    }
    refuseAnchorAndTag(event);
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, place);
    }
    if (event instanceof CollectionStartEvent) {
      return event.getEventId() == Event.ID.MappingStart
          ? mapping(place, depth)
          : sequence(place, depth);
    }
    throw new IllegalStateException("YAML events must be balanced; found: " + event);
  }

  private void refuseAnchorAndTag(Event event) {
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      problem(
          event, "yaml_anchor", "YAML anchors are not allowed; found: &" + node.getAnchor().get());
    }
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    tag.ifPresent(
        written ->
            problem(event, "yaml_tag", "YAML tags are not allowed; found: " + shown(written)));
  }

  private static String shown(String tag) {
    String standard = "tag:yaml.org,2002:";
    return tag.startsWith(standard) ? "!!" + tag.substring(standard.length()) : tag;
  }

  private Located scalar(ScalarEvent event, Position place) {
    if (!event.isPlain()) {
      return new Located.Scalar(place, event.getValue());
    }
    Scalars.Meaning meaning = Scalars.read(event.getValue());
    meaning.problem().ifPresent(message -> problem(event, "yaml_number", message));
    return new Located.Scalar(place, meaning.value());
  }

  private Located sequence(Position place, int depth) {
    List<Located> parts = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      parts.add(value(event, depth + 1));
    }
    return new Located.Sequence(place, parts);
  }

  private Located mapping(Position place, int depth) {
    Map<String, Located.Entry> entries = new LinkedHashMap<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      Optional<String> key = key(event, depth + 1);
      Position keyPlace = place(file, event.getStartMark());
      Located value = value(events.next(), depth + 1);
      if (key.isPresent() && entries.containsKey(key.get())) {
        Position first = entries.get(key.get()).keyPlace();
        problems.add(
            new Problem(
                keyPlace,
                "yaml_duplicate_key",
                "keys must be unique; found again: "
                    + key.get()
                    + "; first in line "
                    + first.line()));
      } else if (key.isPresent()) {
        entries.put(key.get(), new Located.Entry(keyPlace, value));
      }
    }
    return new Located.Mapping(place, entries);
  }

  /** A key is the text as written: {@code 1} and {@code true} are names of fields too. */
  private Optional<String> key(Event event, int depth) {
    if (event instanceof ScalarEvent scalar) {
      refuseAnchorAndTag(event);
      return Optional.of(scalar.getValue());
    }
    Located found = value(event, depth);
    if (!(event instanceof AliasEvent)) {
      problem(event, "yaml_key", "keys must be texts; found: " + found.kind());
    }
    return Optional.empty();
  }

  private void problem(Event event, String code, String message) {
    problems.add(new Problem(place(file, event.getStartMark()), code, message));
  }

  private static Position place(String file, Optional<Mark> mark) {
    return mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
        .orElseGet(() -> new Position(file, 1, 1));
  }

  /** Returns the place of the code point number {@code index} of {@code text}. */
  private static Position placeOf(String text, int index, String file) {
    int line = 1;
    int column = 1;
    int[] points = text.codePoints().limit(Math.max(0, index)).toArray();
    for (int point : points) {
      column = point == '\n' ? 1 : column + 1;
      line += point == '\n' ? 1 : 0;
    }
    return new Position(file, line, column);
  }

  /** Ends the walk at once: what follows is deeper still. */
  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Position place;
    private final String message;

    TooDeep(Position place, String message) {
      super(message, null, false, false);
      this.place = place;
      this.message = message;
    }
  }
}
