package io.sluice.cli.run;

import io.sluice.catalog.Resource;
import io.sluice.cli.option.SnapshotArgument;
import io.sluice.config.UsageException;
import io.sluice.format.InputFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The sides of a comparison as people name them. */
public final class DiffSides {
  private final List<Resource> named;
  private final Function<String, AccountSession> accounts;
  private final Consumer<String> notes;

  /**
   * @param named the resources of the command line
   * @param accounts opens the account of a profile
   * @param notes receives which snapshot is meant, where the name does not say it
   */
  public DiffSides(
      List<Resource> named, Function<String, AccountSession> accounts, Consumer<String> notes) {
    this.named = named;
    this.accounts = accounts;
    this.notes = notes;
  }

  /**
   * Finds out what is meant: a live account, a snapshot, or a file.
   *
   * @throws UsageException if there is no such thing, or it cannot be told what a file holds
   */
  public Side of(String text) throws IOException {
    String profile = Side.profile(text);
    if (profile != null) {
      return Side.account(text, accounts.apply(profile));
    }
    Path path = Path.of(text);
    if (Files.isDirectory(path) || SnapshotArgument.isLatest(path)) {
      return Side.snapshot(text, SnapshotArgument.open(path, notes));
    } else if (!Files.isRegularFile(path)) {
      throw new UsageException(
          "there is no snapshot and no file '" + text + "'",
          "a live account is written profile:NAME");
    }
    return file(text, path);
  }

  private Side file(String text, Path path) throws IOException {
    if (named.size() != 1) {
      throw new UsageException(
          "what are the rows of " + text + "? give one resource with -r", null);
    }
    Snapshot snapshot = Snapshot.around(path).orElse(null);
    if (snapshot != null) {
      return Side.snapshot(text, snapshot);
    }
    InputFormat format =
        InputFormat.ofFileName(text)
            .orElseThrow(
                () ->
                    new UsageException(
                        "the format of " + text + " is not clear from its name",
                        "it ends in .csv, .tsv, .jsonl, .ndjson, .json or .txt, and .gz if it is"
                            + " compressed"));
    return Side.file(text, InputSource.file(path, path)::open, format, named.get(0));
  }
}
