package io.sluice.cli.command;

import io.sluice.catalog.Catalog;
import io.sluice.cli.Console;
import io.sluice.cli.option.Value;
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
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Starts the stand-in for the API. */
public final class SandboxCommand extends Command {
  private final Value<Integer> port =
      value("--port", "N", Integer.class, "The port; default: a free one.").or(0);

  private final Value<Long> seed =
      value(
              "--seed",
              "N",
              Long.class,
              "The seed of ids, of the token and of random failures: the same seed makes the same.")
          .or(1L);

  private final Value<List<Path>> load =
      list(
              "--load",
              "SNAPSHOT",
              Path.class,
              "Serve an account with the records of this snapshot instead of made-up ones; "
                  + "repeatable.")
          .or(List.of());

  private final Value<List<String>> rates =
      list(
              "--rate",
              "Q/W",
              String.class,
              "Enforce a quota, such as 1200/300s; repeatable; default: none.")
          .or(List.of());

  private final Value<Integer> latency =
      value(
              "--latency",
              "MS",
              Integer.class,
              "Delay every answer by at least so many milliseconds.")
          .or(0);

  private final Value<String> errors =
      text("--errors", "P%", "Fail this share of the calls at random.");

  private final Value<List<String>> lacking =
      list(
              "--lacks",
              "R",
              String.class,
              "Refuse these kinds of records, as an account whose package lacks them does; "
                  + "repeatable, or separated by commas.")
          .completedBy(new ResourceNames())
          .commaSeparated()
          .or(List.of());

  private final Value<Integer> records =
      value("--records", "N", Integer.class, "Add so many made-up blocked senders.").or(0);

  /** Declares the command. */
  public SandboxCommand() {
    super(
        "sandbox",
        "Starts a stand-in for the API on 127.0.0.1 for trials and rehearsals. It "
            + "keeps everything in memory and runs until you stop it.");
    examples(
        "sluice sandbox --port 8787 --rate 1200/300s --latency 40 --errors 2%%",
        "sluice sandbox --load backups/latest --load other/latest");
  }

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(output, Environment.ofProcess());
    RehearsalAccounts loaded = RehearsalAccounts.of(load.get(), console);
    try (Sandbox sandbox = start(loaded)) {
      loaded.fill(sandbox);
      if (records.get() > 0) {
        sandbox.account().seed("block_senders", records.get());
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
    if (port.get() < 0 || port.get() > 65535) {
      throw new UsageException("--port is a number from 0 to 65535", null);
    } else if (latency.get() < 0 || records.get() < 0) {
      throw new UsageException("--latency and --records are numbers from 0", null);
    }
    Sandbox.Builder builder =
        Sandbox.builder()
            .port(port.get())
            .seed(seed.get())
            .awkward(loaded.ids().isEmpty())
            .latency(Duration.ofMillis(latency.get()));
    loaded.ids().forEach(builder::account);
    try {
      lacking.get().forEach(name -> builder.lacks(Catalog.get(name).name()));
      for (String rate : rates.get()) {
        Quota quota = Quota.parse(rate);
        builder.quota(quota.calls(), quota.window());
      }
      if (errors.isGiven()) {
        builder.errors(Percentage.parse(errors.get()));
      }
    } catch (IllegalArgumentException unusable) {
      throw new UsageException(String.valueOf(unusable.getMessage()), null);
    }
    try {
      return builder.start();
    } catch (UncheckedIOException unusable) {
      throw new UsageException(
          "port "
              + port.get()
              + " cannot be used: another program listens there, or it is not allowed",
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
