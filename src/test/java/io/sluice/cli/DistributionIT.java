package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in the zip that is handed out. */
final class DistributionIT {
  @SuppressWarnings("NullAway.Init")
  private FileSystem zip;

  @SuppressWarnings("NullAway.Init")
  private Path top;

  @BeforeEach
  void open() throws IOException {
    zip = Distribution.open();
    top = Distribution.top(zip);
  }

  @AfterEach
  void close() throws IOException {
    zip.close();
  }

  @Test
  void holdsTheProgramAndWhatBelongsToIt() throws Exception {
    assertThat(top.toString()).matches("/sluice-[0-9][^/]*");
    assertThat(
            List.of(
                "bin/sluice",
                "lib/sluice.jar",
                "config/sluice.yaml",
                "samples/block-senders.csv",
                "samples/systemd/sluice-backup.service",
                "README.md",
                "LICENSE",
                "NOTICE",
                "THIRD-PARTY.txt",
                "sbom.json"))
        .allMatch(name -> Files.isRegularFile(top.resolve(name)));
    assertThat(Files.mismatch(top.resolve("lib/sluice.jar"), jar())).isEqualTo(-1);
    assertThat(Files.readString(top.resolve("bin/sluice"))).doesNotContain("\r");
  }

  @Test
  void onlyTheLauncherCanBeExecuted() throws Exception {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean program = file.endsWith("bin/sluice");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .describedAs(file.toString())
            .isEqualTo(program ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
  }

  @Test
  void namesEveryLibraryAndItsLicence() throws Exception {
    String notices = Files.readString(top.resolve("THIRD-PARTY.txt"));

    assertThat(notices)
        .contains("info.picocli:picocli:4")
        .contains("io.netty:netty-handler:4")
        .contains("ch.qos.logback:logback-core:1")
        .contains("org.webjars.npm:chart.js:4")
        .doesNotContain("junit")
        .doesNotContainIgnoringCase("unknown license");
    assertThat(Files.readString(top.resolve("LICENSE"))).contains("Apache License");
    assertThat(texts()).hasSizeGreaterThan(20).anyMatch(name -> name.contains("postgresql"));
    assertThat(Files.readString(top.resolve("licenses/icu4j/LICENSE"))).contains("UNICODE LICENSE");
  }

  @Test
  void theBillOfMaterialsListsWhatIsInTheJar() throws Exception {
    JsonNode bill = JsonMapper.shared().readTree(Files.readString(top.resolve("sbom.json")));
    List<String> names =
        bill.get("components").values().stream().map(part -> part.get("purl").asString()).toList();

    assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/name").asString()).isEqualTo("sluice");
    assertThat(names)
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates()
        .anyMatch(name -> name.startsWith("pkg:maven/io.projectreactor.netty/reactor-netty-http@"))
        .anyMatch(name -> name.startsWith("pkg:maven/com.h2database/h2@"))
        .anyMatch(name -> name.startsWith("pkg:maven/org.webjars.npm/lit-html@"))
        .noneMatch(name -> name.contains("junit") || name.contains("archunit"));
  }

  private List<String> texts() throws IOException {
    try (Stream<Path> files = Files.walk(top.resolve("licenses"))) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private static Path jar() {
    return Path.of(System.getProperty("sluice.jar", "target/sluice.jar"));
  }
}
