package io.sluice.cli.command;

import io.sluice.api.Listing;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.option.ConnectionOptions;
import io.sluice.cli.option.DirectoryOption;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.option.ResourceOptions;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Backs an account up. */
@Command(
    name = "export",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Backs up the account as a snapshot, or writes one resource to a file.",
    footer = {
      "",
      "Examples:",
      "  sluice export --to backups --keep 14",
      "  sluice export -r block-senders --out blocked.csv --format csv",
      "  sluice export -r allow-policies --where pattern_type=DOMAIN --out - | wc -l"
    })
public final class ExportCommand implements Callable<Integer> {
  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @ArgGroup(validate = false, heading = "%nAccount and connection:%n")
  private ConnectionOptions connecting = new ConnectionOptions();

  @Mixin private ResourceOptions chosen = new ResourceOptions();
  @Mixin private WhereOption where = new WhereOption();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Write a snapshot below this directory.")
  private @Nullable Path to;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write one resource to this file; - is standard output.")
  private @Nullable String out;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "Keep the newest N snapshots of the same account, resources and filters; "
              + "remove older ones once the new one is complete.")
  private @Nullable Integer keep;

  @Option(
      names = "--format",
      paramLabel = "jsonl|csv",
      description = "The format of the files; default: by the ending of --out, else jsonl.")
  private @Nullable String format;

  @Option(names = "--gzip", description = "Compress the files.")
  private boolean gzip;

  @Option(
      names = "--excel-safe",
      description = "Protect CSV cells that a spreadsheet would run as formulas, by a ' in front.")
  private boolean excelSafe;

  @Override
  public Integer call() {
    Environment environment = Environment.ofProcess();
    Console console = Console.of(output, environment);
    ExportRequest request = request();
    Retention retention = retention();
    Connection connection = connecting.connection(output, environment, console::warn);
    ExportRun run =
        new ExportRun(
            "-".equals(out) ? console.summaryToErr() : console,
            ForegroundSession.of(connection, connecting, environment));
    if (to != null) {
      return run.toSnapshot(to, request, retention).exit();
    }
    String target = Objects.requireNonNull(out);
    return target.equals("-")
        ? run.toStream(new FileOutputStream(FileDescriptor.out), request).exit()
        : run.toFile(Path.of(target), request).exit();
  }

  private ExportRequest request() {
    if ((to == null) == (out == null)) {
      throw new UsageException("give either --to DIR or --out FILE", null);
    }
    if (to != null) {
      DirectoryOption.require("--to", to);
    }
    if (out != null && chosen.names.isEmpty()) {
      throw new UsageException("--out needs -r: which resource?", null);
    }
    if ("-".equals(out) && output.json) {
      throw new UsageException("--json cannot go with --out -", "both want standard output");
    }
    List<Listing> listings = chosen.resources().stream().map(where::listing).toList();
    if (out != null && listings.size() != 1) {
      throw new UsageException("--out takes one resource", "--to takes several");
    }
    RowFormat rows = rowFormat();
    if (excelSafe && rows != RowFormat.CSV) {
      throw new UsageException("--excel-safe goes with --format csv", null);
    }
    boolean compressed = gzip || (out != null && out.toLowerCase(Locale.ROOT).endsWith(".gz"));
    return new ExportRequest(
        listings, rows, compressed, excelSafe, Version.current(), !chosen.names.isEmpty());
  }

  /** As --format says, and as the name of the file says; they must not contradict. */
  private RowFormat rowFormat() {
    String word = format;
    RowFormat said =
        word == null ? null : UsageException.checked("--format: ", () -> RowFormat.named(word));
    String file = out;
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
    if (keep == null) {
      return null;
    }
    if (to == null) {
      throw new UsageException("--keep goes with --to", null);
    }
    if (keep < 1) {
      throw new UsageException("--keep must be at least 1", null);
    }
    return new Retention(keep);
  }
}
