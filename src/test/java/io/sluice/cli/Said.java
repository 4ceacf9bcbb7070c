package io.sluice.cli;

import tools.jackson.databind.JsonNode;

/** Reads the summary of a restore or a migration. */
final class Said {
  private Said() {}

  /** What it says of one kind of record. */
  static JsonNode part(JsonNode said, String resource) {
    for (JsonNode part : said.get("parts")) {
      if (part.get("resource").stringValue().equals(resource)) {
        return part;
      }
    }
    throw new AssertionError("no part " + resource + " in " + said);
  }

  /** What went wrong and what to do about it. */
  static String error(JsonNode said) {
    JsonNode error = said.get("error");
    return error.get("message").stringValue() + " " + error.path("hint").asString("");
  }

  /**
   * How many records of all kinds have an outcome.
   *
   * @param counts {@code counts} or {@code deletes}
   */
  static long sum(JsonNode said, String counts, String outcome) {
    long sum = 0;
    for (JsonNode part : said.get("parts")) {
      sum += part.path(counts).path(outcome).longValue();
    }
    return sum;
  }
}
