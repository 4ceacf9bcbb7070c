package io.sluice.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox that is filled from snapshots holds what they hold. */
@Tag("slow")
@Isolated
final class SandboxLoadIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");
  private final Sandbox original = Sandbox.builder().awkward(true).start();

  @AfterEach
  void stop() {
    original.close();
  }

  @Test
  void eachSnapshotBecomesAnAccount() throws Exception {
    original.account().seed("block_senders", 2_500);
    String plain = export();
    String packed = export("--format", "csv", "--gzip");
    SluiceProcess.Ready started =
        sluice().startUntilReady("sandbox", "--load", plain, "--load", packed, "--json");
    try {
      JsonNode ready = started.said();
      assertThat(ready.propertyNames()).containsExactly("base_url", "account", "accounts", "token");
      String first = original.account().id();
      String second = first.substring(0, 30) + "-2";
      assertThat(ready.get("account").stringValue()).isEqualTo(first);
      assertThat(ready.get("accounts").toString())
          .isEqualTo("[\"" + first + "\",\"" + second + "\"]");

      assertThat(files(exported(ready, first))).isEqualTo(files(directory.resolve(plain)));
      assertThat(files(exported(ready, second, "--format", "csv")))
          .isEqualTo(files(directory.resolve(unpacked(packed))));
    } finally {
      started.process().destroy();
      assertThat(started.process().waitFor(30, SECONDS)).isTrue();
    }
  }

  @Test
  void aKindThatTheSnapshotLacksAndNobodyKnowsIsNoDefect() throws Exception {
    String snapshot = export();
    Path manifest = directory.resolve(snapshot).resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst(
                "\"unavailable\" : \\[[^]]*]",
                "\"unavailable\" : [{\"resource\":\"of-the-future\",\"http_status\":403,"
                    + "\"message\":\"no\"}]"));
    assertThat(Files.readString(manifest)).contains("of-the-future");

    SluiceProcess.Ready started = sluice().startUntilReady("sandbox", "--load", snapshot, "--json");
    started.process().destroy();
    assertThat(started.process().waitFor(30, SECONDS)).isTrue();
    assertThat(started.said().get("account").stringValue()).isEqualTo(original.account().id());
  }

  @Test
  void aDamagedSnapshotIsNotLoaded() throws Exception {
    String snapshot = export();
    Path file = directory.resolve(snapshot).resolve("domains.jsonl");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    Ended ended = sluice().run("sandbox", "--load", snapshot);

    assertThat(ended.exit()).isEqualTo(9);
    assertThat(ended.err()).contains("is damaged: domains.jsonl: ").contains("sluice verify");
    assertThat(sluice().run("sandbox", "--load", "nowhere").exit()).isEqualTo(2);
    assertThat(sluice().run("sandbox", "--load", ".").exit()).isEqualTo(9);
  }

  /** The same export, uncompressed: what a file of it holds. */
  private String unpacked(String packed) throws IOException {
    Path plain = Files.createDirectory(directory.resolve("unpacked"));
    try (Stream<Path> files = Files.list(directory.resolve(packed))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".gz")).toList()) {
        String name = file.getFileName().toString().replace(".gz", "");
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(file))) {
          Files.write(plain.resolve(name), in.readAllBytes());
        }
      }
    }
    return "unpacked";
  }

  private String export(String... options) throws Exception {
    return snapshotOf(sluice().against(original), options);
  }

  private Path exported(JsonNode ready, String account, String... options) throws Exception {
    SluiceProcess sluice =
        sluice()
            .with("CLOUDFLARE_BASE_URL", ready.get("base_url").stringValue())
            .with("CLOUDFLARE_API_TOKEN", ready.get("token").stringValue())
            .with("CLOUDFLARE_ACCOUNT_ID", account);
    return directory.resolve(snapshotOf(sluice, options));
  }

  private static String snapshotOf(SluiceProcess sluice, String... options) throws Exception {
    Ended export =
        sluice.run(
            Stream.concat(Stream.of("export", "--to", "backups", "--json"), Stream.of(options))
                .toArray(String[]::new));
    assertThat(export.exit()).describedAs(export.err()).isZero();
    return JSON.readTree(export.out()).get("snapshot").stringValue();
  }

  private static Map<String, String> files(Path snapshot) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(snapshot)) {
      for (Path file : files.filter(file -> !file.endsWith("manifest.json")).toList()) {
        content.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return content;
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory);
  }
}
