package dev.quern.privacy.attack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Somebody without a key tries to invert pseudonyms: every candidate, in several normal forms, goes
 * through plain hashes, and what comes out is looked for among the pseudonyms, also cut to their
 * length. Pseudonyms under a key do not fall, however many candidates there are.
 */
public final class Dictionary {
  private static final List<String> HASHES =
      List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-512");

  /** Hexadecimal digits that a cut hash must have to count: 64 bits. */
  private static final int LEAST = 16;

  private static final String PLAIN = "plain";

  private final Map<String, Long> pseudonyms;
  private final Set<Integer> lengths = new TreeSet<>();
  private final Map<String, Set<String>> inverted = new TreeMap<>();
  private final List<MessageDigest> digests = new ArrayList<>();
  private long candidates;

  /**
   * Makes an attack.
   *
   * @param pseudonyms samples by pseudonym
   */
  public Dictionary(Map<String, Long> pseudonyms) {
    this.pseudonyms = new LinkedHashMap<>();
    pseudonyms.forEach(
        (pseudonym, count) -> this.pseudonyms.merge(lower(pseudonym), count, Long::sum));
    pseudonyms.keySet().forEach(pseudonym -> lengths.add(pseudonym.length()));
    try {
      for (String hash : HASHES) {
        digests.add(MessageDigest.getInstance(hash));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("JDK must know its own hashes", e);
    }
  }

  private static String lower(String pseudonym) {
    boolean hex = pseudonym.length() >= LEAST;
    for (int i = 0; hex && i < pseudonym.length(); i++) {
      hex = Character.digit(pseudonym.charAt(i), 16) >= 0;
    }
    return hex ? pseudonym.toLowerCase(Locale.ROOT) : pseudonym;
  }

  /** Tries one candidate. */
  public void attack(String candidate) {
    candidates++;
    for (String form : forms(candidate)) {
      hit(PLAIN, form);
      byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < digests.size(); i++) {
        byte[] hash = digests.get(i).digest(bytes);
        String hex = HexFormat.of().formatHex(hash);
        for (int length : lengths) {
          if (length >= LEAST && length <= hex.length()) {
            hit(HASHES.get(i), hex.substring(0, length));
          }
        }
        hit(HASHES.get(i), Base64.getEncoder().encodeToString(hash));
        hit(HASHES.get(i), Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
      }
    }
  }

  private void hit(String way, String pseudonym) {
    if (pseudonyms.containsKey(pseudonym)) {
      inverted.computeIfAbsent(way, w -> new TreeSet<>()).add(pseudonym);
    }
  }

  /** As written, trimmed, in lower and upper case, composed, and the digits alone. */
  private static Set<String> forms(String candidate) {
    Set<String> forms = new LinkedHashSet<>();
    String trimmed = candidate.strip();
    forms.add(candidate);
    forms.add(trimmed);
    forms.add(trimmed.toLowerCase(Locale.ROOT));
    forms.add(trimmed.toUpperCase(Locale.ROOT));
    forms.add(Normalizer.normalize(trimmed, Normalizer.Form.NFC));
    forms.add(Normalizer.normalize(trimmed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    StringBuilder digits = new StringBuilder();
    trimmed.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    if (digits.length() > 0) {
      forms.add(digits.toString());
    }
    return forms;
  }

  /** Returns how many different pseudonyms were inverted. */
  public long inverted() {
    return all().size();
  }

  /** Returns how many samples have an inverted pseudonym. */
  public long invertedSamples() {
    long samples = 0;
    for (String pseudonym : all()) {
      samples += pseudonyms.getOrDefault(pseudonym, 0L);
    }
    return samples;
  }

  /** Returns how many different pseudonyms were inverted by each hash that inverted any. */
  public Map<String, Long> invertedBy() {
    Map<String, Long> by = new TreeMap<>();
    inverted.forEach((way, found) -> by.put(way, (long) found.size()));
    return by;
  }

  private Set<String> all() {
    Set<String> all = new TreeSet<>();
    inverted.values().forEach(all::addAll);
    return all;
  }

  /** Returns counts as plain values: no pseudonym, no candidate. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("pseudonyms", (long) pseudonyms.size());
    plain.put("candidates", candidates);
    plain.put("inverted", inverted());
    plain.put("inverted_samples", invertedSamples());
    plain.put("inverted_by", invertedBy());
    return plain;
  }
}
