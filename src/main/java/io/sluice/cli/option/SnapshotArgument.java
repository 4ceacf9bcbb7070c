package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.cli.text.Printable;
import io.sluice.config.UsageException;
import io.sluice.pipeline.ClockSkewException;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A snapshot as people name it: by its directory, or as the newest complete one of a directory of
 * snapshots, by that directory or as {@code latest} below it.
 */
public final class SnapshotArgument {
  private static final String LATEST = "latest";

  private SnapshotArgument() {}

  /** True if the newest snapshot of a directory is meant, and no entry of that name. */
  public static boolean isLatest(Path named) {
    return named.endsWith(LATEST) && !Files.exists(named);
  }

  /**
   * Opens it; its files are not looked at.
   *
   * @param notes receives which snapshot is meant, where the name does not say it
   * @throws UsageException if there is no such directory, or it is not clear which one is meant
   */
  public static Snapshot open(Path named, Consumer<String> notes) throws IOException {
    boolean latest = isLatest(named);
    Path directory = latest ? Objects.requireNonNullElse(named.getParent(), Path.of("")) : named;
    if (!Files.isDirectory(directory)) {
      boolean file = Files.isRegularFile(directory);
      throw new UsageException(
          file ? directory + " is a file, not a snapshot" : "there is no directory " + directory,
          file
              ? "name the directory of the snapshot; 'sluice import -r R FILE' imports a file"
              : null);
    }
    if (!latest && Files.exists(directory.resolve(Manifest.FILE))) {
      return Snapshot.open(directory);
    }
    List<Snapshot> inside = Snapshot.in(directory);
    if (inside.isEmpty() && latest) {
      throw new UsageException(
          "there is no complete snapshot in " + shown(directory),
          "this makes one: sluice export " + COMMAND_LINE.with("to", shown(directory)));
    }
    return inside.isEmpty() ? Snapshot.open(directory) : newest(directory, inside, notes);
  }

  private static Snapshot newest(Path directory, List<Snapshot> inside, Consumer<String> notes)
      throws IOException {
    requireOneAccount(directory, inside);
    Snapshot newest = inside.get(inside.size() - 1);
    String name = String.valueOf(newest.directory().getFileName());
    for (String other : Snapshot.faultsIn(directory).keySet()) {
      if (other.compareTo(name) > 0) {
        throw new UsageException(
            directory.resolve(other) + " is newer, and cannot be read as a snapshot",
            "name the one that is meant; the newest that can be read is " + newest.directory());
      }
    }
    requirePast(newest, inside);
    notes.accept(
        Printable.safe("the newest snapshot in " + shown(directory) + " is " + newest.directory()));
    return newest;
  }

  /** A snapshot of a clock that was ahead would be the newest for long, whatever came after it. */
  private static void requirePast(Snapshot newest, List<Snapshot> oldestFirst) {
    Instant soon = Instant.now().plus(ClockSkewException.TOLERATED);
    if (newest.manifest().finishedAt().isAfter(soon)) {
      String other =
          oldestFirst.stream()
              .filter(one -> !one.manifest().finishedAt().isAfter(soon))
              .reduce((one, later) -> later)
              .map(one -> "; the newest of the past is " + one.directory())
              .orElse("");
      throw new UsageException(
          newest.directory()
              + " says that it was made at "
              + newest.manifest().finishedAt().truncatedTo(ChronoUnit.SECONDS)
              + ", which is yet to come",
          "is this machine's clock right? name the one that is meant" + other);
    }
  }

  private static void requireOneAccount(Path directory, List<Snapshot> inside) {
    Map<String, Snapshot> newest = new LinkedHashMap<>();
    for (Snapshot snapshot : inside) {
      Manifest manifest = snapshot.manifest();
      newest.put(manifest.accountId() + " at " + manifest.baseUrl(), snapshot);
    }
    if (newest.size() > 1) {
      String each =
          newest.entrySet().stream()
              .map(entry -> entry.getValue().directory() + " (" + entry.getKey() + ")")
              .collect(Collectors.joining(", "));
      throw new UsageException(
          shown(directory) + " holds snapshots of " + newest.size() + " accounts",
          "name one of them; the newest of each: " + each);
    }
  }

  private static String shown(Path directory) {
    return directory.toString().isEmpty() ? "." : directory.toString();
  }
}
