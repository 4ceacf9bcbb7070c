package io.sluice.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.catalog.Catalog;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox is close enough to the API for Cloudflare's own TypeScript SDK. */
@Tag("slow")
@Tag("npm")
class OfficialSdkIT {
  private static final Path SOURCES = Path.of("src/test/sdk");

  private record Run(int exit, String output) {}

  @Test
  void theOfficialSdkListsCreatesReadsEditsAndDeletes(@TempDir Path work) throws Exception {
    assumeTrue(onPath("node"), "node is not on the PATH");
    assumeTrue(onPath("npm"), "npm is not on the PATH");
    for (String file : List.of("package.json", "check.mjs")) {
      Files.copy(SOURCES.resolve(file), work.resolve(file));
    }
    Run install = run(work, 180, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock");
    assertThat(install.exit()).as(install.output()).isZero();
    try (Sandbox sandbox = Sandbox.builder().start()) {
      SandboxAccount account = sandbox.account();
      Catalog.resources().forEach(resource -> account.seed(resource.name(), 25));
      Run check =
          run(work, 60, "node", "check.mjs", sandbox.baseUrl(), account.id(), sandbox.token());
      assertThat(check.exit()).as(check.output()).isZero();
      assertThat(check.output()).contains("trustedDomains: as expected");
      assertThat(account.count("block-senders")).isEqualTo(25);
      assertThat(account.count("domains")).isEqualTo(24);
      assertThat(account.creations("block_senders")).containsEntry("EMAIL|sdk@example.com", 1);
    }
  }

  private static Run run(Path work, long seconds, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(work, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return new Run(-1, "not done within " + seconds + " s: " + Files.readString(output, UTF_8));
    }
    return new Run(process.exitValue(), Files.readString(output, UTF_8));
  }

  private static boolean onPath(String command) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(directory, command))) {
        return true;
      }
    }
    return false;
  }
}
