package io.sluice.report.journal;

import io.sluice.report.RowResult;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes a journal entry as one line of JSON. It is plain ASCII, so that half a surrogate pair,
 * which JSON can name and UTF-8 cannot, comes back as it was.
 */
public final class JournalWording {
  static final String KIND = "t";
  static final String FENCE = "f";
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JournalWording() {}

  /** The line, with the newline that ends it. */
  public static byte[] line(JournalEntry entry) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      write(json, entry);
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void write(JsonGenerator json, JournalEntry entry) {
    if (entry instanceof JournalEntry.Header header) {
      begin(json, "header", entry);
      header(json, header.run());
    } else if (entry instanceof JournalEntry.Opening opening) {
      begin(json, "open", entry);
      json.writeNumberProperty("torn", opening.torn());
      json.writeStringProperty("at", opening.at().toString());
    } else if (entry instanceof JournalEntry.Intent intent) {
      begin(json, "intent", entry);
      intent(json, intent);
    } else if (entry instanceof JournalEntry.Result result) {
      begin(json, "result", entry);
      result(json, result.row());
    }
  }

  private static void begin(JsonGenerator json, String kind, JournalEntry entry) {
    json.writeStringProperty(KIND, kind);
    json.writeNumberProperty(FENCE, entry.fence());
  }

  private static void header(JsonGenerator json, RunHeader run) {
    json.writeNumberProperty("format_version", run.formatVersion());
    json.writeStringProperty("run_id", run.runId());
    json.writeStringProperty("tool_version", run.toolVersion());
    json.writeStringProperty("started_at", run.startedAt().toString());
    json.writeStringProperty("account_id", run.accountId());
    json.writeStringProperty("base_url", run.baseUrl());
    json.writeStringProperty("resource", run.resource());
    json.writeStringProperty("mode", run.mode());
    json.writeStringProperty("input_name", run.inputName());
    json.writeStringProperty("input_sha256", run.inputSha256());
    json.writeNumberProperty("input_rows", run.inputRows());
    json.writeObjectPropertyStart("options");
    run.options().forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void intent(JsonGenerator json, JournalEntry.Intent intent) {
    json.writeStringProperty("action", intent.action().label());
    if (!intent.rows().isEmpty()) {
      json.writeArrayPropertyStart("rows");
      intent.rows().forEach(json::writeNumber);
      json.writeEndArray();
    }
    if (!intent.ids().isEmpty()) {
      json.writeArrayPropertyStart("ids");
      intent.ids().forEach(json::writeString);
      json.writeEndArray();
      json.writeArrayPropertyStart("keys");
      intent.keys().forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private static void result(JsonGenerator json, RowResult row) {
    json.writeNumberProperty("row", row.row());
    json.writeNumberProperty("line", row.line());
    json.writeStringProperty("outcome", row.outcome().label());
    json.writeStringProperty("action", row.action().label());
    text(json, "id", row.id());
    json.writeStringProperty("key", row.key());
    number(json, "status", row.httpStatus());
    text(json, "code", row.code());
    text(json, "pointer", row.pointer());
    text(json, "message", row.message());
    number(json, "attempts", row.attempts());
    if (row.retryable()) {
      json.writeBooleanProperty("retryable", true);
    }
    number(json, "ms", row.durationMillis());
    text(json, "ray", row.ray());
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, long value) {
    if (value != 0) {
      json.writeNumberProperty(name, value);
    }
  }
}
