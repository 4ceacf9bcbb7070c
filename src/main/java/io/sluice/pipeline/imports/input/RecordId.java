package io.sluice.pipeline.imports.input;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.format.OptionNames;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of ids of the API. Its ids are opaque: numbers once, UUIDs now, and a part of a URL's
 * path in any case. What has other characters than those is no id, but another tool's column of
 * that name, or worse.
 */
final class RecordId {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private RecordId() {}

  /** Why the value cannot be an id; null if it can, or is not given. */
  static @Nullable String wrong(@Nullable JsonNode id, OptionNames names) {
    if (id == null || id.isNull() || (id.isIntegralNumber() && id.asString().charAt(0) != '-')) {
      return null;
    } else if (!id.isString()) {
      return "must be a text or a whole number";
    } else if (id.stringValue().isEmpty()) {
      return "an id cannot be empty; leave it out";
    }
    return ID.matcher(id.stringValue()).matches()
        ? null
        : "cannot be an id of the account, which is a UUID or a number; if it is another product's,"
            + " leave it out with "
            + names.map("id", "");
  }

  /** The id in a message. */
  static String shown(ObjectNode record) {
    JsonNode id = record.path("id");
    String text = EscapedText.of(id.asString(id.toString()));
    return text.length() > 80 ? text.substring(0, 79) + "…" : text;
  }
}
