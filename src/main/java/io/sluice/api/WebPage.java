package io.sluice.api;

import io.sluice.api.transport.RawAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A web page, or a line of plain text, that came where the API answers in JSON.
 *
 * @param title the page's title, or the beginning of its text; empty if it has none
 * @param html whether it is a page at all, and not just text
 * @param cloudflare whether Cloudflare's edge sent it
 */
record WebPage(String title, boolean html, boolean cloudflare) {
  /** Enough for the head of any page. */
  private static final int LOOKED_AT = 16 * 1024;

  private static final int LONGEST = 200;
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>(.*?)</title", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern UNSEEN =
      Pattern.compile(
          "<(script|style|head)\\b.*?</\\1\\s*>|<!--.*?-->",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<[^>]*>?");

  /**
   * The page that the answer holds; null if it is JSON, or empty.
   *
   * @param hideSecrets is asked before a text is shortened: half of one is not recognized
   */
  static @Nullable WebPage in(RawAnswer answer, UnaryOperator<String> hideSecrets) {
    String type = String.valueOf(answer.headers().get("content-type")).toLowerCase(Locale.ROOT);
    int length = Math.min(answer.length(), LOOKED_AT);
    String text = new String(answer.body(), 0, length, StandardCharsets.UTF_8).strip();
    boolean html = type.contains("html") || text.startsWith("<");
    boolean json = text.startsWith("{") || text.startsWith("[");
    if (json || (text.isEmpty() && !html)) {
      return null;
    }
    String server = String.valueOf(answer.headers().get("server")).toLowerCase(Locale.ROOT);
    boolean cloudflare = answer.headers().contains("cf-ray") || server.startsWith("cloudflare");
    return new WebPage(
        html ? summary(text, hideSecrets) : excerpt(text, hideSecrets), html, cloudflare);
  }

  /** Its title and the beginning of what it says. */
  private static String summary(String page, UnaryOperator<String> hideSecrets) {
    Matcher title = TITLE.matcher(page);
    String name = title.find() ? excerpt(plain(title.group(1)), hideSecrets) : "";
    String seen = TAG.matcher(UNSEEN.matcher(page).replaceAll(" ")).replaceAll(" ");
    String body = excerpt(plain(seen), hideSecrets);
    if (name.isEmpty() || body.startsWith(name)) {
      return body;
    }
    return body.isEmpty() ? name : excerpt(name + ": " + body, hideSecrets);
  }

  private static String plain(String text) {
    return text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String excerpt(String text, UnaryOperator<String> hideSecrets) {
    String line = hideSecrets.apply(text.replaceAll("\\s+", " ").strip());
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** Whose it looks like, and what it says. */
  String described() {
    String what = html ? "a web page" : "a plain text";
    String whose = cloudflare ? " of Cloudflare's edge" : " of a proxy, a firewall or a portal";
    return what + whose + (title.isEmpty() ? "" : " that says '" + title + "'");
  }
}
