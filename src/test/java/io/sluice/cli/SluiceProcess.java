package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged jar, run as a person or a script would. */
public final class SluiceProcess {
  private final List<String> jvm = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Path directory;
  private @Nullable Path input;

  /** How a process ended and what it said. */
  record Ended(int exit, String out, String err) {}

  /** A process that works in {@code directory} and has none of the caller's settings. */
  public SluiceProcess(Path directory) {
    this.directory = directory;
  }

  /** Points it at a sandbox, by the environment. */
  public SluiceProcess against(Sandbox sandbox) {
    return with("CLOUDFLARE_BASE_URL", sandbox.baseUrl())
        .with("CLOUDFLARE_ACCOUNT_ID", sandbox.account().id())
        .with("CLOUDFLARE_API_TOKEN", sandbox.token());
  }

  SluiceProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  SluiceProcess jvm(String option) {
    jvm.add(option);
    return this;
  }

  /** Gives it a file as its standard input, in place of a pipe into which nobody writes. */
  SluiceProcess reading(Path file) {
    input = file;
    return this;
  }

  /** Gives it a standard input that has ended. */
  SluiceProcess withoutInput() {
    return reading(Path.of("/dev/null"));
  }

  /** Makes a short run shorter: machine code at the first go, and no threads to collect garbage. */
  SluiceProcess quick() {
    return jvm("-XX:TieredStopAtLevel=1").jvm("-XX:+UseSerialGC");
  }

  /** Runs it to its end, two minutes at most. */
  Ended run(String... args) throws IOException, InterruptedException {
    return ended(builder(args));
  }

  /** Runs a command line as a shell understands it, by the same Java. */
  Ended shell(String line) throws IOException, InterruptedException {
    ProcessBuilder shell = builder().command("/bin/sh", "-c", line);
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    shell.environment().merge("PATH", java, (path, own) -> own + ":" + path);
    return ended(shell);
  }

  private static Ended ended(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = Files.createTempFile("sluice-stdout", ".txt");
    Path err = Files.createTempFile("sluice-stderr", ".txt");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).describedAs("ends in time").isTrue();
      return new Ended(
          process.exitValue(),
          new String(Files.readAllBytes(out), UTF_8),
          new String(Files.readAllBytes(err), UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Starts it and returns at once; what it says is thrown away. */
  Process start(String... args) throws IOException {
    return builder(args)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Starts it with its standard output going into a file. */
  Process startInto(Path file, String... args) throws IOException {
    return builder(args)
        .redirectOutput(file.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * A process that has said that it is ready.
   *
   * @param said what it said on its standard output, one line of JSON
   * @param log what it says on its standard error
   */
  record Ready(Process process, JsonNode said, Path log) {}

  /** Starts what runs until it is stopped, and waits until it says that it is ready. */
  Ready startUntilReady(String... args) throws IOException {
    Path said = Files.createTempFile(directory, "said", ".json");
    Path log = Files.createTempFile(directory, "log", ".txt");
    Process process =
        builder(args).redirectOutput(said.toFile()).redirectError(log.toFile()).start();
    Eventually.is(() -> text(said), text -> text.endsWith("\n") || !process.isAlive());
    assertThat(process.isAlive()).describedAs(() -> text(log)).isTrue();
    return new Ready(process, JsonMapper.shared().readTree(text(said)), log);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private ProcessBuilder builder(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-jar");
    command.add(System.getProperty("sluice.jar", "target/sluice.jar"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CLOUDFLARE_"));
    List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")
        .forEach(builder.environment()::remove);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    return builder;
  }
}
