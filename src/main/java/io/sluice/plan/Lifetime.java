package io.sluice.plan;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When records end: by a field of their own where the API has one, else by the tag. */
public final class Lifetime {
  private Lifetime() {}

  /** The last day on which the record is wanted, in UTC; null if it has no end. */
  public static @Nullable LocalDate lastDay(Resource resource, ObjectNode record) {
    for (Field field : resource.fields()) {
      JsonNode value = field.is(Trait.EXPIRY) ? field.in(record) : null;
      if (value != null && value.isString()) {
        try {
          return OffsetDateTime.parse(value.stringValue())
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toLocalDate();
        } catch (DateTimeException otherwiseWritten) {
          return null;
        }
      }
    }
    CommentTag tag = CommentTag.of(resource, record).tag();
    return tag == null ? null : tag.expires();
  }

  /** True if a field of its own says when the record ends, so that no day in its comment counts. */
  public static boolean hasOwnEnd(Resource resource, ObjectNode record) {
    return resource.fields().stream()
        .filter(field -> field.is(Trait.EXPIRY))
        .map(field -> field.in(record))
        .anyMatch(value -> value != null && value.isString());
  }
}
