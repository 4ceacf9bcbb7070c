package io.sluice.cli.command;

import io.sluice.catalog.Catalog;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.run.Interrupts;
import io.sluice.cli.run.RehearsalAccounts;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.ResourceNames;
import io.sluice.config.Environment;
import io.sluice.config.Percentage;
import io.sluice.config.UsageException;
import io.sluice.flow.quota.Quota;
import io.sluice.pipeline.StopSignal;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Starts the stand-in for the API. */
@Command(
    name = "sandbox",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Starts a stand-in for the API on 127.0.0.1 for trials and rehearsals. It "
            + "keeps everything in memory and runs until you stop it.",
    footer = {
      "",
      "Examples:",
      "  sluice sandbox --port 8787 --rate 1200/300s --latency 40 --errors 2%%",
      "  sluice sandbox --load backups/latest --load other/latest"
    })
public final class SandboxCommand implements Callable<Integer> {
  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Option(names = "--port", paramLabel = "N", description = "The port; default: a free one.")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The seed of ids, of the token and of random failures: the same seed makes the same.")
  private long seed = 1;

  @Option(
      names = "--load",
      paramLabel = "SNAPSHOT",
      description =
          "Serve an account with the records of this snapshot instead of made-up ones; "
              + "repeatable.")
  private List<Path> load = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "Q/W",
      description = "Enforce a quota, such as 1200/300s; repeatable; default: none.")
  private List<String> rates = new ArrayList<>();

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "Delay every answer by at least so many milliseconds.")
  private int latency;

  @Option(
      names = "--errors",
      paramLabel = "P%",
      description = "Fail this share of the calls at random.")
  private @Nullable String errors;

  @Option(
      names = "--lacks",
      paramLabel = "R",
      completionCandidates = ResourceNames.class,
      split = ",",
      description =
          "Refuse these kinds of records, as an account whose package lacks them does; "
              + "repeatable, or separated by commas.")
  private List<String> lacking = new ArrayList<>();

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Add so many made-up blocked senders.")
  private int records;

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(output, Environment.ofProcess());
    RehearsalAccounts loaded = RehearsalAccounts.of(load, console);
    try (Sandbox sandbox = start(loaded)) {
      loaded.fill(sandbox);
      if (records > 0) {
        sandbox.account().seed("block_senders", records);
      }
      announce(console, sandbox, loaded);
      StopSignal stop = new StopSignal();
      Interrupts.await(stop.orStop(Mono.never()), stop);
    } catch (StopSignal.StoppedException stopped) {
      console.note("stopped");
    }
    return ExitCode.INTERRUPTED.number();
  }

  private Sandbox start(RehearsalAccounts loaded) {
    if (port < 0 || port > 65535) {
      throw new UsageException("--port is a number from 0 to 65535", null);
    } else if (latency < 0 || records < 0) {
      throw new UsageException("--latency and --records are numbers from 0", null);
    }
    Sandbox.Builder builder =
        Sandbox.builder()
            .port(port)
            .seed(seed)
            .awkward(loaded.ids().isEmpty())
            .latency(Duration.ofMillis(latency));
    loaded.ids().forEach(builder::account);
    try {
      lacking.forEach(name -> builder.lacks(Catalog.get(name).name()));
      for (String rate : rates) {
        Quota quota = Quota.parse(rate);
        builder.quota(quota.calls(), quota.window());
      }
      if (errors != null) {
        builder.errors(Percentage.parse(errors));
      }
    } catch (IllegalArgumentException unusable) {
      throw new UsageException(String.valueOf(unusable.getMessage()), null);
    }
    try {
      return builder.start();
    } catch (UncheckedIOException unusable) {
      throw new UsageException(
          "port " + port + " cannot be used: another program listens there, or it is not allowed",
          "give another one with --port, or leave it out for any free one");
    }
  }

  private static void announce(Console console, Sandbox sandbox, RehearsalAccounts loaded) {
    if (console.json()) {
      ObjectNode ready = Json.MAPPER.createObjectNode();
      ready.put("base_url", sandbox.baseUrl());
      ready.put("account", sandbox.account().id());
      sandbox.accounts().forEach(account -> ready.withArray("accounts").add(account.id()));
      ready.put("token", sandbox.token());
      console.result(ready);
      return;
    }
    console.say("The sandbox is ready. In another terminal:");
    console.say("");
    console.say("  export CLOUDFLARE_BASE_URL=" + sandbox.baseUrl());
    console.say("  export CLOUDFLARE_ACCOUNT_ID=" + sandbox.account().id());
    console.say("  export CLOUDFLARE_API_TOKEN=" + sandbox.token());
    console.say("");
    for (SandboxAccount account : sandbox.accounts()) {
      long held =
          Catalog.resources().stream().mapToLong(resource -> account.count(resource.name())).sum();
      String what = " holds " + Printable.count(held) + " records" + loaded.source(account) + ".";
      console.say(Printable.safe("Account " + account.id() + what));
    }
    String all = loaded.ids().isEmpty() ? "made up and in memory" : "in memory";
    console.say("All of it is " + all + ". Ctrl-C stops it.");
  }
}
