package io.sluice.sandbox;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A blocked sender that names a domain, as tests put it into an account. */
public final class BlockedDomain {
  private BlockedDomain() {}

  /** The record without an id, to which further fields can be added. */
  public static ObjectNode of(String domain) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("pattern", domain)
        .put("pattern_type", "DOMAIN")
        .put("is_regex", false);
  }
}
