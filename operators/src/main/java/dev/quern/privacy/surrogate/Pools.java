package dev.quern.privacy.surrogate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names that surrogates are taken from; loaded when somebody asks for them first. */
final class Pools {
  private static final Map<String, List<String>> ALL = read();
  private static final Map<String, Set<String>> KNOWN = known();

  private static final Map<String, List<String>> BY_SIZE = new ConcurrentHashMap<>();

  private Pools() {}

  /** Returns the names of {@code pool}. */
  static List<String> of(String pool) {
    List<String> names = ALL.get(pool);
    if (names == null) {
      throw new IllegalStateException("pools must have " + pool);
    }
    return names;
  }

  /** Returns the names of {@code pool} that have {@code size} characters. */
  static List<String> of(String pool, int size) {
    return BY_SIZE.computeIfAbsent(
        pool + size, key -> of(pool).stream().filter(name -> name.length() == size).toList());
  }

  /** Returns whether {@code pool} has {@code name}, whatever its case. */
  static boolean has(String pool, String name) {
    return KNOWN.getOrDefault(pool, Set.of()).contains(name.toLowerCase(Locale.ROOT));
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> pools = new HashMap<>();
    try (InputStream in = Pools.class.getResourceAsStream("pools.txt")) {
      if (in == null) {
        throw new IllegalStateException("pools.txt must lie beside this class");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(": ");
        if (!line.startsWith("#") && colon > 0) {
          pools.put(line.substring(0, colon), List.of(line.substring(colon + 2).split("\\|")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pools;
  }

  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new HashMap<>();
    ALL.forEach(
        (pool, names) -> {
          Set<String> lower = new HashSet<>();
          names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
          known.put(pool, lower);
        });
    return known;
  }
}
