package io.sluice.pipeline.imports.saved;

import io.sluice.api.ApiAccount;
import io.sluice.catalog.RecordJson;
import io.sluice.config.UsageException;
import io.sluice.disk.Sha256;
import io.sluice.format.text.LineReader;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.results.RunOptions;
import io.sluice.report.RunId;
import io.sluice.report.journal.RunHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan in a file that is whole: its digest was compared. The rows stay in the file.
 *
 * @param path where it is
 * @param sha256 its digest, as its last line has it
 * @param command what the run is called that it is of: import, restore, migrate or prune
 * @param account the account that it was made for
 * @param baseUrl the API that was asked
 * @param parts each kind of records, in the order in which they are carried out
 * @param offsets where the rows of each part begin
 */
public record SavedPlan(
    Path path,
    String sha256,
    String command,
    Instant madeAt,
    String account,
    String baseUrl,
    List<SavedPart> parts,
    List<Long> offsets) {

  /** A record may have 64 MiB, escaped, and a line several of it; anything longer is no plan. */
  private static final int LONGEST_LINE = 1 << 29;

  /** Keeps copies. */
  public SavedPlan {
    parts = List.copyOf(parts);
    offsets = List.copyOf(offsets);
  }

  /**
   * Reads all of it once. Blocking.
   *
   * @throws UsageException if it is no plan, or not as it was written
   */
  public static SavedPlan open(Path path) throws IOException {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new UsageException(
          "there is no plan " + path + " that can be read",
          "a plan is made with --dry-run --save-plan FILE");
    }
    try (LineReader lines = new LineReader(Files.newInputStream(path), LONGEST_LINE)) {
      byte[] first = next(lines);
      ObjectNode header = first == null ? null : RecordJson.object(text(first));
      int version = header == null ? 0 : header.path(SavedPlanWriter.VERSION_FIELD).asInt(0);
      if (first == null || header == null || version == 0) {
        throw new UsageException(
            path + " is not a saved plan, or only the beginning of one",
            "make the plan again, with --dry-run --save-plan FILE");
      } else if (version != SavedPlanWriter.VERSION) {
        throw new UsageException(
            path + " was made by another version of Sluice", "make the plan again");
      }
      List<Long> offsets = new ArrayList<>();
      String digest = verified(path, first, lines, offsets);
      return of(path, digest, header, offsets);
    }
  }

  /** Compares the digest; notes where parts begin. */
  private static String verified(Path path, byte[] first, LineReader lines, List<Long> offsets)
      throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] part = SavedPlanWriter.PART.getBytes(StandardCharsets.US_ASCII);
    byte[] before = first;
    boolean ended = lines.ended();
    for (byte[] line = next(lines); line != null; line = next(lines)) {
      digest.update(before);
      digest.update((byte) '\n');
      if (line.length > part.length && Arrays.equals(line, 0, part.length, part, 0, part.length)) {
        offsets.add(lines.after());
      }
      before = line;
      ended = lines.ended();
    }
    String last = text(before);
    String expected = SavedPlanWriter.END + HexFormat.of().formatHex(digest.digest()) + "\"}";
    if (!ended || !last.startsWith(SavedPlanWriter.END)) {
      throw new UsageException(
          path + " is not whole: its end is missing", "copy it again, or make the plan again");
    } else if (!last.equals(expected)) {
      throw new UsageException(
          path + " is not as it was written: its SHA-256 is another one",
          "a plan that was damaged or edited is not carried out; make the plan again");
    }
    return expected.substring(SavedPlanWriter.END.length(), expected.length() - 2);
  }

  private static SavedPlan of(Path path, String digest, ObjectNode header, List<Long> offsets) {
    try {
      List<SavedPart> parts = new ArrayList<>();
      for (JsonNode part : header.path("parts")) {
        parts.add(SavedPart.of((ObjectNode) part));
      }
      if (parts.isEmpty() || parts.size() != offsets.size()) {
        throw new IllegalArgumentException("its parts are not all there");
      }
      return new SavedPlan(
          path,
          digest,
          header.path("command").asString(""),
          Instant.parse(header.path("made_at").asString("")),
          header.path("account").asString(""),
          header.path("base_url").asString(""),
          parts,
          offsets);
    } catch (IllegalArgumentException | ClassCastException | DateTimeException strange) {
      throw new UsageException(
          path + " cannot be understood: " + strange.getMessage(),
          "it was made by another version of Sluice; make the plan again");
    }
  }

  /**
   * Checks that it is for that account.
   *
   * @throws UsageException if it is for another one
   */
  public void requireAccount(String id, String url) {
    if (!account.equals(id) || !baseUrl.equals(url)) {
      throw new UsageException(
          "the plan is for account "
              + account
              + " at "
              + baseUrl
              + ", and not for "
              + id
              + " at "
              + url,
          "name that account's profile, or make a plan for this account");
    }
  }

  /** The rows of one part. */
  public Rows rows(int part) {
    return new Rows(this, part);
  }

  /**
   * Where the rows of one part are.
   *
   * @param part which of the parts, from 0
   */
  public record Rows(SavedPlan plan, int part) {
    /** What the plan says of them. */
    public SavedPart about() {
      return plan.parts().get(part);
    }

    /** The header of the journal of a run that carries them out. Blocking; reads the file. */
    public RunHeader header(
        RunId id, Instant startedAt, ApiAccount to, ImportRequest request, InputSource file)
        throws IOException {
      Map<String, String> options = new LinkedHashMap<>(about().options());
      options.put("apply", plan.sha256());
      return RunOptions.header(id, startedAt, to, request, file, about().rows(), options);
    }

    /**
     * Goes through them from the first one. Blocking.
     *
     * @param file the plan's file, unchanged since the plan was opened
     */
    public SavedRows open(InputSource file) throws IOException {
      InputStream in = file.open();
      try {
        in.skipNBytes(plan.offsets().get(part));
        return new SavedRows(new LineReader(in, LONGEST_LINE));
      } catch (IOException unreadable) {
        in.close();
        throw unreadable;
      }
    }
  }

  /** The next line without its end; null if there is none left. */
  static byte @Nullable [] next(LineReader lines) throws IOException {
    return lines.next() ? Arrays.copyOfRange(lines.buffer(), lines.start(), lines.end()) : null;
  }

  static @Nullable ObjectNode object(byte[] line) {
    return RecordJson.object(text(line));
  }

  static String text(byte[] line) {
    return new String(line, StandardCharsets.US_ASCII);
  }
}
