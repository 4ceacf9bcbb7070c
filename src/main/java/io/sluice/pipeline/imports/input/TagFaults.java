package io.sluice.pipeline.imports.input;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Fault;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.format.OptionNames;
import io.sluice.plan.Expiry;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.plan.Ownership;
import io.sluice.plan.Tagging;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what is wrong with owner and end of a row, whatever the account holds. */
final class TagFaults {
  /** Every day is written in as many characters. */
  private static final LocalDate ANY_DAY = LocalDate.EPOCH;

  private final CheckRequest request;
  private final Ownership ownership;
  private final @Nullable Field comment;
  private final OptionNames names;

  TagFaults(CheckRequest request) {
    this.request = request;
    this.ownership = request.ownership();
    this.comment = request.resource().comment().orElse(null);
    this.names = request.input().names();
  }

  List<Fault> of(ObjectNode row) {
    JsonNode expires = CommentTag.EXPIRES.in(row);
    if (comment == null || request.mode() == Mode.DELETE || saysNothing(expires)) {
      return List.of();
    }
    List<Fault> faults = new ArrayList<>();
    Expiry end = null;
    if (expires != null && !expires.isNull()) {
      try {
        end = Expiry.parse(expires.isString() ? expires.stringValue() : expires.toString());
      } catch (IllegalArgumentException unreadable) {
        faults.add(fault(CommentTag.EXPIRES, expires, Expiry.FORMS));
      }
    }
    CommentTag.Parts parts = CommentTag.of(request.resource(), row);
    JsonNode said = comment.in(row);
    if (said != null && parts.fault() != null) {
      faults.add(fault(comment, said, "the tag in it cannot be read: " + parts.fault()));
    } else if (said != null && parts.tag() != null) {
      ofTag(parts.tag(), end, said).ifPresent(faults::add);
    }
    if (faults.isEmpty()) {
      tooLong(row, comment).ifPresent(faults::add);
    }
    return faults;
  }

  /** Rows that say nothing new of owner and end are not judged by it. */
  private boolean saysNothing(@Nullable JsonNode expires) {
    return expires == null && ownership.owner() == null && ownership.expires() == null;
  }

  private Optional<Fault> ofTag(CommentTag tag, @Nullable Expiry end, JsonNode said) {
    String owner = ownership.owner();
    if (owner != null && tag.owner() != null && !ownership.mayChange(tag.owner())) {
      String reason =
          "its tag names the owner "
              + tag.owner()
              + ", and the run's is "
              + owner
              + ": take the tag out, or say "
              + names.of("adopt")
              + "="
              + tag.owner();
      return Optional.of(fault(Optional.ofNullable(comment).orElseThrow(), said, reason));
    } else if (end != null && end.day() != null && tag.expires() != null) {
      return tag.expires().equals(end.day())
          ? Optional.empty()
          : Optional.of(
              fault(
                  CommentTag.EXPIRES,
                  said,
                  "the row says " + end + ", and the tag in its comment " + tag.expires()));
    }
    return Optional.empty();
  }

  private Optional<Fault> tooLong(ObjectNode row, Field field) {
    ObjectNode tagged =
        new Tagging(request.resource(), ownership, ANY_DAY, Origin.UNKNOWN, names).fresh(row);
    String text = tagged.path(field.path()).asString("");
    return field.type() instanceof FieldType.Text limits
            && text.codePointCount(0, text.length()) > limits.max()
        ? Optional.of(fault(field, tagged.path(field.path()), Tagging.noRoom(text, limits.max())))
        : Optional.empty();
  }

  private static Fault fault(Field field, JsonNode value, String reason) {
    return new Fault(field.path(), value.asString(value.toString()), reason);
  }
}
