package io.sluice.pipeline.insight;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Snapshots that are written by hand. */
public final class SnapshotFiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final ObjectNode manifest = JSON.createObjectNode();
  private final ArrayNode resources;

  private SnapshotFiles(Path directory, String day) {
    this.directory = directory;
    manifest.put("format_version", 1).put("tool_version", "test");
    manifest.put("account_id", "account").put("base_url", "http://127.0.0.1:1/client/v4");
    manifest.put("started_at", day + "T02:00:00Z").put("finished_at", day + "T02:00:01Z");
    resources = manifest.putArray("resources");
  }

  /** Begins the snapshot of a day, such as {@code 2026-11-20}, below a directory. */
  public static SnapshotFiles begin(Path root, String day) throws IOException {
    return new SnapshotFiles(Files.createDirectories(root.resolve(day + "T020000Z")), day);
  }

  /** Adds the records of one kind, each as JSON. */
  public SnapshotFiles with(String resource, List<String> lines) throws IOException {
    String slug = Catalog.find(resource).map(Resource::slug).orElse(resource);
    byte[] bytes =
        String.join("", lines.stream().map(line -> line + "\n").toList()).getBytes(UTF_8);
    Files.write(directory.resolve(slug + ".jsonl"), bytes);
    ObjectNode entry = resources.addObject();
    entry.put("resource", slug).put("file", slug + ".jsonl").put("format", "jsonl");
    entry.put("gzip", false).put("rows", lines.size()).put("bytes", bytes.length);
    entry.put("sha256", sha256(bytes)).put("pages", 1).putObject("filters");
    entry.put("consistent", true);
    return this;
  }

  /** Writes the manifest; the snapshot's directory. */
  public Path end() throws IOException {
    manifest.putArray("unavailable");
    Files.writeString(directory.resolve("manifest.json"), manifest.toString());
    return directory;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
