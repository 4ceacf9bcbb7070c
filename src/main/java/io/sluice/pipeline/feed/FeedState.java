package io.sluice.pipeline.feed;

import io.sluice.api.transport.FeedMark;
import io.sluice.disk.PrivateFiles;
import io.sluice.disk.ReplacedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The version of a feed that was imported last, in a file of its own.
 *
 * @param address where it is, without what may be secret
 * @param purpose a digest of the address and of all that was made of it
 * @param mark the version as the server names it
 * @param sha256 the digest of its content, in hex
 * @param importedAt when its import began
 */
public record FeedState(
    String address, String purpose, FeedMark mark, String sha256, Instant importedAt) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the file holds; empty if there is none, or none that can be read. Blocking. */
  static Optional<FeedState> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      return Optional.of(
          new FeedState(
              root.path("address").asString(""),
              root.path("purpose").asString(""),
              new FeedMark(text(root, "etag"), text(root, "last_modified")),
              root.path("sha256").asString(""),
              Instant.parse(root.path("imported_at").asString(""))));
    } catch (JacksonException | DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  /** Puts it into the file, in place of what was there. Blocking. */
  public void write(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("address", address);
    root.put("purpose", purpose);
    root.put("etag", mark.etag());
    root.put("last_modified", mark.lastModified());
    root.put("sha256", sha256);
    root.put("imported_at", importedAt.toString());
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      PrivateFiles.createDirectories(directory);
    }
    try (ReplacedFile out = new ReplacedFile(file)) {
      out.write((root + "\n").getBytes(StandardCharsets.UTF_8));
      out.finish();
    }
  }

  private static @Nullable String text(JsonNode root, String name) {
    return root.path(name).isString() ? root.path(name).stringValue() : null;
  }
}
