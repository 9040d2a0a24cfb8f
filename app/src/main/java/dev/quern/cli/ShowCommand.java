package dev.quern.cli;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.store.Manifest;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a version of a dataset; samples only when asked for with {@code --head}. */
@Command(name = "show")
final class ShowCommand implements Action {
  private static final int WIDEST = 40;

  @Parameters(index = "0", paramLabel = "NAME[@V]", descriptionKey = "dataset")
  String name = "";

  @Parameters(index = "1..*", paramLabel = "NAME[@V]", descriptionKey = "show.more")
  List<String> more = new ArrayList<>();

  @Option(names = "--profile")
  boolean profile;

  @Option(names = "--head", paramLabel = "N")
  @Nullable Integer head;

  @Option(names = "--metrics")
  boolean metrics;

  @Option(names = "--as-of", paramLabel = "TIME")
  @Nullable String asOf;

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    if (head != null && head < 0) {
      throw new UsageException("--head must be >= 0 (samples); found: " + head);
    }
    check();
    Stock stock = Stock.of(session);
    Manifest manifest = stock.dataset(name);
    if (metrics) {
      measures(stock, manifest, session);
    } else if (profile) {
      profile(stock, manifest, session);
    } else if (head != null) {
      head(stock, manifest, head, session);
    } else if (json) {
      session.json(Manifests.plain(manifest));
    } else {
      print(manifest, session);
    }
    return Exit.DONE;
  }

  private void check() {
    if (!metrics && asOf != null) {
      throw new UsageException(
          "--as-of must stand with --metrics; found: none; fix: add --metrics");
    }
    if (!metrics && !more.isEmpty() && (!profile || more.size() > 1)) {
      throw new UsageException(
          "several versions must stand with --metrics, two with --profile; found: "
              + (more.size() + 1)
              + " versions; quern diff A B compares two");
    }
    if ((profile ? 1 : 0) + (metrics ? 1 : 0) + (head != null ? 1 : 0) > 1) {
      throw new UsageException(
          "one of --head, --profile and --metrics must be given at most; found: several");
    }
  }

  private void measures(Stock stock, Manifest first, Session session) throws Exception {
    List<Manifest> versions = new ArrayList<>(List.of(first));
    for (String other : more) {
      versions.add(stock.dataset(other));
    }
    Map<String, @Nullable Object> plain =
        ShownMeasures.plain(session, stock, versions, Optional.ofNullable(asOf));
    if (json) {
      session.json(plain);
    } else {
      ShownMeasures.print(plain, session);
    }
  }

  private void profile(Stock stock, Manifest manifest, Session session) throws Exception {
    if (!more.isEmpty()) {
      ProfileView.compare(manifest, stock.dataset(more.get(0)), json, session);
    } else if (json) {
      session.json(ProfileView.plain(manifest));
    } else {
      new ProfileView(manifest, session).print();
    }
  }

  private static void print(Manifest manifest, Session session) {
    PrintStream out = session.out();
    out.println(manifest.reference());
    out.println("  " + session.text("show.digest", manifest.digest()));
    String samples = Amounts.count(manifest.samples());
    String size = Amounts.bytes((double) manifest.bytes());
    out.println("  " + session.text("show.samples", samples, size, manifest.shards().size()));
    Map<String, Long> splits = Manifests.splits(manifest);
    if (!splits.isEmpty()) {
      List<String> parts = new ArrayList<>();
      splits.forEach((split, count) -> parts.add(split + " " + Amounts.count(count)));
      out.println("  " + session.text("show.splits", String.join(", ", parts)));
    }
    out.println(
        "  "
            + session.text(
                "show.made", manifest.recipe(), manifest.run(), Amounts.time(manifest.created())));
    if (!manifest.parents().isEmpty()) {
      out.println("  " + session.text("show.parents", String.join(", ", manifest.parents())));
    }
    out.println();
    Table table =
        new Table(
            session.text("show.field"),
            session.text("show.type"),
            session.text("show.roles"),
            ">" + session.text("show.missing"),
            ">" + session.text("show.distinct"));
    for (Field field : manifest.schema().fields()) {
      Map<String, @Nullable Object> profile = Values.part(manifest.profile(), field.name());
      table.row(
          field.name(),
          field.type(),
          String.join(", ", field.roles().stream().map(role -> role.written()).toList()),
          profile.isEmpty() ? "–" : Amounts.count(Values.count(profile, "missing")),
          profile.isEmpty() ? "–" : Amounts.count(Values.count(profile, "distinct")));
    }
    table.print(out);
    session.talk(session.text("show.next", manifest.reference()));
  }

  private void head(Stock stock, Manifest manifest, int count, Session session) throws Exception {
    List<Batch> batches = new ArrayList<>();
    int[] left = {count};
    if (count > 0) {
      Flow.through(
          stock.reading(manifest),
          batch -> {
            int taken = Math.min(left[0], batch.count());
            int[] rows = new int[taken];
            for (int i = 0; i < taken; i++) {
              rows[i] = batch.row(i);
            }
            batches.add(batch.select(rows, taken));
            left[0] -= taken;
            return left[0] > 0 ? Flow.Wish.MORE : Flow.Wish.ENOUGH;
          });
    }
    if (json) {
      batches.forEach(batch -> lines(batch, session.out()));
    } else {
      table(manifest.schema(), batches).print(session.out());
    }
  }

  /** Prints each sample as one line of JSON with its id and split. */
  private static void lines(Batch batch, PrintStream out) {
    ValueWriter writer = new ValueWriter();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Utf8Buffer line = new Utf8Buffer();
      line.putAscii("{\"_id\":\"").putAscii(batch.keys().id(row).toString());
      line.putAscii("\",\"_split\":\"").putAscii(batch.keys().split(row).written()).put('"');
      for (int field = 0; field < batch.schema().size(); field++) {
        byte[] key = batch.schema().field(field).name().getBytes(StandardCharsets.UTF_8);
        line.put(',').putJsonString(key, 0, key.length).put(':');
        writer.writeJson(batch.column(field), row, line);
      }
      out.println(line.put('}'));
    }
  }

  private static Table table(Schema schema, List<Batch> batches) {
    List<String> headings = new ArrayList<>(schema.names());
    headings.add(0, "_split");
    Table table = new Table(headings.toArray(String[]::new));
    ValueWriter writer = new ValueWriter();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        List<String> cells = new ArrayList<>(List.of(batch.keys().split(row).written()));
        for (int field = 0; field < schema.size(); field++) {
          boolean missing = batch.column(field).isNull(row);
          cells.add(missing ? "∅" : shown(writer.text(batch.column(field), row)));
        }
        table.row(cells.toArray());
      }
    }
    return table;
  }

  /** One line, without what steers a terminal, cut to a width. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    int cells = 0;
    for (int i = 0; i < text.length() && cells < WIDEST; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
      cells++;
    }
    return shown.length() < text.length() ? shown + "…" : shown.toString();
  }
}
