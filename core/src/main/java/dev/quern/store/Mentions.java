package dev.quern.store;

import dev.quern.format.json.Json;
import dev.quern.operator.SubjectHash;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The written forms of a subject's id in texts: as given, as JSON, HTML and addresses escape it;
 * between characters that belong to no word. Ids of fewer than {@value #SHORTEST} characters are
 * not looked for in texts, where they mean anything; fields that name the subject are compared as
 * values, whatever their length.
 */
final class Mentions {
  /** Characters of the shortest id that is looked for in texts. */
  static final int SHORTEST = 4;

  /** What stands where a mention was. */
  static final String LEFT = "[forgotten]";

  private static final String BEFORE = "(?<![\\p{L}\\p{N}_])";
  private static final String AFTER = "(?![\\p{L}\\p{N}_])";

  private final Pattern text;
  private final Pattern raw;
  private final List<byte[]> bytes = new ArrayList<>();
  private final boolean isLong;

  Mentions(String value) {
    String canonical = SubjectHash.canonical(value);
    Set<String> forms = new LinkedHashSet<>();
    for (String form : List.of(value.strip(), canonical)) {
      forms.add(form);
      String json = Json.write(form);
      forms.add(json.substring(1, json.length() - 1));
      forms.add(
          form.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;"));
      forms.add(URLEncoder.encode(form, StandardCharsets.UTF_8));
    }
    forms.remove("");
    String any = forms.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    this.text = Pattern.compile(BEFORE + "(?:" + any + ")" + AFTER);
    this.raw = Pattern.compile(BEFORE + Pattern.quote(canonical) + AFTER);
    this.isLong = canonical.codePointCount(0, canonical.length()) >= SHORTEST;
    for (String form : forms) {
      for (Charset charset : charsets()) {
        bytes.add(form.getBytes(charset));
      }
    }
  }

  private static List<Charset> charsets() {
    List<Charset> charsets =
        new ArrayList<>(
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE));
    if (Charset.isSupported("GB18030")) {
      charsets.add(Charset.forName("GB18030"));
    }
    return charsets;
  }

  /** Returns whether {@code written} names the subject. */
  boolean in(String written) {
    return isLong && text.matcher(written).find();
  }

  /** Returns {@code written} with every mention replaced. */
  String without(String written) {
    return isLong ? text.matcher(written).replaceAll(Matcher.quoteReplacement(LEFT)) : written;
  }

  /** Returns whether input that became no sample names the subject, in whatever encoding. */
  boolean inRaw(byte[] input) {
    for (Charset charset : charsets()) {
      if (raw.matcher(new String(input, charset)).find()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether {@code content} of any form holds the id's bytes. */
  boolean inBytes(byte[] content) {
    return isLong && bytes.stream().anyMatch(form -> indexOf(content, form) >= 0);
  }

  private static int indexOf(byte[] content, byte[] form) {
    outer:
    for (int i = 0; i + form.length <= content.length; i++) {
      for (int j = 0; j < form.length; j++) {
        if (content[i + j] != form[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }
}
