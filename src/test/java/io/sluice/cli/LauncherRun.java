package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code bin/sluice}, called with an environment of which nothing comes from the caller's. */
final class LauncherRun {
  private final List<String> command;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Path directory = Path.of("/");

  private LauncherRun(List<String> command) {
    this.command = command;
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SLUICE_ARCHIVE", "off");
  }

  static LauncherRun of(Path launcher, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return new LauncherRun(command);
  }

  /** A command line as a shell understands it. */
  static LauncherRun shell(String line) {
    return new LauncherRun(List.of("/bin/sh", "-c", line));
  }

  LauncherRun with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  LauncherRun without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** Keeps its archive below that directory, and makes it if there is none. */
  LauncherRun archivingIn(Path cache, String when) {
    return with("XDG_CACHE_HOME", cache).with("SLUICE_ARCHIVE", when);
  }

  LauncherRun in(Path place) {
    directory = place;
    return this;
  }

  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs it until it has ended and nobody holds its output any more. */
  SluiceProcess.Ended run() throws IOException, InterruptedException {
    Process process = start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).describedAs("ends in time").isTrue();
      return new SluiceProcess.Ended(process.exitValue(), out, err);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The archives of a cache that are finished. */
  static List<Path> archives(Path cache) throws IOException {
    return named(cache, ".jsa.id");
  }

  /** The archives of a cache that are being made. */
  static List<Path> beginnings(Path cache) throws IOException {
    return named(cache, ".making");
  }

  private static List<Path> named(Path cache, String end) throws IOException {
    Path own = cache.resolve("sluice");
    if (!Files.isDirectory(own)) {
      return List.of();
    }
    try (var found = Files.list(own)) {
      return found.filter(path -> path.toString().endsWith(end)).toList();
    }
  }
}
