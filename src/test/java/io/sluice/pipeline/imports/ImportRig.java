package io.sluice.pipeline.imports;

import static java.util.Objects.requireNonNull;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.KnownDomains;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation.Level;
import io.sluice.config.Connection;
import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.format.InputFault;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.Inputs;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.plan.Ownership;
import io.sluice.plan.Step;
import io.sluice.report.RowResult;
import io.sluice.report.RunId;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An import into a sandbox's account, and what is there afterwards. */
public final class ImportRig {
  final Sandbox sandbox;
  final Path results;
  final StopSignal stop = new StopSignal();
  final List<PlanSummary> plans = new ArrayList<>();
  final List<InputFault> faults = new ArrayList<>();
  final List<Step> planned = new ArrayList<>();
  final List<String> outages = new CopyOnWriteArrayList<>();
  private final Path directory;
  private Resource resource = Catalog.get("block-senders");
  private InputFormat format = InputFormat.CSV;
  private Mode mode = Mode.UPSERT;
  private Strategy strategy = Strategy.AUTO;
  private LintChoice lint = LintChoice.WARN;
  private Map<KnownDomains, List<String>> additions = Map.of();
  private Origin origin = Origin.UNKNOWN;
  private Level level = Level.STRICT;
  private @Nullable String partial;
  private boolean skipInvalid;
  private @Nullable Path plan;
  private boolean normalize;
  private boolean dryRun;
  private boolean allowUnprotect;
  private boolean resume;
  private Ownership ownership = Ownership.NONE;
  private Limit maxDeletes = Limit.DELETES;
  private @Nullable Limit maxErrors;
  private Duration maxOutage = Duration.ofSeconds(30);
  private Duration answerTimeout = Duration.ofSeconds(10);
  private QuotaLimits limits = QuotaLimits.unlimited();
  private int concurrency = 16;
  private Credential credential;
  private Confirmation confirmation = Confirmation.given();
  private Consumer<RowResult> onRow = result -> {};

  public ImportRig(Sandbox sandbox, Path directory) {
    this.sandbox = sandbox;
    this.directory = directory;
    this.results = directory.resolve("results");
    this.credential = Credential.token(sandbox.token());
  }

  /** The same account, directory and settings, to go on with or to run again. */
  ImportRig resuming() {
    resume = true;
    return this;
  }

  public ImportRig of(String name) {
    resource = Catalog.get(name);
    return this;
  }

  ImportRig owner(@Nullable String owner, @Nullable String adopt, @Nullable String expires) {
    ownership = Ownership.of(owner, adopt, expires);
    return this;
  }

  ImportRig mode(Mode other) {
    mode = other;
    return this;
  }

  public ImportRig by(Strategy other) {
    strategy = other;
    return this;
  }

  ImportRig lint(LintChoice other) {
    lint = other;
    return this;
  }

  ImportRig knowing(Map<KnownDomains, List<String>> more) {
    additions = more;
    return this;
  }

  ImportRig from(Origin other, @Nullable String why) {
    origin = other;
    partial = why;
    return this;
  }

  ImportRig level(Level other) {
    level = other;
    return this;
  }

  ImportRig normalizing() {
    normalize = true;
    return this;
  }

  ImportRig skipInvalid() {
    skipInvalid = true;
    return this;
  }

  ImportRig dryRun() {
    dryRun = true;
    return this;
  }

  /** A dry run whose plan is kept. */
  ImportRig saving(Path file) {
    plan = file;
    return dryRun();
  }

  ImportRig allowUnprotect() {
    allowUnprotect = true;
    return this;
  }

  ImportRig maxDeletes(String text) {
    maxDeletes = Limit.parse(text);
    return this;
  }

  ImportRig maxErrors(String text) {
    maxErrors = Limit.parse(text);
    return this;
  }

  public ImportRig maxOutage(Duration most) {
    maxOutage = most;
    return this;
  }

  public ImportRig answerTimeout(Duration most) {
    answerTimeout = most;
    return this;
  }

  public ImportRig concurrency(int calls) {
    concurrency = calls;
    return this;
  }

  ImportRig credential(Credential other) {
    credential = other;
    return this;
  }

  ImportRig confirmedBy(Confirmation other) {
    confirmation = other;
    return this;
  }

  ImportRig onRow(Consumer<RowResult> action) {
    onRow = action;
    return this;
  }

