package io.sluice.pipeline.imports.saved;

import io.sluice.disk.ReplacedFile;
import io.sluice.disk.Sha256;
import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.plan.AccountRecord;
import io.sluice.report.journal.RunHeader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a plan into a file that appears whole: a line of what is asked for, the rows of each kind
 * of records, and the digest of all that. The lines are JSON in plain ASCII, so that half a
 * surrogate pair is as it was. Blocking.
 */
public final class SavedPlanWriter {
  static final int VERSION = 1;
  static final String VERSION_FIELD = "sluice_plan";
  static final String PART = "{\"part\":";
  static final String UNNAMED = "{\"unnamed\":";
  static final String END = "{\"sha256\":\"";

  private static final int BUFFER = 1 << 16;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final OutputStream out;

  private SavedPlanWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the plan.
   *
   * @return its digest, as its last line has it
   */
  public static String write(PlanTarget target, List<PlannedPart> parts) throws IOException {
    try (ReplacedFile file = new ReplacedFile(target.file())) {
      DigestOutputStream digested = new DigestOutputStream(file, Sha256.begin());
      OutputStream buffered = new BufferedOutputStream(digested, BUFFER);
      SavedPlanWriter writer = new SavedPlanWriter(buffered);
      writer.line(header(target.command(), parts));
      for (int i = 0; i < parts.size(); i++) {
        writer.part(i, parts.get(i));
      }
      buffered.flush();
      String digest = HexFormat.of().formatHex(digested.getMessageDigest().digest());
      file.write((END + digest + "\"}\n").getBytes(StandardCharsets.US_ASCII));
      target.requireFree();
      file.finish();
      return digest;
    }
  }

  private static ObjectNode header(String command, List<PlannedPart> parts) {
    RunHeader first = parts.get(0).header();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(VERSION_FIELD, VERSION);
    json.put("tool_version", first.toolVersion());
    json.put("command", command);
    json.put("run", first.runId());
    json.put("made_at", first.startedAt().toString());
    json.put("account", first.accountId());
    json.put("base_url", first.baseUrl());
    json.putArray("parts");
    parts.forEach(part -> json.withArray("parts").add(SavedPart.of(part).json()));
    return json;
  }

  private void part(int number, PlannedPart part) throws IOException {
    line(JsonNodeFactory.instance.objectNode().put("part", number));
    rows(part.rows().rows(), part);
    line(JsonNodeFactory.instance.objectNode().put("unnamed", number));
    rows(part.rows().unnamed(), part);
  }

  private void rows(PlannedRow.Rows rows, PlannedPart part) throws IOException {
    for (PlannedRow row = rows.next(); row != null; row = rows.next()) {
      long inRow = row.number() == 0 ? 0 : part.input().row(row.number());
      line(SavedRowCodec.write(new SavedRow(row, inRow, held(row, part))));
    }
  }

  private static @Nullable ObjectNode held(PlannedRow row, PlannedPart part) throws IOException {
    if (!(row instanceof PlannedRow.Pending pending)) {
      return null;
    }
    Change change = pending.change();
    String id = change.id();
    return id == null ? null : part.account().withId(id).map(AccountRecord::fields).orElse(null);
  }

  private void line(JsonNode json) throws IOException {
    out.write(JSON.writeValueAsString(json).getBytes(StandardCharsets.US_ASCII));
    out.write('\n');
  }
}
