package dev.quern.acquire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Media types (IANA) told from the first bytes of a file, else from its ending. */
final class MediaTypes {
  static final String UNKNOWN = "application/octet-stream";

  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain"),
          Map.entry("html", "text/html"),
          Map.entry("htm", "text/html"),
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"),
          Map.entry("csv", "text/csv"));

  private MediaTypes() {}

  static String of(byte[] content, String name) {
    if (begins(content, 0, "\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (begins(content, 0, "\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (begins(content, 0, "GIF87a") || begins(content, 0, "GIF89a")) {
      return "image/gif";
    }
    if (begins(content, 0, "RIFF")) {
      return begins(content, 8, "WAVE")
          ? "audio/wav"
          : begins(content, 8, "WEBP") ? "image/webp" : byEnding(name);
    }
    if (begins(content, 0, "II*\u0000") || begins(content, 0, "MM\u0000*")) {
      return "image/tiff";
    }
    if (begins(content, 0, "fLaC")) {
      return "audio/flac";
    }
    if (begins(content, 0, "OggS")) {
      return "audio/ogg";
    }
    if (begins(content, 0, "ID3")) {
      return "audio/mpeg";
    }
    return begins(content, 0, "%PDF-") ? "application/pdf" : byEnding(name);
  }

  static String byEnding(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_ENDING.getOrDefault(ending, UNKNOWN);
  }

  /** Whether {@code content} has the Latin-1 characters of {@code magic} at {@code from}. */
  private static boolean begins(byte[] content, int from, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    if (content.length < from + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (content[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