  /** Paced by what the sandbox announces, without a reserve. */
  ImportRig announced() {
    limits = new QuotaLimits(List.of(), List.of(Connection.CREDENTIAL_DEFAULT), 0);
    return this;
  }

  public ImportRig rate(String quota) {
    limits = new QuotaLimits(List.of(Quota.parse(quota)), List.of(), 0);
    return this;
  }

  /** Imports a CSV file of that text. */
  public ImportResult csv(String text) throws IOException {
    return run(InputFormat.CSV, text);
  }

  public ImportResult jsonl(String text) throws IOException {
    return run(InputFormat.JSONL, text);
  }

  /** The file that {@link #csv} and {@link #jsonl} write their text to. */
  Path input(InputFormat as) {
    return directory.resolve("in." + as.name());
  }

  ImportResult run(InputFormat as, String text) throws IOException {
    format = as;
    Path file = input(as);
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
    return run(file);
  }

  ImportResult run(Path file) {
    InputOptions plain = InputOptions.of(format);
    InputOptions reading = normalize ? Inputs.normalized(plain) : plain;
    CheckRequest rows = new CheckRequest(resource, reading, level, mode).with(ownership);
    ImportRequest request =
        new ImportRequest(
            rows,
            skipInvalid,
            mode,
            strategy,
            origin,
            partial,
            dryRun,
            maxDeletes,
            maxErrors,
            allowUnprotect,
            true,
            lint,
            "test",
            OptionNames.COMMAND_LINE,
            true,
            null);
    return run(request, file, null);
  }

  /** Carries out a saved plan. */
  ImportResult apply(Path plan) throws IOException {
    SavedPlan.Rows rows = SavedPlan.open(plan).rows(0);
    String most = Limit.DELETES.equals(maxDeletes) ? null : maxDeletes.toString();
    ImportOptions given = new ImportOptions(null, null, dryRun, most, null, false, null);
    return run(rows.about().request(given, "test", OptionNames.COMMAND_LINE), plan, rows);
  }

  private ImportResult run(ImportRequest request, Path file, SavedPlan.@Nullable Rows saved) {
    ResultsLocation place =
        new ResultsLocation((at, again) -> InputSource.file(file, at), results, resume);
    PlanTarget target = plan == null ? null : new PlanTarget(plan, "import", false);
    return requireNonNull(
        Mono.usingWhen(
                Mono.fromSupplier(this::session),
                session ->
                    new ImportRun(session, confirmation, stop, Clock.systemUTC(), target)
                        .run(
                            RunId.at(Instant.now()),
                            new ImportRun.Part(request, place, this::watch, saved)),
                AccountSession::close)
            .block(Duration.ofMinutes(3)));
  }

  /** The report's lines as maps from column to value. */
  List<CSVRecord> report() throws IOException {
    return table("report.csv");
  }

  List<CSVRecord> failed() throws IOException {
    return table("failed.csv");
  }

  private List<CSVRecord> table(String name) throws IOException {
    CSVFormat headed = CSVFormat.RFC4180.builder().setHeader().get();
    try (CSVParser parser =
        CSVParser.parse(results.resolve(name), StandardCharsets.UTF_8, headed)) {
      return parser.getRecords();
    }
  }

  private AccountSession session() {
    ApiAccount account =
        new ApiAccount(URI.create(sandbox.baseUrl()), sandbox.account().id(), credential);
    TransportOptions transport =
        TransportOptions.defaults("test")
            .withAnswerTimeout(answerTimeout)
            .withNetwork(null, false, ProxySettings.NONE);
    return AccountSession.open(
        new Connection(account, limits, QuotaLimits.unlimited(), concurrency, additions),
        transport,
        maxOutage,
        new Governors(Schedulers.parallel()),
        this::watch,
        stop);
  }

  private void watch(RunEvent event) {
    if (event instanceof RunEvent.FaultFound found) {
      faults.add(found.fault());
    } else if (event instanceof RunEvent.PlanMade made) {
      plans.add(made.plan());
    } else if (event instanceof RunEvent.ChangePlanned change) {
      planned.add(change.step());
    } else if (event instanceof RunEvent.RowFinished row) {
      onRow.accept(row.result());
    } else if (event instanceof RunEvent.OutageBegan) {
      outages.add("began");
    } else if (event instanceof RunEvent.OutageEnded) {
      outages.add("ended");
    }
  }
}
