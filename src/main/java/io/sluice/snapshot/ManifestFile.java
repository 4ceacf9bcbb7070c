package io.sluice.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads {@code manifest.json}. */
final class ManifestFile {
  private static final long LARGEST = 1 << 20;
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ManifestFile() {}

  static byte[] bytes(Manifest manifest) {
    return JSON.writeValueAsBytes(manifest);
  }

  /**
   * The manifest of a snapshot.
   *
   * @throws NotASnapshotException if there is none, or it is not one that Sluice wrote
   * @throws IOException if it cannot be read
   */
  static Manifest read(Path snapshot) throws IOException {
    Path file = snapshot.resolve(Manifest.FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotASnapshotException(snapshot, "it holds no " + Manifest.FILE);
    }
    if (Files.size(file) > LARGEST) {
      throw new NotASnapshotException(snapshot, "its " + Manifest.FILE + " is too large");
    }
    if (Files.size(file) == 0) {
      throw new NotASnapshotException(
          snapshot,
          "its " + Manifest.FILE + " is empty: what was saved here is damaged; use another one");
    }
    Manifest manifest;
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      requireReadable(snapshot, root.path("format_version"));
      manifest = JSON.treeToValue(root, Manifest.class);
    } catch (JacksonException broken) {
      throw new NotASnapshotException(
          snapshot, "its " + Manifest.FILE + " cannot be read: " + broken.getOriginalMessage());
    }
    requireUsable(snapshot, manifest);
    return manifest;
  }

  /** The version comes first: what is newer may have another shape altogether. */
  private static void requireReadable(Path snapshot, JsonNode version)
      throws NotASnapshotException {
    if (!version.isInt()) {
      throw new NotASnapshotException(
          snapshot, "its " + Manifest.FILE + " names no format version");
    }
    if (version.intValue() != Manifest.FORMAT_VERSION) {
      throw new NotASnapshotException(
          snapshot,
          "its format version is "
              + version.intValue()
              + ", this Sluice reads "
              + Manifest.FORMAT_VERSION);
    }
  }

  @SuppressWarnings("ConstantValue") // JSON may leave out what the types promise
  private static void requireUsable(Path snapshot, Manifest manifest) throws NotASnapshotException {
    boolean whole =
        manifest.accountId() != null
            && manifest.baseUrl() != null
            && manifest.startedAt() != null
            && manifest.finishedAt() != null
            && manifest.resources() != null
            && manifest.unavailable().stream()
                .allMatch(one -> one != null && one.resource() != null && one.message() != null);
    if (!whole) {
      throw new NotASnapshotException(snapshot, "its " + Manifest.FILE + " lacks fields");
    }
    if (manifest.resources().isEmpty()) {
      throw new NotASnapshotException(snapshot, "its " + Manifest.FILE + " names no files");
    }
    for (ResourceEntry entry : manifest.resources()) {
      boolean filled =
          entry != null
              && entry.resource() != null
              && entry.file() != null
              && entry.format() != null
              && entry.sha256() != null
              && entry.filters() != null;
      if (!filled) {
        throw new NotASnapshotException(snapshot, "its " + Manifest.FILE + " lacks fields");
      }
      if (!PLAIN_NAME.matcher(entry.file()).matches()) {
        throw new NotASnapshotException(snapshot, "it names a file outside its own directory");
      }
    }
  }
}
