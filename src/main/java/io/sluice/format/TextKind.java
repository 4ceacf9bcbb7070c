package io.sluice.format;

import io.sluice.format.text.Excerpt;
import io.sluice.format.text.Head;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises text that holds no rows at all: web pages, XML, messages, errors of other tools. */
final class TextKind {
  private static final Pattern MARKUP =
      Pattern.compile("<(\\?xml|!doctype|!--|[a-z][a-z0-9:_-]*(\\s[^@]*)?/?>)");
  private static final Pattern HTML = Pattern.compile("<(!doctype html|html|head|body)\\b");
  private static final Pattern MESSAGE_FIELD =
      Pattern.compile(
          "(received|return-path|delivered-to|from|to|subject|date|message-id|mime-version"
              + "|dkim-signature|authentication-results|arc-seal|x-[a-z0-9-]+): .*");
  private static final Pattern TOOL_ERROR =
      Pattern.compile("(curl|wget|bash|sh|zsh|jq|aws|gsutil|az|psql|mysql): .*");

  private TextKind() {}

  /** What the text is and what to do, if it holds no rows; null otherwise. */
  static @Nullable String refusal(Head head, OptionNames names) {
    List<String> lines = head.lines(2);
    String first = lines.isEmpty() ? head.text() : lines.get(0);
    String start = first.strip().toLowerCase(Locale.ROOT);
    if (MARKUP.matcher(start).lookingAt()) {
      return markup(head.text().toLowerCase(Locale.ROOT), names);
    } else if (start.startsWith("-----begin ")) {
      return "this file is encrypted or signed (" + Excerpt.of(first) + "); decrypt it first";
    } else if (start.startsWith("version https://git-lfs.")) {
      return "this is a pointer of Git LFS, not the file itself; run git lfs pull";
    } else if (TOOL_ERROR.matcher(start).matches()) {
      return "this is the error of another program: '"
          + Excerpt.of(first)
          + "'; get the file again";
    } else if (start.startsWith("traceback (most recent call last)")) {
      return "this is the error of a Python program; get the file again";
    } else if (lines.size() > 1
        && MESSAGE_FIELD.matcher(start).matches()
        && isMessageField(lines.get(1))) {
      return "this file is an e-mail message; save the attachment that holds the rows and take that";
    }
    return null;
  }

  private static boolean isMessageField(String line) {
    return Character.isWhitespace(line.charAt(0))
        || MESSAGE_FIELD.matcher(line.toLowerCase(Locale.ROOT)).matches();
  }

  private static String markup(String text, OptionNames names) {
    if (HTML.matcher(text).find()) {
      return "this file is a web page (HTML), such as a login or an error page that was saved in"
          + " place of the file; get the file again";
    } else if (text.contains("stix")) {
      return "this file is STIX 1 in XML; write the values of its indicators one a line, and read"
          + " them with "
          + names.with("format", "list");
    }
    return "this file is XML; export its rows as CSV and take that";
  }
}
