package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two accounts, each at an API of its own, and a file of profiles that calls them a and b. */
final class TwoAccounts implements AutoCloseable {
  static final String CONFIG = "profiles.yaml";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  final Sandbox a;
  final Sandbox b;

  /**
   * @param latency how long every answer takes at least
   */
  TwoAccounts(Duration latency) {
    a = Sandbox.builder().account("of-a").latency(latency).start();
    b = Sandbox.builder().account("of-b").seed(2).latency(latency).start();
  }

  TwoAccounts() {
    this(Duration.ZERO);
  }

  /** Writes the profiles, for processes that work in that directory. */
  void profiles(Path directory) throws IOException {
    Files.write(
        directory.resolve(CONFIG),
        List.of("profiles:", profile("a", "of-a", a), profile("b", "of-b", b)));
  }

  /** One line of the profiles; its token is in the environment. */
  static String profile(String name, String account, Sandbox sandbox) {
    return "  %s: {account: %s, token: env:TOKEN_%s, base-url: '%s', rate: 100000/1s}"
        .formatted(name, account, name.toUpperCase(java.util.Locale.ROOT), sandbox.baseUrl());
  }

  /** A process that may use both accounts and has nobody to ask. */
  SluiceProcess sluice(Path directory) {
    return new SluiceProcess(directory)
        .with("TOKEN_A", a.token())
        .with("TOKEN_B", b.token())
        .withoutInput()
        .quick();
  }

  Ended run(Path directory, String... args) throws Exception {
    return sluice(directory).run(command(args));
  }

  /** Runs with {@code --json}; standard output must be one object that tells the exit code. */
  JsonNode json(Path directory, int exit, String... args) throws Exception {
    return json(sluice(directory), exit, args);
  }

  /** As {@link #json(Path, int, String...)}, in a process of one's own. */
  static JsonNode json(SluiceProcess sluice, int exit, String... args) throws Exception {
    Ended ended = sluice.run(with(command(args), "--json"));
    assertThat(ended.exit()).describedAs(ended.err() + ended.out()).isEqualTo(exit);
    assertThat(ended.out().lines()).describedAs(ended.out()).hasSize(1);
    JsonNode said = JSON.readTree(ended.out());
    assertThat(said.path("exit").intValue()).isEqualTo(exit);
    return said;
  }

  /** The command with the profiles named. */
  static String[] command(String... args) {
    return with(args, "--config", CONFIG);
  }

  /** The command that carries a over to b. */
  static String[] migrate(String... more) {
    return with(new String[] {"migrate", "--from", "a", "--to", "b"}, more);
  }

  /** The command that restores a snapshot into one of them. */
  static String[] restore(String snapshot, String profile, String... more) {
    return with(new String[] {"restore", snapshot, "--profile", profile}, more);
  }

  /** A command with further options. */
  static String[] with(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  /** Exports one of them; brings the snapshot's directory, relative to {@code directory}. */
  String export(Path directory, String profile, String... more) throws Exception {
    String[] export = {"export", "--profile", profile, "--to", "backups"};
    return json(directory, 0, with(export, more)).get("snapshot").stringValue();
  }

  /** How many calls arrived at both. */
  long calls() {
    return a.requestLog().total() + b.requestLog().total();
  }

  /** How many calls arrived at both that may change something. */
  long writes() {
    return a.requestLog().writes() + b.requestLog().writes();
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
