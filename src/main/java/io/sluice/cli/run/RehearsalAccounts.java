package io.sluice.cli.run;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.SnapshotArgument;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.SnapshotRecords;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accounts of a sandbox that hold what snapshots hold. */
public final class RehearsalAccounts {
  private static final int AT_ONCE = 1_000;
  private static final int LONGEST_ID = 32;

  private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();

  private RehearsalAccounts() {}

  /**
   * One account for each snapshot, each of which is verified. It has the id of the account that the
   * snapshot is of, unless an earlier one has that already.
   */
  public static RehearsalAccounts of(List<Path> directories, Console console) throws IOException {
    RehearsalAccounts accounts = new RehearsalAccounts();
    for (Path given : directories) {
      Snapshot snapshot = SnapshotArgument.open(given, console::note);
      Path directory = snapshot.directory();
      Verifier.requireSound(snapshot);
      String own = snapshot.manifest().accountId();
      String free = accounts.free(own);
      if (!free.equals(own)) {
        console.warn(
            directory + " is of account " + own + " too, which is taken: here it is " + free);
      }
      if (!snapshot.manifest().consistent()) {
        console.warn(directory + ": a list kept changing while this snapshot was made");
      }
      accounts.snapshots.put(free, snapshot);
    }
    return accounts;
  }

  /** Their ids, in the order in which the snapshots were given. */
  public List<String> ids() {
    return List.copyOf(snapshots.keySet());
  }

  /** Where the content of such an account is from, in words; empty if it is made up. */
  public String source(SandboxAccount account) {
    Snapshot snapshot = snapshots.get(account.id());
    return snapshot == null ? "" : ", from " + snapshot.directory();
  }

  /**
   * Fills a sandbox that was built with accounts of these ids. What an account did not offer when
   * its snapshot was made it does not offer here.
   */
  public void fill(Sandbox sandbox) throws IOException {
    for (Map.Entry<String, Snapshot> each : snapshots.entrySet()) {
      Snapshot snapshot = each.getValue();
      for (ResourceEntry entry : snapshot.manifest().resources()) {
        fill(sandbox.account(each.getKey()), snapshot, entry);
      }
      for (Unavailable one : snapshot.manifest().unavailable()) {
        // Of a kind that this version does not know there is nothing to refuse.
        if (Catalog.find(one.resource()).isPresent()) {
          sandbox.account(each.getKey()).lacks(one.resource(), one.httpStatus());
        }
      }
    }
  }

  private static void fill(SandboxAccount account, Snapshot snapshot, ResourceEntry entry)
      throws IOException {
    Resource resource = Catalog.get(entry.resource());
    List<byte[]> some = new ArrayList<>();
    try (RecordLines lines = SnapshotRecords.open(snapshot, entry, resource)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        some.add(line);
        if (some.size() == AT_ONCE) {
          account.load(resource.name(), some);
          some.clear();
        }
      }
      account.load(resource.name(), some);
    }
  }

  private String free(String wanted) {
    String id = wanted;
    for (int n = 2; snapshots.containsKey(id); n++) {
      String end = "-" + n;
      id = wanted.substring(0, Math.min(wanted.length(), LONGEST_ID - end.length())) + end;
    }
    return id;
  }
}
