package io.sluice.plan;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Fault;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts owner and end of a record into the comment of its row. A row's own comment is what stands
 * before the tag, so that a row which says nothing of the tag leaves it as it is.
 *
 * @param resource what the rows are records of
 * @param ownership whose records the run works on
 * @param today the day on which the run began
 * @param origin where the rows come from: those of the account itself say the whole comment
 */
public record Tagging(
    Resource resource, Ownership ownership, LocalDate today, Origin origin, OptionNames names) {
  /** The code of rows whose records the run does not own. */
  public static final String HELD_BY = "held_by";

  /** What a row says, for the record that it means. */
  public sealed interface Result {
    /**
     * It may be compared with the record.
     *
     * @param row with the comment that the record is to have
     */
    record Fits(ObjectNode row) implements Result {}

    /**
     * The record is left to its owner.
     *
     * @param message the reason, for people
     */
    record HeldBy(String message) implements Result {}

    /** The comment that the record would need cannot be. */
    record Unfit(Fault fault) implements Result {}
  }

  /** The row of a record that is to be made. */
  public ObjectNode fresh(ObjectNode row) {
    Field comment = resource.comment().orElse(null);
    if (comment == null || saysNothing(row)) {
      return row;
    }
    CommentTag.Parts parts = CommentTag.of(resource, row);
    return with(row, comment, tag(row, parts.tag(), parts.tag()).behind(parts.text()));
  }

  /** The row for a record that the account holds. */
  public Result onto(ObjectNode row, ObjectNode held) {
    String other = heldBy(held);
    if (other != null) {
      return new Result.HeldBy(other);
    }
    Field comment = resource.comment().orElse(null);
    JsonNode said = comment == null ? null : comment.in(row);
    if (comment == null || (saysNothing(row) && (said == null || origin == Origin.THIS_ACCOUNT))) {
      return new Result.Fits(row);
    }
    CommentTag.Parts mine = CommentTag.of(resource, row);
    CommentTag.Parts there = CommentTag.of(resource, held);
    if (saysNothing(row) && (there.tag() == null || mine.tag() != null)) {
      return new Result.Fits(row);
    }
    CommentTag.Parts unread = said == null ? there : mine;
    if (unread.fault() != null) {
      String reason = "the tag in the comment cannot be read: " + unread.fault();
      return new Result.Unfit(new Fault(comment.path(), shown(unread.text()), reason));
    }
    boolean whole = origin == Origin.THIS_ACCOUNT && said != null;
    CommentTag base = mine.tag() != null || whole ? mine.tag() : there.tag();
    String text = tag(row, mine.tag(), base).behind(said == null ? there.text() : mine.text());
    if (comment.type() instanceof FieldType.Text limits
        && text.codePointCount(0, text.length()) > limits.max()) {
      return new Result.Unfit(new Fault(comment.path(), shown(text), noRoom(text, limits.max())));
    }
    return new Result.Fits(with(row, comment, text));
  }

  /** Why the record is not the run's to change; null if it may be changed. */
  public @Nullable String heldBy(ObjectNode held) {
    if (ownership.owner() == null) {
      return null;
    }
    String other = owner(held);
    if (ownership.mayChange(other)) {
      return null;
    }
    return other == null
        ? "the record has no owner; " + names.of("adopt") + " takes it over"
        : "the record belongs to " + other;
  }

  /** The owner of a record; null if it has none that can be read. */
  public @Nullable String owner(ObjectNode held) {
    CommentTag tag = CommentTag.of(resource, held).tag();
    return tag == null ? null : tag.owner();
  }

  /**
   * How many records of the account belong to the run's owner.
   *
   * @throws IOException if they cannot be read
   */
  public long owned(AccountIndex account) throws IOException {
    long own = 0;
    for (int i = 0; i < account.size(); i++) {
      own += ownership.spares(owner(account.record(i).fields())) ? 0 : 1;
    }
    return own;
  }

  /** Why a comment with its tag is too long. */
  public static String noRoom(String comment, int most) {
    return "the comment has no room for the tag: "
        + comment.codePointCount(0, comment.length())
        + " characters with it, and "
        + most
        + " at most";
  }

  /** True if neither the run nor the row says anything of owner and end beside the comment. */
  private boolean saysNothing(ObjectNode row) {
    return ownership.owner() == null
        && ownership.expires() == null
        && CommentTag.EXPIRES.in(row) == null;
  }

  private CommentTag tag(ObjectNode row, @Nullable CommentTag mine, @Nullable CommentTag base) {
    String owner =
        ownership.owner() != null ? ownership.owner() : base == null ? null : base.owner();
    JsonNode said = CommentTag.EXPIRES.in(row);
    if (said != null) {
      return new CommentTag(
          owner, said.isString() ? Expiry.parse(said.stringValue()).from(today) : null);
    }
    LocalDate own = mine == null ? null : mine.expires();
    if (own == null && ownership.expires() != null) {
      own = ownership.expires().from(today);
    }
    return new CommentTag(owner, own == null && base != null ? base.expires() : own);
  }

  /** An empty text stays as the row says it. */
  private static ObjectNode with(ObjectNode row, Field comment, String text) {
    JsonNode said = comment.in(row);
    if (text.isEmpty() && (said == null || said.isNull() || said.asString("").isEmpty())) {
      return said == null ? clearing(row, comment) : row;
    }
    ObjectNode tagged = row.deepCopy();
    tagged.put(comment.path(), text);
    return tagged;
  }

  /** A comment that was nothing but a tag, which goes. */
  private static ObjectNode clearing(ObjectNode row, Field comment) {
    ObjectNode cleared = row.deepCopy();
    cleared.putNull(comment.path());
    return cleared;
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
