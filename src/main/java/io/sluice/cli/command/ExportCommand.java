package io.sluice.cli.command;

import io.sluice.api.Listing;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.DirectoryOption;
import io.sluice.cli.option.ResourceOptions;
import io.sluice.cli.option.Value;
import io.sluice.cli.option.WhereOption;
import io.sluice.cli.run.ExportRun;
import io.sluice.cli.run.ForegroundSession;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.snapshot.Retention;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Backs an account up. */
public final class ExportCommand extends Command {
  private final ResourceOptions chosen = include(new ResourceOptions());
  private final WhereOption where = include(new WhereOption());

  private final Value<Path> to = path("--to", "DIR", "Write a snapshot below this directory.");

  private final Value<String> out =
      text("--out", "FILE", "Write one resource to this file; - is standard output.");

  private final Value<Integer> keep =
      value(
          "--keep",
          "N",
          Integer.class,
          "Keep the newest N snapshots of the same account, resources and filters; "
              + "remove older ones once the new one is complete.");

  private final Value<String> format =
      text(
          "--format",
          "jsonl|csv",
          "The format of the files; default: by the ending of --out, else jsonl.");

  private final Value<Boolean> gzip = flag("--gzip", "Compress the files.");

  private final Value<Boolean> excelSafe =
      flag(
          "--excel-safe",
          "Protect CSV cells that a spreadsheet would run as formulas, by a ' in front.");

  private final ConnectionOptions connecting =
      section("Account and connection", new ConnectionOptions());

  /** Declares the command. */
  public ExportCommand() {
    super("export", "Backs up the account as a snapshot, or writes one resource to a file.");
    examples(
        "sluice export --to backups --keep 14",
        "sluice export -r block-senders --out blocked.csv --format csv",
        "sluice export -r allow-policies --where pattern_type=DOMAIN --out - | wc -l");
  }

  @Override
  public Integer call() {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    ExportRequest request = request();
    Retention retention = retention();
    Connection connection = connecting.connection(output, environment, console::warn);
    ExportRun run =
        new ExportRun(
            "-".equals(out.orNull()) ? console.summaryToErr() : console,
            ForegroundSession.of(connection, connecting, environment));
    if (to.isGiven()) {
      return run.toSnapshot(to.get(), request, retention).exit();
    }
    String target = out.get();
    return target.equals("-")
        ? run.toStream(new FileOutputStream(FileDescriptor.out), request).exit()
        : run.toFile(Path.of(target), request).exit();
  }

  private ExportRequest request() {
    if (to.isGiven() == out.isGiven()) {
      throw new UsageException("give either --to DIR or --out FILE", null);
    }
    if (to.isGiven()) {
      DirectoryOption.require("--to", to.get());
    }
    if (out.isGiven() && chosen.names.get().isEmpty()) {
      throw new UsageException("--out needs -r: which resource?", null);
    }
    if ("-".equals(out.orNull()) && output.json.get()) {
      throw new UsageException("--json cannot go with --out -", "both want standard output");
    }
    List<Listing> listings = chosen.resources().stream().map(where::listing).toList();
    if (out.isGiven() && listings.size() != 1) {
      throw new UsageException("--out takes one resource", "--to takes several");
    }
    RowFormat rows = rowFormat();
    if (excelSafe.get() && rows != RowFormat.CSV) {
      throw new UsageException("--excel-safe goes with --format csv", null);
    }
    requireNamedAsCompressed();
    boolean compressed = gzip.get() || (out.isGiven() && isCompressed(out.get()));
    return new ExportRequest(
        listings,
        rows,
        compressed,
        excelSafe.get(),
        Version.current(),
        !chosen.names.get().isEmpty());
  }

  /** Other programs go by the name: a compressed .csv is no table to them. */
  private void requireNamedAsCompressed() {
    String file = out.isGiven() ? out.get() : "";
    if (gzip.get() && !isCompressed(file) && RowFormat.ofFileName(file).isPresent()) {
      throw new UsageException(
          "--gzip contradicts the name " + file,
          "name the file " + file + ".gz, or leave --gzip out");
    }
  }

  private static boolean isCompressed(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** As --format says, and as the name of the file says; they must not contradict. */
  private RowFormat rowFormat() {
    String word = format.orNull();
    RowFormat said =
        word == null ? null : UsageException.checked("--format: ", () -> RowFormat.named(word));
    String file = out.orNull();
    if (file == null || file.equals("-")) {
      return Objects.requireNonNullElse(said, RowFormat.JSONL);
    }
    RowFormat named =
        UsageException.checked("--out: ", () -> RowFormat.ofFileName(file)).orElse(null);
    return written(said, named, RowFormat.ending(file));
  }

  private static RowFormat written(
      @Nullable RowFormat said, @Nullable RowFormat named, String ending) {
    if (said != null && named != null && said != named) {
      throw new UsageException(
          "--format " + said.extension() + " contradicts the ending ." + ending + " of --out",
          "leave --format out, or name the file ." + said.extension());
    }
    if (said == null && named == null && !ending.isEmpty()) {
      throw new UsageException(
          "--out: the ending ." + ending + " does not say how to write",
          "name the file .csv or .jsonl, or give --format csv or --format jsonl");
    }
    return Objects.requireNonNullElse(said, Objects.requireNonNullElse(named, RowFormat.JSONL));
  }

  private @Nullable Retention retention() {
    if (!keep.isGiven()) {
      return null;
    }
    if (!to.isGiven()) {
      throw new UsageException("--keep goes with --to", null);
    }
    if (keep.get() < 1) {
      throw new UsageException("--keep must be at least 1", null);
    }
    return new Retention(keep.get());
  }
}
