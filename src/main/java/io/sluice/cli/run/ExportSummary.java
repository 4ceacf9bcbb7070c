package io.sluice.cli.run;

import io.sluice.api.ApiAccount;
import io.sluice.cli.Console;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.ResourceNames;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tells how an export ended. */
public record ExportSummary(
    String accountId,
    @Nullable String snapshot,
    @Nullable String file,
    List<ResourceEntry> entries,
    List<Unavailable> unavailable,
    List<String> removed,
    List<String> troubles) {
  public static ExportSummary of(SnapshotExport.Result result) {
    Manifest manifest = result.snapshot().manifest();
    return new ExportSummary(
        manifest.accountId(),
        result.snapshot().directory().toString(),
        null,
        manifest.resources(),
        manifest.unavailable(),
        result.removed().stream().map(Snapshot::directory).map(Object::toString).toList(),
        result.troubles());
  }

  public static ExportSummary of(ApiAccount account, String file, ResourceEntry entry) {
    return new ExportSummary(
        account.id(), null, file, List.of(entry), List.of(), List.of(), List.of());
  }

  /** What the process ends with. */
  public int exit() {
    return (consistent() ? ExitCode.OK : ExitCode.DIFFERENT).number();
  }

  /** Prints it. */
  public void print(Console console, long requests, long millis) {
    troubles.forEach(console::warn);
    if (console.json()) {
      console.result(json(requests, millis));
    } else if (!console.quiet()) {
      text(console, requests, millis);
    }
  }

  private boolean consistent() {
    return entries.stream().allMatch(ResourceEntry::consistent);
  }

  private void text(Console console, long requests, long millis) {
    console.say(
        snapshot == null
            ? "file "
                + ("-".equals(file) ? "on standard output" : Printable.safe(String.valueOf(file)))
            : "snapshot " + Printable.safe(snapshot));
    for (ResourceEntry entry : entries) {
      console.say(
          String.format(
              Locale.ROOT,
              "  %s %12s rows %12s%s",
              ResourceNames.padded(entry.resource()),
              Printable.count(entry.rows()),
              Printable.size(entry.bytes()),
              entry.consistent() ? "" : console.style("fg(red)", "  NOT CONSISTENT")));
    }
    for (Unavailable one : unavailable) {
      console.say(
          Printable.safe(
              String.format(
                  Locale.ROOT,
                  "  %s not offered by the account: %s",
                  ResourceNames.padded(one.resource()),
                  one.reason())));
    }
    for (String gone : removed) {
      console.say("removed " + Printable.safe(gone));
    }
    console.say(
        Printable.count(rows(), "row")
            + ", "
            + Printable.size(bytes())
            + " in "
            + Printable.span(millis)
            + ", "
            + Printable.count(requests, "request"));
  }

  private ObjectNode json(long requests, long millis) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", "export");
    root.put("exit", exit());
    root.put("account_id", accountId);
    if (snapshot == null) {
      root.put("file", file);
    } else {
      root.put("snapshot", snapshot);
    }
    root.put("consistent", consistent());
    root.put("rows", rows());
    root.put("bytes", bytes());
    root.put("requests", requests);
    root.put("duration_ms", millis);
    root.set("resources", Json.MAPPER.valueToTree(entries));
    root.set("unavailable", Unavailable.json(unavailable));
    root.set("removed", Json.MAPPER.valueToTree(removed));
    return root;
  }

  private long rows() {
    return entries.stream().mapToLong(ResourceEntry::rows).sum();
  }

  private long bytes() {
    return entries.stream().mapToLong(ResourceEntry::bytes).sum();
  }
}
