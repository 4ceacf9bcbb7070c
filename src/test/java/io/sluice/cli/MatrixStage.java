package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all cells of the table of faults have in common: one API with accounts and profiles for each
 * cell, files to import, and a service.
 */
final class MatrixStage implements AutoCloseable {
  /** How many records there are in an account that is exported, migrated or imported into. */
  static final int EXPORTED = 3400;

  static final int MIGRATED = 2400;
  static final int HELD = 1200;

  private static final long SEED = 20261122;

  private final Path directory;
  private final Sandbox sandbox;
  private final List<String> profiles = new ArrayList<>(List.of("profiles:"));
  private @Nullable ServiceProcess service;
  private @Nullable MatrixImport rows;
  private @Nullable MatrixImport batch;

  MatrixStage(Path directory, List<MatrixCell> cells) {
    this.directory = directory;
    Sandbox.Builder builder = Sandbox.builder().account("template").account("r").account("b");
    cells.stream()
        .flatMap(cell -> Stream.of(cell.account(), cell.source()))
        .forEach(builder::account);
    sandbox = builder.start();
    sandbox.account().seed(BlockList.RESOURCE, EXPORTED);
  }

  /** Starts the service, and imports the files where nothing goes wrong. */
  void prepare() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), sandbox.token());
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    for (SandboxAccount account : sandbox.accounts()) {
      profiles.add(
          "  %s: {account: %s, token: 'file:%s', base-url: '%s', rate: 100000/1s}"
              .formatted(account.id(), account.id(), token, sandbox.baseUrl()));
    }
    Files.write(config(), profiles);
    service =
        ServiceProcess.start(
            new SluiceProcess(directory),
            "--data-dir",
            "data",
            "--jobs",
            "60",
            "--config",
            config().toString());
    rows =
        imported(
            "r", new BlockList().creates(60).updates(sandbox, 0, 40).unchanged(sandbox, 40, 60));
    batch =
        imported(
            "b",
            new BlockList().creates(2300).updates(sandbox, 0, 200).unchanged(sandbox, 200, 300));
  }

  private MatrixImport imported(String profile, BlockList list) throws Exception {
    Path file = list.shuffled(SEED).to(directory.resolve(profile + ".csv"));
    Path results = directory.resolve("calm-" + profile);
    SandboxAccount account = filled(profile, HELD);
    String[] command = {
      "import", "--profile", profile, "--results", results.toString(), file.toString()
    };
    assertThat(sluice(command)).isZero();
    RunFiles files = new RunFiles(results);
    files.assertAddsUp(list.size());
    return new MatrixImport(file, files.outcomes(), BlockList.state(account));
  }

  /** The account of that name, with so many records. */
  SandboxAccount filled(String name, int records) {
    SandboxAccount account = sandbox.account(name);
    account.load(BlockList.RESOURCE, sandbox.account().raw(BlockList.RESOURCE).subList(0, records));
    return account;
  }

  MatrixTrouble trouble() {
    return new MatrixTrouble(sandbox);
  }

  /** A place of the cell's own, which exists. */
  Path directory(MatrixCell cell) throws java.io.IOException {
    return Files.createDirectories(directory.resolve("of-" + cell.number()));
  }

  /** Runs a command within this process; its exit code. */
  int sluice(MatrixCell cell, String... command) {
    return cell.befalls().endsWith(" on")
        ? sluice(TwoAccounts.with(command, "--max-outage", "3s"))
        : sluice(command);
  }

  private int sluice(String... command) {
    return CommandLines.run(
        TwoAccounts.with(command, "-r", "block-senders", "-q", "--config", config().toString()));
  }

  /** A file for calls of one row each. */
  MatrixImport rows() {
    return Objects.requireNonNull(rows);
  }

  /** A file for several batches. */
  MatrixImport batch() {
    return Objects.requireNonNull(batch);
  }

  ServiceProcess service() {
    return Objects.requireNonNull(service);
  }

  /** Where the service keeps the results of a job. */
  Path job(String id) {
    return directory.resolve("data/jobs").resolve(id);
  }

  private Path config() {
    return directory.resolve(TwoAccounts.CONFIG);
  }

  @Override
  public void close() {
    if (service != null) {
      service.close();
    }
    sandbox.close();
  }
}
