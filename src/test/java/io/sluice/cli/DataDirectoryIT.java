package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the service keeps is its owner's alone, whatever the process's umask and whoever made it.
 */
final class DataDirectoryIT {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  @TempDir private Path directory = Path.of("");

  @Test
  void everythingBelowTheDataDirectoryIsClosedToOthers() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path database = Files.createFile(data.resolve("jobs.mv.db"));
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
    try (Sandbox sandbox = Sandbox.builder().start()) {
      String profile = TwoAccounts.profile("one", sandbox.account().id(), sandbox);
      Files.write(directory.resolve(TwoAccounts.CONFIG), List.of("profiles:", profile));
      SluiceProcess sluice =
          new SluiceProcess(directory).with("TOKEN_ONE", sandbox.token()).quick();
      try (ServiceProcess service =
          ServiceProcess.start(sluice, "--data-dir", "data", "--config", TwoAccounts.CONFIG)) {
        String upload = service.jobs().upload("rows.csv", ServiceProcess.senders(0, 50));
        String job = service.jobs().imported("one", upload, "{\"strategy\":\"rows\"}");
        assertThat(service.jobs().awaitEnd(job).path("exit").intValue()).isZero();
        String again = service.jobs().imported("one", upload, "{\"mode\":\"delete\"}");
        service.jobs().awaitEnd(again);
        assertClosed(data);
        assertThat(service.log()).content().contains("was open to other users");
        assertThat(service.terminate()).isEqualTo(130);
      }
      assertClosed(data);
    }
  }

  private static void assertClosed(Path data) throws Exception {
    try (Stream<Path> all = Files.walk(data)) {
      assertThat(all.toList())
          .hasSizeGreaterThan(5)
          .allSatisfy(path -> assertThat(OWNERS).containsAll(Files.getPosixFilePermissions(path)));
    }
  }
}
