package io.sluice.report;

import java.io.StringWriter;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** A JSON record with what became of it as its last members. */
final class ExplainedRecord {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ExplainedRecord() {}

  /** The record's own members as they are written there; the text as it is if it is no object. */
  static String of(String record, RowResult result) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), record)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return record;
      }
      StringJoiner members = new StringJoiner(",", "{", "}");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.nextToken();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        if (!FailedRows.ADDED.contains(name)) {
          members.add(record.substring(start, end).stripTrailing());
        }
      }
      if (parser.nextToken() != null) {
        return record;
      }
      return members.add(explanation(result)).toString();
    } catch (JacksonException notJson) {
      return record;
    }
  }

  private static String explanation(RowResult result) {
    StringWriter members = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), members)) {
      json.writeStartObject();
      json.writeStringProperty("_outcome", result.outcome().label());
      json.writeStringProperty("_code", result.code());
      json.writeStringProperty("_message", result.message());
      json.writeStringProperty("_pointer", result.pointer());
      json.writeNumberProperty("_line", result.line());
      json.writeEndObject();
    }
    return members.toString().substring(1, members.getBuffer().length() - 1);
  }
}
