package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/sluice} of the unpacked distribution, on machines of many kinds. */
@Tag("slow")
final class LauncherIT {
  private static final Duration MAKING = Duration.ofMinutes(5);

  @TempDir private Path directory = Path.of("");
  private Path home = Path.of("");
  private Path launcher = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    home = Distribution.unpackedIn(directory);
    launcher = home.resolve("bin/sluice");
  }

  @Test
  void firstRunsHaveOneArchiveMadeThatLaterOnesUse() throws Exception {
    Path cache = directory.resolve("cache");
    Path classes = directory.resolve("classes.txt");
    Files.createDirectory(cache);
    Process other = LauncherRun.of(launcher, "resources").archivingIn(cache, "on").start();
    assertResources(LauncherRun.of(launcher, "resources").archivingIn(cache, "on").run());
    assertThat(LauncherRun.archives(cache)).describedAs("made while nobody waits").isEmpty();
    assertThat(LauncherRun.beginnings(cache)).hasSizeLessThan(2);
    assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
    awaitArchive(cache);

    Ended help =
        LauncherRun.of(launcher, "export", "--help")
            .archivingIn(cache, "on")
            .with("SLUICE_OPTS", "-Xlog:class+load:file=" + classes)
            .run();

    assertThat(help.exit()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(Files.readAllLines(classes))
        .anyMatch(line -> archived(line, "io.sluice.cli.command.ExportCommand"))
        .anyMatch(line -> archived(line, "picocli.CommandLine"));
    assertThat(LauncherRun.archives(cache)).hasSize(1);
    assertThat(LauncherRun.beginnings(cache)).isEmpty();
  }

  @Test
  void anArchiveThatIsTornOrOfAnotherJarIsMadeAgain() throws Exception {
    Path cache = directory.resolve("cache");
    Files.createDirectory(cache);
    LauncherRun making = LauncherRun.of(launcher, "--version").archivingIn(cache, "now");
    assertVersion(making.run());
    Path mark = LauncherRun.archives(cache).get(0);
    Path archive = Path.of(mark.toString().replaceFirst("\\.id$", ""));
    String made = Files.readString(mark);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
    try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }

    assertVersion(LauncherRun.of(launcher, "--version").archivingIn(cache, "off").run());
    assertVersion(making.run());

    assertThat(Files.size(archive)).isEqualTo(size(mark)).isGreaterThan(1 << 20);
    Files.writeString(mark, made.replaceFirst("\n[0-9]+ ", "\n1 "));
    assertVersion(making.run());
    assertThat(Files.readString(mark)).doesNotContain("\n1 ");
  }

  @Test
  void worksWithoutAPlaceForTheArchive() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path full = Files.createDirectory(directory.resolve("full"));
    Files.writeString(full.resolve("sluice"), "");
    LauncherRun homeless = LauncherRun.of(launcher, "resources").with("SLUICE_ARCHIVE", "on");

    assertResources(homeless.run());
    assertResources(homeless.with("HOME", directory.resolve("nobody")).run());
    assertResources(LauncherRun.of(launcher, "resources").archivingIn(file, "on").run());
    assertResources(LauncherRun.of(launcher, "resources").archivingIn(full, "on").run());
    assertVersion(LauncherRun.of(launcher, "--version").archivingIn(full, "now").run());
    assertVersion(LauncherRun.of(launcher, "--version").archivingIn(file, "now").run());
    assertVersion(
        LauncherRun.of(launcher, "--version")
            .archivingIn(Path.of("relative"), "now")
            .in(directory)
            .run());
    assertThat(directory.resolve("relative")).doesNotExist();
    assertThat(directory.resolve("nobody")).doesNotExist();
  }

  @Test
  void worksFromAPathWithBlanksAndThroughLinks() throws Exception {
    Path blank = Files.createDirectories(directory.resolve("with blanks/and 'more'"));
    Path moved = Files.move(home, blank.resolve("sluice")).resolve("bin");
    Path near = Files.createSymbolicLink(blank.resolve("near"), Path.of("sluice/bin/sluice"));
    Path far = Files.createSymbolicLink(directory.resolve("far"), near);

    assertVersion(LauncherRun.of(moved.resolve("sluice"), "--version").run());
    assertVersion(LauncherRun.of(far, "--version").run());
    assertVersion(LauncherRun.shell("sh sluice --version").in(moved).run());
    assertVersion(
        LauncherRun.shell("sluice --version")
            .with("PATH", moved + ":" + System.getenv("PATH"))
            .run());
  }

  @Test
  void passesArgumentsAndTheExitCodeOn() throws Exception {
    Ended usage = LauncherRun.of(launcher, "export", "--out", "a b*").run();

    assertThat(usage.exit()).isEqualTo(2);
    assertThat(usage.err()).contains("--out needs -r");
    Ended unknown = LauncherRun.of(launcher, "a  b").run();
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("'a  b'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LC_ALL=C",
        "LANG=C LC_CTYPE=POSIX",
        "LANG=de_DE.UTF-8",
        "LC_ALL=de_DE.ISO-8859-1",
        "LC_ALL=C SLUICE_OPTS=-Dfile.encoding=ISO-8859-1"
      })
  void textIsUtf8WhateverTheLocale(String environment) throws Exception {
    String name = "\"$(printf 'M\\303\\274ller')\"";
    String row = "{\"pattern\":\"evil.example\",\"comments\":\"'" + name + "'\"}";
    LauncherRun.shell("mkdir " + name + " && echo '" + row + "' >" + name + "/" + name)
        .in(directory)
        .run();

    Ended checked =
        LauncherRun.shell(
                "cd "
                    + name
                    + " && env "
                    + environment
                    + " '"
                    + launcher
                    + "' validate --json -r block-senders --format jsonl --set comments="
                    + name
                    + " "
                    + name)
            .in(directory)
            .run();

    assertThat(checked.exit()).describedAs(checked.err()).isZero();
    assertThat(checked.err()).isEmpty();
    assertThat(checked.out()).contains("\"file\":\"Müller\"", "\"valid\":1");
  }

  @Test
  void anArgumentThatIsNotUtf8IsRefused() throws Exception {
    Ended refused =
        LauncherRun.shell("'" + launcher + "' verify \"$(printf 'M\\374ller')\"")
            .with("LC_ALL", "de_DE.ISO-8859-1")
            .run();

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("argument 2 is not valid UTF-8", "LC_ALL=C.UTF-8");
  }

  @Test
  void anArchiveIsMadeInADirectoryOfAnyName() throws Exception {
    Ended made =
        LauncherRun.shell(
                "XDG_CACHE_HOME=\"$PWD/$(printf 'M\\303\\274ller')\" '"
                    + launcher
                    + "' --version && mv M* cache")
            .with("SLUICE_ARCHIVE", "now")
            .in(directory)
            .run();

    assertVersion(made);
    assertThat(LauncherRun.archives(directory.resolve("cache"))).hasSize(1);
  }

  @Test
  void theProcessIsTheJvmItselfAndGetsItsSignals() throws Exception {
    Process sandbox = LauncherRun.of(launcher, "sandbox", "--json").start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(sandbox.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).contains("base_url");
      assertThat(sandbox.info().command().orElse("")).endsWith("java");
      assertThat(sandbox.descendants()).isEmpty();
      sandbox.destroy();
      assertThat(sandbox.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(sandbox.exitValue()).isIn(130, 143);
    } finally {
      sandbox.destroyForcibly();
    }
  }

  @Test
  void withoutAJavaItSaysWhatIsNeeded() throws Exception {
    assertRefused(
        LauncherRun.of(launcher, "--version").without("JAVA_HOME").with("PATH", "/nonexistent"),
        "there is no Java; install version 17 or later");
    assertRefused(
        LauncherRun.of(launcher, "--version").with("JAVA_HOME", directory.resolve("gone")),
        "no bin/java");
  }

  @Test
  void aJavaThatIsTooOldIsRefused() throws Exception {
    Path old = java("old", "echo 'openjdk version \"1.8.0_292\"' >&2");
    assertRefused(LauncherRun.of(launcher, "demo").with("JAVA_HOME", old), "is 1.8.0_292");

    Path eleven = java("eleven", "exit 1");
    Files.writeString(
        eleven.resolve("release"), "JAVA_VERSION=\"11.0.2\"\nMODULES=\"java.base\"\n");
    assertRefused(LauncherRun.of(launcher, "demo").with("JAVA_HOME", eleven), "is 11.0.2");
  }

  @Test
  void whatItTellsToRunIsTheLauncher() throws Exception {
    Files.write(directory.resolve("b.csv"), List.of("pattern", "a@"));
    Ended refused =
        LauncherRun.of(
                launcher,
                "import",
                "-r",
                "block-senders",
                "b.csv",
                "--account",
                "a",
                "--base-url",
                "http://127.0.0.1:1")
            .with("CLOUDFLARE_API_TOKEN", "test-token")
            .in(directory)
            .run();

    assertThat(refused.exit()).describedAs(refused.err()).isEqualTo(4);
    assertThat(refused.out()).contains("  " + launcher + " import -r block-senders ");
  }

  private Path java(String name, String script) throws IOException {
    Path home = directory.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private static boolean archived(String line, String type) {
    return line.contains(" " + type + " ") && line.endsWith("shared objects file");
  }

  private static void awaitArchive(Path cache) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(MAKING);
    while (LauncherRun.archives(cache).isEmpty() || !LauncherRun.beginnings(cache).isEmpty()) {
      assertThat(Instant.now()).describedAs("the archive is made in time").isBefore(end);
      Thread.sleep(100);
    }
  }

  private static long size(Path mark) throws IOException {
    List<String> lines = Files.readAllLines(mark);
    String made = lines.get(lines.size() - 1);
    return Long.parseLong(made.substring(0, made.indexOf(' ')));
  }

  private static void assertVersion(Ended ended) {
    assertThat(ended.exit()).describedAs(ended.err()).isZero();
    assertThat(ended.out()).matches("sluice [0-9][^ \n]*\n");
    assertThat(ended.err()).isEmpty();
  }

  private static void assertResources(Ended ended) {
    assertThat(ended.exit()).describedAs(ended.err()).isZero();
    assertThat(ended.out()).contains("block-senders");
    assertThat(ended.err()).isEmpty();
  }

  private static void assertRefused(LauncherRun run, String says) throws Exception {
    Ended ended = run.run();
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("sluice: ").contains(says);
  }
}
