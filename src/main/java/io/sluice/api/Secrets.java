package io.sluice.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hides secrets in texts that others made: as they are, and percent-encoded, in capitals or small
 * letters. A short secret is hidden only where it stands alone, since its letters may well be part
 * of a word.
 */
final class Secrets {
  private static final String HIDDEN = "(hidden)";

  /** What is shorter is no secret, but a letter or a syllable. */
  private static final int SHORTEST = 4;

  /** What is as long as this is in no text by chance. */
  private static final int UNMISTAKABLE = 16;

  private final List<String> forms;

  private Secrets(List<String> forms) {
    this.forms = forms;
  }

  static Secrets of(List<String> secrets) {
    Set<String> all = new TreeSet<>();
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        all.add(secret);
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
      }
    }
    // The longest first: one secret may be part of another.
    return new Secrets(
        all.stream().sorted(Comparator.comparing(String::length).reversed()).toList());
  }

  /** The text without them. */
  String hideIn(String text) {
    String hidden = text;
    for (String form : forms) {
      hidden = without(form, hidden);
    }
    return hidden;
  }

  private static String without(String secret, String text) {
    int from = 0;
    int at = find(secret, text, 0);
    if (at < 0) {
      return text;
    }
    StringBuilder hidden = new StringBuilder(text.length());
    while (at >= 0) {
      int end = at + secret.length();
      boolean whole =
          secret.length() >= UNMISTAKABLE || (!joins(text, at - 1) && !joins(text, end));
      hidden.append(text, from, at).append(whole ? HIDDEN : text.substring(at, end));
      from = end;
      at = find(secret, text, from);
    }
    return hidden.append(text, from, text.length()).toString();
  }

  /** Whatever quotes a secret may have changed its case: Netty does, of a version of HTTP. */
  private static int find(String secret, String text, int from) {
    for (int at = from; at <= text.length() - secret.length(); at++) {
      if (text.regionMatches(true, at, secret, 0, secret.length())) {
        return at;
      }
    }
    return -1;
  }

  /** True if the character there makes one word with what stands beside it. */
  private static boolean joins(String text, int at) {
    return at >= 0
        && at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
  }
}
