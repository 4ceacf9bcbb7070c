package io.sluice.pipeline.imports;

import io.sluice.catalog.RecordJson;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.results.RowNotes;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Planned rows as bytes, and back. Nothing is lost on the way, half a surrogate pair included. Read
 * by the process that wrote it, so it has no version.
 */
final class PlannedRowCodec {
  private static final int KEPT = 0;
  private static final int SETTLED = 1;
  private static final int PENDING = 2;
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
  private static final List<Action> ACTIONS = List.of(Action.values());

  private PlannedRowCodec() {}

  static void write(PlannedRow row, DataOutputStream out) throws IOException {
    if (row instanceof PlannedRow.Kept kept) {
      out.write(KEPT);
      out.writeLong(kept.number());
      out.write(OUTCOMES.indexOf(kept.outcome()));
    } else if (row instanceof PlannedRow.Settled settled) {
      out.write(SETTLED);
      out.writeBoolean(settled.byInput());
      write(settled.result(), out);
    } else if (row instanceof PlannedRow.Pending pending) {
      out.write(PENDING);
      write(pending.change(), out);
    }
    write(row.notes().rewritten(), out);
    write(row.notes().remedy(), out);
  }

  /**
   * The rest of a row.
   *
   * @param kind its first byte
   */
  static PlannedRow read(int kind, DataInputStream in) throws IOException {
    return switch (kind) {
      case KEPT ->
          new PlannedRow.Kept(in.readLong(), OUTCOMES.get(in.readUnsignedByte()), notes(in));
      case SETTLED -> {
        boolean byInput = in.readBoolean();
        yield new PlannedRow.Settled(result(in), byInput, notes(in));
      }
      case PENDING -> new PlannedRow.Pending(change(in), notes(in));
      default -> throw new IOException("a plan cannot be read any further");
    };
  }

  private static RowNotes notes(DataInputStream in) throws IOException {
    String rewritten = text(in);
    String remedy = text(in);
    return rewritten == null && remedy == null ? RowNotes.NONE : new RowNotes(rewritten, remedy);
  }

  private static void write(RowResult result, DataOutputStream out) throws IOException {
    out.writeLong(result.row());
    out.writeLong(result.line());
    out.write(OUTCOMES.indexOf(result.outcome()));
    out.write(ACTIONS.indexOf(result.action()));
    write(result.id(), out);
    write(result.key(), out);
    out.writeInt(result.httpStatus());
    write(result.code(), out);
    write(result.pointer(), out);
    write(result.message(), out);
    out.writeInt(result.attempts());
    out.writeBoolean(result.retryable());
    out.writeLong(result.durationMillis());
    write(result.ray(), out);
  }

  private static RowResult result(DataInputStream in) throws IOException {
    return new RowResult(
        in.readLong(),
        in.readLong(),
        OUTCOMES.get(in.readUnsignedByte()),
        ACTIONS.get(in.readUnsignedByte()),
        text(in),
        given(in),
        in.readInt(),
        text(in),
        text(in),
        text(in),
        in.readInt(),
        in.readBoolean(),
        in.readLong(),
        text(in));
  }

  private static void write(Change change, DataOutputStream out) throws IOException {
    out.writeLong(change.row());
    out.writeLong(change.line());
    write(change.key(), out);
    out.write(ACTIONS.indexOf(change.action()));
    out.write(OUTCOMES.indexOf(change.goal()));
    write(change.id(), out);
    write(change.said().toString(), out);
    write(change.body().equals(change.said()) ? null : change.body().toString(), out);
  }

  private static Change change(DataInputStream in) throws IOException {
    long row = in.readLong();
    long line = in.readLong();
    String key = given(in);
    Action action = ACTIONS.get(in.readUnsignedByte());
    Outcome goal = OUTCOMES.get(in.readUnsignedByte());
    String id = text(in);
    ObjectNode said = record(given(in));
    String body = text(in);
    return new Change(row, line, key, action, goal, id, body == null ? said : record(body), said);
  }

  private static ObjectNode record(String text) throws IOException {
    ObjectNode record = RecordJson.object(text);
    if (record == null) {
      throw new IOException("a plan holds a record that cannot be read");
    }
    return record;
  }

  /** A byte a character where that will do, two otherwise. */
  private static void write(@Nullable String text, DataOutputStream out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    boolean narrow = isNarrow(text);
    out.writeInt(text.length() << 1 | (narrow ? 0 : 1));
    if (narrow) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      out.writeChars(text);
    }
  }

  /** A loop, since every text of every row passes here. */
  private static boolean isNarrow(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int header = in.readInt();
    if (header < 0) {
      return null;
    }
    int length = header >>> 1;
    if ((header & 1) == 0) {
      return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }
    char[] characters = new char[length];
    for (int i = 0; i < length; i++) {
      characters[i] = in.readChar();
    }
    return new String(characters);
  }

  private static String given(DataInputStream in) throws IOException {
    String text = text(in);
    if (text == null) {
      throw new IOException("a plan lacks a text");
    }
    return text;
  }
}
