package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Trait;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.pipeline.insight.RecordName;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules about what a record says of itself: its comment, when it ends, who keeps it. */
final class CommentRules {
  private final Findings findings;
  private final LocalDate today;

  CommentRules(Findings findings, LocalDate today) {
    this.findings = findings;
    this.today = today;
  }

  /** The record's comment; empty if it has none. */
  static String comment(Resource resource, ObjectNode record) {
    return resource
        .comment()
        .map(field -> field.in(record))
        .map(value -> value.isString() ? value.stringValue() : "")
        .orElse("");
  }

  void look(RecordName name, ObjectNode record, String comment, Set<LintRule> silenced) {
    Resource resource = name.resource();
    boolean written = isWritable(name, record, silenced);
    CommentTag.Parts parts = CommentTag.in(comment);
    if (parts.fault() != null) {
      findings.add(
          LintRule.EXPIRED,
          name,
          silenced,
          "the tag in its comment cannot be read ("
              + parts.fault()
              + "), so the record has no owner and no end",
          "write it at the end of the comment as [sluice owner=NAME expires=2026-12-31]");
    }
    LocalDate lastDay = parts.tag() == null ? null : parts.tag().expires();
    LocalDate own = ownEnd(name, record);
    expiry(name, own == null ? lastDay : own, silenced);
    if (written && resource.comment().isPresent() && parts.text().isBlank()) {
      findings.add(
          LintRule.NO_COMMENT,
          name,
          silenced,
          "nothing says why it is there, which makes it hard to remove later",
          "write down the reason and where to ask, such as a ticket");
    }
  }

  private void expiry(RecordName name, @Nullable LocalDate lastDay, Set<LintRule> silenced) {
    if (lastDay == null) {
      return;
    }
    if (lastDay.isBefore(today)) {
      findings.add(
          LintRule.EXPIRED,
          name,
          silenced,
          "its last day was " + lastDay + ", and it is still in effect",
          "remove it, or give it a later day");
    } else if (!lastDay.isAfter(today.plusDays(LintSettings.SOON_DAYS))) {
      findings.add(
          LintRule.EXPIRES_SOON,
          name,
          silenced,
          "its last day is " + lastDay,
          "renew it if it is still wanted");
    }
  }

  /** The day on which a record that has an end of its own ends; null if it has none. */
  private @Nullable LocalDate ownEnd(RecordName name, ObjectNode record) {
    for (Field field : name.resource().fields()) {
      JsonNode value = field.is(Trait.EXPIRY) ? field.in(record) : null;
      if (value != null && !value.isNull()) {
        try {
          return OffsetDateTime.parse(value.asString())
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toLocalDate();
        } catch (DateTimeException otherwiseWritten) {
          findings.warn(
              name
                  + ": its "
                  + field.path()
                  + " '"
                  + EscapedText.brief(value.asString())
                  + "' is no time such as 2026-12-31T00:00:00Z; whether it has expired is not known");
        }
      }
    }
    return null;
  }

  private boolean isWritable(RecordName name, ObjectNode record, Set<LintRule> silenced) {
    String why = null;
    for (Rule rule : name.resource().rules()) {
      if (rule instanceof Rule.KeptElsewhere kept) {
        String keeper = record.path(kept.field()).asString("");
        if (!keeper.isEmpty() && !keeper.equalsIgnoreCase(kept.writable())) {
          why = "it is " + kept.reason() + " (" + keeper + ")";
        }
      } else if (rule instanceof Rule.Pattern pattern
          && pattern.typeField() != null
          && pattern.typeIn(record) == PatternType.UNKNOWN) {
        why = "its " + pattern.typeField() + " is UNKNOWN, which is no longer taken";
      }
    }
    if (why != null) {
      findings.add(
          LintRule.CANNOT_BE_WRITTEN,
          name,
          silenced,
          why + ": it can be read, and neither restored nor migrated",
          "where it is needed elsewhere, make a new record of it");
    }
    return why == null;
  }
}
