package dev.quern.cli;

import dev.quern.data.Field;
import dev.quern.run.ProfileChanges;
import dev.quern.store.Manifest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the profile of a version, or two side by side. */
final class ProfileView {
  private static final int WIDEST = 32;
  private static final int PARTS = 3;
  private static final int PAIRS = 20;

  private final Manifest manifest;
  private final Map<String, @Nullable Object> whole;
  private final Session session;
  private final PrintStream out;

  ProfileView(Manifest manifest, Session session) {
    this.manifest = manifest;
    this.whole = Values.part(manifest.profile(), "");
    this.session = session;
    this.out = session.out();
  }

  /** Returns the profile for JSON: the samples as wholes, then the fields. */
  static Map<String, @Nullable Object> plain(Manifest manifest) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(manifest.profile());
    fields.remove("");
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("name", manifest.dataset());
    plain.put("version", manifest.version());
    plain.put("samples", manifest.samples());
    plain.put("whole", Values.part(manifest.profile(), ""));
    plain.put("fields", fields);
    return plain;
  }

  void print() {
    out.println(manifest.reference() + "  " + Amounts.count(manifest.samples()));
    out.println();
    Table table =
        new Table(
            session.text("show.field"),
            session.text("show.type"),
            ">" + session.text("show.missing"),
            ">" + session.text("show.distinct"),
            session.text("profile.range"),
            ">" + session.text("profile.mean"),
            session.text("profile.frequent"),
            session.text("profile.masks"));
    for (Field field : manifest.schema().fields()) {
      Map<String, @Nullable Object> profile = Values.part(manifest.profile(), field.name());
      table.row(
          cut(field.name()),
          cut(field.type().toString()),
          share(Values.number(profile, "missing"), Values.number(profile, "samples")),
          estimated(profile, "distinct"),
          range(profile),
          profile.get("mean") == null ? "" : Amounts.value(Values.number(profile, "mean")),
          parts(profile, "top_values"),
          parts(profile, "masks"));
    }
    table.print(out);
    out.println();
    findings();
    pairs("correlation", "profile.correlations");
    pairs("determines", "profile.determines");
  }

  private void findings() {
    out.println(session.text("profile.repeats", estimated(whole, "duplicates")));
    for (Field field : manifest.schema().fields()) {
      Map<String, @Nullable Object> profile = Values.part(manifest.profile(), field.name());
      if (profile.get("key") != null) {
        out.println(session.text("profile.key", cut(field.name())));
      }
      for (Map<String, @Nullable Object> one : Values.parts(profile, "suspicious")) {
        String what = Values.text(one, "part");
        String count = Amounts.count(Values.count(one, "value"));
        out.println(session.text("profile.suspicious", cut(field.name()), what, count));
      }
    }
  }

  private void pairs(String measure, String title) {
    List<String> lines = new ArrayList<>();
    for (Field field : manifest.schema().fields()) {
      Map<String, @Nullable Object> profile = Values.part(manifest.profile(), field.name());
      for (Map<String, @Nullable Object> one : Values.parts(profile, measure)) {
        double value = Values.number(one, "value");
        if (Math.abs(value) >= 0.5) {
          String other = cut(Values.text(one, "part"));
          lines.add(String.format(Locale.ROOT, "  %s · %s  %.3f", cut(field.name()), other, value));
        }
      }
    }
    if (!lines.isEmpty()) {
      String drawn = Amounts.count(Values.count(whole, "drawn_samples"));
      String seen = Amounts.count(Values.count(whole, measure + "_fields_seen"));
      String all = Amounts.count(Values.count(whole, measure + "_fields"));
      out.println();
      out.println(session.text(title, drawn, seen, all));
      lines.subList(0, Math.min(PAIRS, lines.size())).forEach(out::println);
      if (lines.size() > PAIRS) {
        out.println("  " + session.text("profile.more", lines.size() - PAIRS));
      }
    }
  }

  private static String estimated(Map<String, @Nullable Object> profile, String name) {
    boolean sure = profile.get(name + "_estimated") == null;
    return (sure ? "" : "~") + Amounts.count(Values.count(profile, name));
  }

  private static String range(Map<String, @Nullable Object> profile) {
    return profile.get("min") == null
        ? ""
        : Amounts.value(Values.number(profile, "min"))
            + " … "
            + Amounts.value(Values.number(profile, "max"));
  }

  private static String parts(Map<String, @Nullable Object> profile, String name) {
    List<String> shown = new ArrayList<>();
    for (Map<String, @Nullable Object> one : Values.parts(profile, name)) {
      if (shown.size() < PARTS) {
        String share = share(Values.number(one, "value"), Values.number(profile, "samples"));
        shown.add(cut(Values.text(one, "part"), WIDEST / 2) + " " + share);
      }
    }
    return String.join(", ", shown);
  }

  private static String share(double part, double of) {
    return of == 0 ? "–" : String.format(Locale.ROOT, "%.1f%%", 100 * part / of);
  }

  private static String cut(String text) {
    return cut(text, WIDEST);
  }

  private static String cut(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
  }

  /** Prints what differs between the profiles of two versions. */
  static void compare(Manifest a, Manifest b, boolean json, Session session) {
    List<ProfileChanges.Change> changes = ProfileChanges.between(a.profile(), b.profile());
    if (json) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("a", plain(a));
      plain.put("b", plain(b));
      plain.put("changes", changes.stream().map(ProfileChanges.Change::plain).toList());
      session.json(plain);
      return;
    }
    Table table =
        new Table(
            session.text("show.field"),
            session.text("profile.measure"),
            ">" + a.reference(),
            ">" + b.reference());
    for (ProfileChanges.Change change : changes) {
      String part = change.part().isEmpty() ? "" : " " + cut(change.part());
      table.row(
          change.field().isEmpty() ? session.text("profile.all") : cut(change.field()),
          change.measure() + part,
          value(change.before()),
          value(change.after()));
    }
    table.print(session.out());
    session.talk(session.text("profile.changes", changes.size()));
  }

  private static String value(@Nullable Double value) {
    return value == null ? "–" : Amounts.value(value);
  }
}
