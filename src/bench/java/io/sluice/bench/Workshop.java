package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where processes are run: a directory that goes with it, and how Java is called. */
final class Workshop implements AutoCloseable {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** A quota that slows nothing down. */
  static final String UNPACED = "1000000/1s";

  private final Settings settings;
  private final Installation installation;

  private Workshop(Settings settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  static Workshop open(Settings settings) throws IOException, InterruptedException {
    if (!Files.isRegularFile(settings.jar())) {
      throw new IOException("there is no " + settings.jar() + "; build it first");
    }
    remove(settings.work());
    Files.createDirectories(settings.work());
    Path built = Objects.requireNonNull(settings.jar().getParent());
    return new Workshop(settings, Installation.in(settings.work(), built, settings.limit()));
  }

  Settings settings() {
    return settings;
  }

  Path directory() {
    return settings.work();
  }

  /** The command line of Sluice itself, as its users would type it. */
  List<String> sluice(List<String> jvm, String... arguments) {
    return installation.command(jvm, arguments);
  }

  /** The command line of an export to a file, at no pace. */
  List<String> exports(Path file, String... options) {
    return export("--out", file, options);
  }

  /** The command line of a backup into a directory, of which the newest alone stays. */
  List<String> backups(Path root, String... options) {
    List<String> command = export("--to", root, options);
    command.addAll(List.of("--keep", "1"));
    return command;
  }

  private List<String> export(String where, Path target, String... options) {
    List<String> command =
        sluice(
            List.of(),
            "export",
            "-r",
            "block-senders",
            where,
            target.toString(),
            "--rate",
            UNPACED);
    Collections.addAll(command, options);
    return command;
  }

  /** The command line of an import; its results are {@link #results}. */
  List<String> imports(List<String> jvm, Path file, String... options) {
    List<String> command =
        sluice(
            jvm,
            "import",
            "-r",
            "block-senders",
            file.toString(),
            "--results",
            results().toString(),
            "--json");
    Collections.addAll(command, options);
    return command;
  }

  /** Where imports leave their results; whoever ran one removes it. */
  Path results() {
    return directory().resolve("results");
  }

  /** A file beside the built jar, which stays when the benchmark ends. */
  Path kept(String name) {
    return settings.jar().resolveSibling(name);
  }

  /** The command line of a program of the benchmark that uses the libraries of Sluice's jar. */
  List<String> program(List<String> jvm, Class<?> main, String... arguments) {
    String path = settings.classes() + java.io.File.pathSeparator + settings.jar();
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.addAll(jvm);
    command.addAll(List.of("-cp", path, main.getName()));
    Collections.addAll(command, arguments);
    return command;
  }

  /** The command line of a program that uses no library. */
  List<String> bare(Class<?> main) {
    return List.of(JAVA, "-cp", settings.classes().toString(), main.getName());
  }

  /** Says how it goes on, where that is not mistaken for the table. */
  void say(String line) {
    System.err.println("bench: " + line);
  }

  @Override
  public void close() throws IOException {
    remove(settings.work());
  }

  /** Removes a file, or a directory and what is in it, if it is there. */
  static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> found = Files.walk(path)) {
      for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }
}
