package io.sluice.catalog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The owner and the last day of a record, a tag at the end of its comment: {@code [sluice
 * owner=NAME expires=2026-12-31]}, either part optional.
 *
 * @param owner who keeps it; null if the tag does not say
 * @param expires the last day on which it is wanted; null if the tag does not say
 */
public record CommentTag(@Nullable String owner, @Nullable LocalDate expires) {
  /**
   * What a row of an input says of the day on which its record ends: a column of a file, and no
   * field of any record.
   */
  public static final Field EXPIRES = Field.text("expires", 0, 40, Trait.NULLABLE);

  private static final Pattern BEGINNING =
      Pattern.compile("\\[sluice(?=[\\s\\]]|$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern AT_THE_END = Pattern.compile("\\[sluice( [^\\[\\]]*)?]\\s*$");
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,40}");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /**
   * A comment, taken apart.
   *
   * @param text what stands before the tag, without the blank between them; all of it where there
   *     is no tag that can be read
   * @param tag null if there is none, or none that can be read
   * @param fault why a tag cannot be read; null if there is none, or it can
   */
  public record Parts(String text, @Nullable CommentTag tag, @Nullable String fault) {}

  /** Takes a comment apart. A tag that cannot be read is nobody's, and never ends anything. */
  public static Parts in(String comment) {
    Matcher beginning = BEGINNING.matcher(comment);
    if (!beginning.find()) {
      return new Parts(comment, null, null);
    }
    Matcher end = AT_THE_END.matcher(comment);
    if (!end.find()) {
      return new Parts(comment, null, misplaced(comment, beginning.start()));
    } else if (beginning.start() < end.start()) {
      return new Parts(comment, null, "there is more than one: leave one, at the end");
    }
    String parts = end.group(1) == null ? "" : end.group(1).strip();
    String fault = fault(parts);
    return fault == null
        ? new Parts(comment.substring(0, end.start()).stripTrailing(), read(parts), null)
        : new Parts(comment, null, fault);
  }

  /**
   * What a row of that resource may say of a record's end; empty if there is no place to keep it.
   */
  public static Optional<Field> expires(Resource resource) {
    return resource.comment().isPresent() && resource.field(EXPIRES.path()).isEmpty()
        ? Optional.of(EXPIRES)
        : Optional.empty();
  }

  /** The comment of a record, taken apart; that of a record without one is empty. */
  public static Parts of(Resource resource, ObjectNode record) {
    JsonNode comment = resource.comment().map(field -> field.in(record)).orElse(null);
    return comment != null && comment.isString()
        ? in(comment.stringValue())
        : new Parts("", null, null);
  }

  /** True if the name can be that of an owner. */
  public static boolean isOwner(String name) {
    return NAME.matcher(name).matches();
  }

  /** The text with this tag at its end; a tag that says nothing leaves the text alone. */
  public String behind(String text) {
    if (owner == null && expires == null) {
      return text;
    }
    return text.isEmpty() ? toString() : text + " " + this;
  }

  /** The tag as it is written. */
  @Override
  public String toString() {
    return "[sluice"
        + (owner == null ? "" : " owner=" + owner)
        + (expires == null ? "" : " expires=" + expires)
        + "]";
  }

  private static String misplaced(String comment, int start) {
    String from = comment.substring(start);
    if (!from.startsWith("[sluice")) {
      return "it begins with [sluice, in lower case";
    } else if (from.indexOf(']') < 0) {
      return "the ] at its end is missing";
    }
    return "it must stand at the end of the comment, and hold owner=… and expires=… alone";
  }

  private static CommentTag read(String parts) {
    String owner = null;
    LocalDate expires = null;
    for (String part : parts.split(" +", -1)) {
      String value = part.substring(part.indexOf('=') + 1);
      if (part.startsWith("owner=")) {
        owner = value;
      } else {
        expires = LocalDate.parse(value);
      }
    }
    return new CommentTag(owner, expires);
  }

  private static @Nullable String fault(String parts) {
    if (parts.isEmpty()) {
      return "it names neither an owner nor a day";
    }
    boolean owner = false;
    boolean expires = false;
    for (String part : parts.split(" +", -1)) {
      String value = part.substring(part.indexOf('=') + 1);
      if (part.startsWith("owner=") && !owner) {
        owner = true;
        if (!NAME.matcher(value).matches()) {
          return "'" + value + "' is not an owner: 1 to 40 of a-z, 0-9, '.', '_' and '-'";
        }
      } else if (part.startsWith("expires=") && !expires) {
        expires = true;
        if (!isDay(value)) {
          return "'" + value + "' is not a day: write it as 2026-12-31";
        }
      } else {
        return "'" + part + "' is neither owner=NAME nor expires=2026-12-31, or comes twice";
      }
    }
    return null;
  }

  private static boolean isDay(String text) {
    try {
      return DATE.matcher(text).matches() && LocalDate.parse(text) != null;
    } catch (DateTimeException noSuchDay) {
      return false;
    }
  }
}
