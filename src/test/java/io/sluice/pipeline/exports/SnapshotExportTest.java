package io.sluice.pipeline.exports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.Listing;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.ExportRig;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot holds, where it appears, and which old ones go. */
public final class SnapshotExportTest {
  private static final Instant NIGHT = Instant.parse("2026-11-21T02:00:00Z");

  @TempDir private Path root = Path.of("");

  @Test
  void everyLineIsTheApisRecordByteForByte() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      Snapshot snapshot = new ExportRig(sandbox, root).ofEverything().export().snapshot();

      for (Resource resource : Catalog.resources()) {
        assertThat(lines(snapshot, resource))
            .describedAs(resource.slug())
            .isNotEmpty()
            .isEqualTo(records(sandbox, resource));
      }
    }
  }

  @Test
  void prettyPrintedAnswersAreStoredCompact() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).pretty(true).start()) {
      Snapshot snapshot = new ExportRig(sandbox, root).ofEverything().export().snapshot();

      for (Resource resource : Catalog.resources()) {
        assertThat(lines(snapshot, resource)).isEqualTo(records(sandbox, resource));
      }
    }
  }

  @Test
  void rowsKeepTheApisOrderOverManyPages() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.account().seed("block_senders", 12_345);
      Snapshot snapshot = new ExportRig(sandbox, root).export().snapshot();

      Resource resource = Catalog.get("block-senders");
      assertThat(lines(snapshot, resource)).isEqualTo(records(sandbox, resource));
      ResourceEntry entry = snapshot.manifest().resources().get(0);
      assertThat(entry.rows()).isEqualTo(12_345);
      assertThat(entry.pages()).isEqualTo(13);
      assertThat(entry.serverTotalCount()).isEqualTo(12_345);
      assertThat(entry.consistent()).isTrue();
      assertThat(sandbox.requestLog().total()).describedAs("13 pages, read twice").isEqualTo(26);
    }
  }

  @Test
  void theManifestTellsWhereTheSnapshotCameFrom() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      Snapshot snapshot =
          new ExportRig(sandbox, root)
              .ofEverything()
              .at(Clock.fixed(NIGHT, ZoneOffset.UTC))
              .export()
              .snapshot();

      assertThat(snapshot.directory()).isEqualTo(root.resolve("2026-11-21T020000Z"));
      Manifest manifest = Snapshot.open(snapshot.directory()).manifest();
      assertThat(manifest.accountId()).isEqualTo(sandbox.account().id());
      assertThat(manifest.baseUrl()).isEqualTo(sandbox.baseUrl());
      assertThat(manifest.startedAt()).isEqualTo(NIGHT);
      assertThat(manifest.resources()).extracting(ResourceEntry::resource).hasSize(8);
      assertThat(Verifier.verify(snapshot).sound()).isTrue();
    }
  }

  @Test
  void onlyTheOwnerCanReadWhatWasWritten() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      Path fresh = root.resolve("new").resolve("backups");
      Snapshot snapshot = new ExportRig(sandbox, fresh).export().snapshot();

      for (Path directory : List.of(fresh, snapshot.directory())) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
            .isEqualTo("rwx------");
      }
      try (var files = Files.list(snapshot.directory())) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void aNameThatIsTakenWaitsForTheNextSecond() {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      ExportRig rig = new ExportRig(sandbox, root);
      Path first = rig.export().snapshot().directory();
      Path second = rig.export().snapshot().directory();

      assertThat(second).isNotEqualTo(first);
      assertThat(first).isDirectory();
    }
  }

  @Test
  void compressedFilesAndCsvVerifyToo() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      for (RowFormat format : RowFormat.values()) {
        Snapshot snapshot =
            new ExportRig(sandbox, root.resolve(format.extension()))
                .ofEverything()
                .as(format, true)
                .export()
                .snapshot();
        assertThat(Verifier.verify(snapshot).sound()).describedAs("%s", format).isTrue();
        assertThat(snapshot.manifest().resources().get(0).file())
            .isEqualTo("allow-policies." + format.extension() + ".gz");
      }
    }
  }

  @Test
  void filtersNarrowTheListingDownAndAreRecorded() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      Map<String, List<String>> filters = Map.of("pattern_type", List.of("DOMAIN"));
      Resource resource = Catalog.get("allow-policies");
      Snapshot snapshot =
          new ExportRig(sandbox, root).of(Listing.of(resource).where(filters)).export().snapshot();

      assertThat(lines(snapshot, resource))
          .isNotEmpty()
          .allMatch(line -> line.contains("\"pattern_type\":\"DOMAIN\""));
      assertThat(snapshot.manifest().resources().get(0).filters()).isEqualTo(filters);
      assertThat(snapshot.manifest().consistent()).isTrue();
    }
  }

  @Test
  void theOldestSnapshotsOfTheSameKindGo() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      List<Path> nightly = new ArrayList<>();
      for (int night = 0; night < 4; night++) {
        nightly.add(exportAt(sandbox, night, 0).directory());
      }
      Path otherKind = exportOtherAt(sandbox, 4).directory();
      Path foreign = Files.createDirectory(root.resolve("2026-01-01T000000Z"));
      Files.writeString(nightly.get(1).resolve("note.txt"), "kept by hand");

      Path newest = exportAt(sandbox, 5, 2).directory();

      assertThat(newest).isDirectory();
      assertThat(nightly.get(3)).isDirectory();
      assertThat(nightly.get(2)).doesNotExist();
      assertThat(nightly.get(1)).describedAs("holds a file of somebody else").isDirectory();
      assertThat(nightly.get(0)).doesNotExist();
      assertThat(otherKind).isDirectory();
      assertThat(foreign).isDirectory();
    }
  }

  @Test
  void anInconsistentSnapshotMakesNoOldOneGo() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      sandbox.account().seed("block_senders", 10);
      Path good = exportAt(sandbox, 0, 0).directory();
      sandbox.faults().onList("block_senders").then(Fault.totalOffBy(5));

      Snapshot bad = exportAt(sandbox, 1, 1);

      assertThat(bad.manifest().consistent()).isFalse();
      assertThat(good).isDirectory();
    }
  }

  @Test
  void aDirectoryInUseIsRefused() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().start();
        io.sluice.snapshot.SnapshotRoot held = io.sluice.snapshot.SnapshotRoot.open(root)) {
      assertThat(held.snapshots()).isEmpty();
      Throwable refused = catchThrowable(() -> new ExportRig(sandbox, root).export());

      Failure failure = Diagnosis.of(refused);
      assertThat(failure.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(failure.message()).contains("in use by another run");
    }
  }

  @Test
  void whatACrashLeftIsCleanedUpByTheNextRun() throws IOException {
    Path crashed = Files.createDirectory(root.resolve(".2026-11-20T020000Z.partial"));
    Files.writeString(crashed.resolve(".block-senders.jsonl.1"), "{\"id\":");
    try (Sandbox sandbox = Sandbox.builder().start()) {
      Snapshot snapshot = new ExportRig(sandbox, root).export().snapshot();

      assertThat(new ExportRig(sandbox, root).found())
          .containsExactly(".sluice.lock", snapshot.directory().getFileName().toString());
    }
  }

  @Test
  void whatCannotBeRemovedIsToldAndInNobodysWay() throws IOException {
    Path stuck = Files.createDirectory(root.resolve(".2026-11-20T020000Z.partial"));
    Path inside = Files.createDirectory(stuck.resolve("a directory that Sluice did not make"));
    Files.writeString(inside.resolve("letter"), "mine");
    Path broken = Files.createDirectory(root.resolve("2026-11-19T020000Z"));
    Files.writeString(broken.resolve("manifest.json"), "{\"resources\":[null]}");
    try (Sandbox sandbox = Sandbox.builder().start()) {
      SnapshotExport.Result result = new ExportRig(sandbox, root).keep(1).export();

      assertThat(result.snapshot().directory()).isDirectory();
      assertThat(result.troubles()).singleElement().asString().contains("cannot be removed");
      assertThat(broken).isDirectory();
    }
  }

  private Snapshot exportAt(Sandbox sandbox, int night, int keep) {
    ExportRig rig =
        new ExportRig(sandbox, root)
            .at(Clock.fixed(NIGHT.plusSeconds(86_400L * night), ZoneOffset.UTC));
    return (keep == 0 ? rig : rig.keep(keep)).export().snapshot();
  }

  private Snapshot exportOtherAt(Sandbox sandbox, int night) {
    return new ExportRig(sandbox, root)
        .of(Listing.of(Catalog.get("trusted-domains")))
        .at(Clock.fixed(NIGHT.plusSeconds(86_400L * night), ZoneOffset.UTC))
        .export()
        .snapshot();
  }

  public static List<String> lines(Snapshot snapshot, Resource resource) throws IOException {
    return Files.readAllLines(snapshot.directory().resolve(resource.slug() + ".jsonl"));
  }

  public static List<String> records(Sandbox sandbox, Resource resource) {
    List<String> records =
        new ArrayList<>(
            sandbox.account().raw(resource.name()).stream()
                .map(record -> new String(record, UTF_8))
                .toList());
    // The sandbox lists what takes no order with the newest first.
    if (!resource.listedByCreation()) {
      Collections.reverse(records);
    }
    return records;
  }
}
