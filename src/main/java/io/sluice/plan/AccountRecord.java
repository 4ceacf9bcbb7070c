package io.sluice.plan;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that the account holds.
 *
 * @param ordinal its place in the account's listing, from 0
 * @param id its id as text; empty if the API gave none, so that it can be neither edited nor
 *     deleted
 * @param fields all of it, as the API gave it; not to be changed
 */
public record AccountRecord(int ordinal, String id, ObjectNode fields) {

  /** True if it can be addressed. */
  public boolean identified() {
    return !id.isEmpty();
  }

  static AccountRecord of(int ordinal, ObjectNode fields) {
    return new AccountRecord(ordinal, idIn(fields), fields);
  }

  /** The id that a record or a row gives, which may be a number; empty if it gives none. */
  public static String idIn(ObjectNode record) {
    JsonNode id = record.get("id");
    return id != null && (id.isString() || id.isNumber()) ? id.asString("") : "";
  }
}
