package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.snapshot.Unavailable;
import io.sluice.snapshot.Verification;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells what the verification of a snapshot found, for people and in JSON. */
public final class VerificationText {
  private VerificationText() {}

  /** Prints it. */
  public static void print(Console console, Verification verification) {
    for (Verification.Finding finding : verification.files()) {
      String file = Printable.safe(finding.entry().file());
      if (finding.sound()) {
        String rows = Printable.count(finding.rows());
        console.detail(String.format(Locale.ROOT, "ok      %-33s %12s rows", file, rows));
      } else {
        console.say(
            console.style("fg(red)", "FAILED")
                + "  "
                + file
                + ": "
                + Printable.safe(String.join("; ", finding.problems())));
      }
    }
    if (!verification.snapshot().manifest().consistent()) {
      console.warn("the snapshot is whole, but a list kept changing while it was read");
    }
    for (Unavailable one : verification.snapshot().manifest().unavailable()) {
      console.detail(
          Printable.safe(
              "not in it: "
                  + one.resource()
                  + ", which the account did not offer ("
                  + one.reason()
                  + ")"));
    }
    for (String stranger : verification.strangers()) {
      console.warn(stranger + " lies in the snapshot, but its manifest does not name it");
    }
    if (verification.sound()) {
      console.detail("the snapshot is whole");
    } else {
      console.say("the snapshot is DAMAGED");
    }
  }

  /** It as JSON. */
  public static ObjectNode json(Verification verification, int exit) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", "verify");
    root.put("exit", exit);
    root.put("snapshot", verification.snapshot().directory().toString());
    root.put("sound", verification.sound());
    root.put("consistent", verification.snapshot().manifest().consistent());
    verification.strangers().forEach(root.putArray("strangers")::add);
    root.set("unavailable", Unavailable.json(verification.snapshot().manifest().unavailable()));
    ArrayNode files = root.putArray("files");
    for (Verification.Finding finding : verification.files()) {
      ObjectNode file = files.addObject();
      file.put("file", finding.entry().file());
      file.put("resource", finding.entry().resource());
      file.put("rows", finding.rows());
      file.put("sound", finding.sound());
      finding.problems().forEach(file.putArray("problems")::add);
    }
    return root;
  }
}
