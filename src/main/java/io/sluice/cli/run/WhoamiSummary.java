package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.ResourceNames;
import io.sluice.flow.quota.QuotaStatus;
import io.sluice.pipeline.AccountProbe;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.Unavailable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a look at an account has found. */
public record WhoamiSummary(AccountSession session, List<AccountProbe.Kind> kinds) {

  /** Prints it; returns the exit code. */
  public int print(Console console) {
    int exit = exit().number();
    if (console.json()) {
      console.result(json(exit));
      return exit;
    }
    console.say("account " + session.account().id() + " at " + session.account().baseUrl());
    kinds.forEach(kind -> console.say(line(console, kind)));
    quota().ifPresent(console::say);
    hints().forEach(hint -> console.say(Printable.safe(hint)));
    console.detail(
        Printable.count(session.requests(), "request")
            + "; whether the token may write shows only when something is written");
    return exit;
  }

  private ExitCode exit() {
    return kinds.stream()
        .map(AccountProbe.Kind::failure)
        .filter(Objects::nonNull)
        .map(Failure::exit)
        .findFirst()
        .orElse(ExitCode.OK);
  }

  private static String line(Console console, AccountProbe.Kind kind) {
    String name = "  " + ResourceNames.padded(kind.resource().slug()) + "  ";
    Failure failure = kind.failure();
    if (failure != null) {
      return name
          + console.style("fg(red)", "cannot be read")
          + ": "
          + Printable.safe(failure.message());
    }
    Unavailable lacking = kind.unavailable();
    if (lacking != null) {
      return name + "not offered: " + Printable.safe(lacking.reason());
    }
    Long rows = kind.rows();
    return name
        + console.style("fg(green)", "can be read")
        + (rows == null ? "" : String.format(Locale.ROOT, "  %12s records", Printable.count(rows)));
  }

  private Set<String> hints() {
    Set<String> hints = new LinkedHashSet<>();
    for (AccountProbe.Kind kind : kinds) {
      Failure failure = kind.failure();
      if (failure != null && failure.hint() != null) {
        hints.add(failure.hint());
      }
    }
    return hints;
  }

  private Optional<String> quota() {
    QuotaStatus quota = session.quota();
    Long remaining = quota.remaining();
    Long all = quota.quota();
    return remaining == null || all == null
        ? Optional.empty()
        : Optional.of(
            "quota "
                + Printable.count(remaining)
                + " of "
                + Printable.count(all)
                + " calls are left before the reserve");
  }

  private ObjectNode json(int exit) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("command", "whoami").put("exit", exit);
    root.put("account", session.account().id());
    root.put("base_url", session.account().baseUrl().toString());
    ArrayNode all = root.putArray("resources");
    for (AccountProbe.Kind kind : kinds) {
      ObjectNode one = all.addObject().put("resource", kind.resource().slug());
      boolean readable = kind.failure() == null && kind.unavailable() == null;
      one.put("readable", readable).put("rows", kind.rows());
      one.set("unavailable", Json.MAPPER.valueToTree(kind.unavailable()));
      Failure failure = kind.failure();
      one.set("error", failure == null ? null : failure.json());
    }
    QuotaStatus quota = session.quota();
    root.putObject("quota").put("remaining", quota.remaining()).put("limit", quota.quota());
    root.put("requests", session.requests());
    return root;
  }
}
