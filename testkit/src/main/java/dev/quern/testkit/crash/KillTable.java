package dev.quern.testkit.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Kills by phase, as a table and as a verdict. Not safe for several threads. */
final class KillTable {
  /** So many kills of each required phase, at least. */
  static final int ENOUGH = 3;

  private final Map<KillPhase, List<KilledRun.Kill>> kills = new EnumMap<>(KillPhase.class);

  KillTable(List<KilledRun.Kill> all) {
    for (KillPhase phase : KillPhase.values()) {
      kills.put(phase, new ArrayList<>());
    }
    all.forEach(this::add);
  }

  void add(KilledRun.Kill kill) {
    of(kill.phase()).add(kill);
  }

  private List<KilledRun.Kill> of(KillPhase phase) {
    return kills.getOrDefault(phase, List.of());
  }

  int size() {
    return kills.values().stream().mapToInt(List::size).sum();
  }

  int count(KillPhase phase) {
    return of(phase).size();
  }

  /** Returns the required phases with too few kills. */
  List<KillPhase> missing() {
    return Arrays.stream(KillPhase.values())
        .filter(phase -> phase.isRequired() && count(phase) < ENOUGH)
        .toList();
  }

  /** Returns the table in Markdown. */
  String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| killed in | kills | of a continued run | cleared up before it went on |");
    table.append(" source read by the next run, median | most |\n|---|---|---|---|---|---|\n");
    List<KilledRun.Kill> all = new ArrayList<>();
    for (KillPhase phase : KillPhase.values()) {
      all.addAll(of(phase));
      row(table, phase.written(), of(phase));
    }
    row(table, "all", all);
    return table.toString();
  }

  private static void row(StringBuilder table, String name, List<KilledRun.Kill> kills) {
    double[] shares =
        kills.stream()
            .filter(kill -> kill.read().isPresent() && kill.source() > 0)
            .mapToDouble(kill -> 100.0 * kill.read().getAsLong() / kill.source())
            .sorted()
            .toArray();
    String median = shares.length == 0 ? "" : percent(shares[shares.length / 2]);
    String most = shares.length == 0 ? "" : percent(shares[shares.length - 1]);
    long repeated = kills.stream().filter(k -> k.repeated() == KilledRun.Repeated.YES).count();
    long cleared = kills.stream().filter(k -> k.cleared() == KilledRun.Cleared.YES).count();
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | %s | %s |%n",
            name,
            kills.size(),
            repeated,
            cleared,
            median,
            most));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share);
  }
}
