package io.sluice.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The item of a batch that an error points at, such as {@code /posts/17/pattern}.
 *
 * @param list the list that it is in: {@code deletes}, {@code patches}, {@code puts} or {@code
 *     posts}
 * @param index its place in the list of the request, from 0
 * @param rest a JSON pointer (RFC 6901) to the offending part of the item, such as {@code
 *     /pattern}; null if the item as a whole is meant
 */
public record ItemPointer(String list, int index, @Nullable String rest) {
  /** Also as a URI fragment, below a name for the body, and in the manner of JavaScript. */
  private static final Pattern TEXT =
      Pattern.compile(
          "#?/?(?:body[/.])?(deletes|patches|puts|posts)"
              + "(?:[/.](0|[1-9]\\d{0,8})|\\[(0|[1-9]\\d{0,8})\\])(?:([/.\\[])(.*))?",
          Pattern.DOTALL);

  /** Reads the pointer of an {@link ApiError}; empty if it points at no item of a batch. */
  public static Optional<ItemPointer> of(@Nullable String pointer) {
    if (pointer == null) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(pointer);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String digits = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    return Optional.of(
        new ItemPointer(
            matcher.group(1), Integer.parseInt(digits), rest(matcher.group(4), matcher.group(5))));
  }

  private static @Nullable String rest(@Nullable String separator, @Nullable String text) {
    if (separator == null || text == null || text.isEmpty()) {
      return null;
    }
    return switch (separator) {
      case "/" -> "/" + text;
      case "." -> "/" + steps(text);
      default -> "/" + steps("[" + text).substring(1);
    };
  }

  /** {@code regions[0].name} as {@code regions/0/name}. */
  private static String steps(String path) {
    return path.replace("[", "/").replace("]", "").replace('.', '/');
  }
}
